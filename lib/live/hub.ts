/** Chunks that may wait for one viewer; with one event a second, a viewer that falls this far behind does not read. */
const MOST_WAITING = 16;

/** Sends the same bytes to every viewer; one that does not read is dropped, and holds up nobody. */
export class Hub {
  readonly #viewers = new Set<ReadableStreamDefaultController<Uint8Array>>();
  readonly #greeting: () => Uint8Array;
  #dropped = 0;
  #closed = false;

  /** @param greeting what a new viewer gets first */
  constructor(greeting: () => Uint8Array) {
    this.#greeting = greeting;
  }

  get viewers(): number {
    return this.#viewers.size;
  }

  /** Viewers that were dropped because they did not read. */
  get dropped(): number {
    return this.#dropped;
  }

  /** A new viewer's stream: the greeting, then all that is published. It errors when the viewer is dropped. */
  subscribe(): ReadableStream<Uint8Array> {
    let own: ReadableStreamDefaultController<Uint8Array>;
    return new ReadableStream<Uint8Array>({
      start: (controller) => {
        own = controller;
        if (this.#closed) return own.close();
        own.enqueue(this.#greeting());
        this.#viewers.add(own);
      },
      cancel: () => void this.#viewers.delete(own),
    }, { highWaterMark: MOST_WAITING });
  }

  publish(chunk: Uint8Array): void {
    for (const viewer of this.#viewers) {
      if ((viewer.desiredSize ?? 0) > 0) viewer.enqueue(chunk);
      else this.#drop(viewer);
    }
  }

  #drop(viewer: ReadableStreamDefaultController<Uint8Array>): void {
    this.#viewers.delete(viewer);
    this.#dropped++;
    // An error, not a close: what waits for it is let go at once, and the connection with it.
    viewer.error(new Error("the viewer does not read"));
  }

  /** Ends every stream, and any that is asked for later. */
  close(): void {
    this.#closed = true;
    for (const viewer of this.#viewers) viewer.close();
    this.#viewers.clear();
  }
}
