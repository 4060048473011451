import { closedError, type PortError } from "./port.ts";

type Chunk = Uint8Array<ArrayBuffer>;

/** The life of a port's `readable`, the same for every kind of port: open, then lost or closed, once. */
export class PortStream {
  readonly readable: ReadableStream<Chunk>;
  #ended: PortError | null = null;
  #pulling: Promise<void> | null = null;
  #controller!: ReadableStreamDefaultController<Chunk>;

  /**
   * `next` brings the next bytes, or `null` when the port ended meanwhile; `release` gives everything back at once and lets a
   * pending `next` end soon.
   */
  constructor(
    readonly address: string,
    readonly next: () => Promise<Chunk | null>,
    readonly release: () => void,
  ) {
    this.readable = new ReadableStream({
      start: (controller) => {
        this.#controller = controller;
      },
      pull: () => this.#pulling = this.#pull().finally(() => this.#pulling = null),
      cancel: async () => {
        this.#end(closedError(address));
        await this.#pulling;
      },
    }, { highWaterMark: 0 }); // nothing is taken from the kernel before somebody asks for it
  }

  /** Why nothing more comes or goes; `null` while the port is open. */
  get ended(): PortError | null {
    return this.#ended;
  }

  /** Releases the port, then gives the error to whoever reads. */
  lose(error: PortError): void {
    if (this.#ended) return;
    this.#end(error);
    this.#controller.error(error);
  }

  /** Releases the port and ends the stream. */
  close(): void {
    if (this.#ended) return;
    this.#end(closedError(this.address));
    const end = () => this.#controller.close();
    if (this.#pulling) this.#pulling.then(end);
    else end();
  }

  async #pull(): Promise<void> {
    const chunk = await this.next();
    if (chunk && !this.#ended) this.#controller.enqueue(chunk);
  }

  #end(reason: PortError): void {
    if (this.#ended) return;
    this.#ended = reason;
    this.release();
  }
}
