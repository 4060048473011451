import { type MeterPort, PortError } from "../../lib/meter/port.ts";

/** A port in memory whose far end a test plays. */
export class ScriptedPort implements MeterPort {
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** When each request came, by `performance.now()`. */
  readonly requestedMs: number[] = [];
  closed = false;
  /** Answers a request; silent until a test sets it. */
  onRequest: () => void = () => {};
  #controller!: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>;

  constructor() {
    this.readable = new ReadableStream({
      start: (controller) => void (this.#controller = controller),
      cancel: () => this.close(),
    });
  }

  send(...chunks: Uint8Array<ArrayBuffer>[]): void {
    if (!this.closed) { for (const chunk of chunks) this.#controller.enqueue(chunk); }
  }

  unplug(): void {
    this.closed = true;
    this.#controller.error(new PortError("unplugged", "The port has gone."));
  }

  write(): Promise<void> {
    this.requestedMs.push(performance.now());
    this.onRequest();
    return Promise.resolve();
  }

  discard(): void {}

  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.#controller.close();
  }
}
