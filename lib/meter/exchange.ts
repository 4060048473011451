import type { Clock } from "../clock.ts";
import { type MeterPort, PortError } from "./port.ts";
import { type Reply, ReplyParser, REQUEST } from "./reply.ts";

/** How a request was answered. The times are those at which the reply was complete. */
export type Answer =
  | {
    readonly kind: "reply";
    readonly reply: Reply;
    readonly wallMs: number;
    readonly monoMs: number;
  }
  | { readonly kind: "none" };

type Waiting = PromiseWithResolvers<Answer>;

/** Requests and replies over an open port, one at a time. */
export class Exchange {
  readonly #port: MeterPort;
  readonly #clock: Clock;
  readonly #parser = new ReplyParser();
  readonly #gone = new AbortController();
  /** The request under way. No promise outlives its request: a port stays open for months. */
  #waiting: Waiting | null = null;
  #isWriting = false;

  constructor(port: MeterPort, clock: Clock) {
    this.#port = port;
    this.#clock = clock;
    this.#receive().catch((error) => this.#lose(error));
  }

  /** Aborts when the port goes away; its reason is a {@linkcode PortError}. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** Asks once and waits for the reply at most `waitMs`; throws a {@linkcode PortError} when the port goes away. */
  async ask(waitMs: number): Promise<Answer> {
    this.gone.throwIfAborted();
    const waiting = this.#waiting = Promise.withResolvers<Answer>();
    const timer = new AbortController();
    this.#clock.sleep(waitMs, timer.signal).then(() => waiting.resolve(this.#unanswered()));
    try {
      // What an earlier request left must not be taken for the answer to this one.
      this.#parser.reset();
      this.#port.discard();
      this.#request();
      return await waiting.promise;
    } finally {
      this.#waiting = null;
      timer.abort();
    }
  }

  /** Not waited for: a port that takes nothing is a request without an answer. */
  #request(): void {
    if (this.#isWriting) return;
    this.#isWriting = true;
    this.#port.write(REQUEST).then(
      () => this.#isWriting = false,
      (error) => this.#lose(error),
    );
  }

  async #receive(): Promise<never> {
    for await (const chunk of this.#port.readable) {
      const [reply] = this.#parser.push(chunk);
      if (!reply) continue;
      const wallMs = this.#clock.nowMs();
      const monoMs = this.#clock.monoMs();
      this.#waiting?.resolve({ kind: "reply", reply, wallMs, monoMs });
    }
    throw new PortError("unplugged", "the port was closed");
  }

  #lose(error: unknown): void {
    this.#gone.abort(error);
    this.#waiting?.reject(error);
  }

  #unanswered(): Answer {
    const bytes = this.#parser.leftoverBytes;
    if (bytes === 0) return { kind: "none" };
    const reply: Reply = { kind: "wrong", reason: `cut short: ${bytes} bytes that make no reply` };
    return { kind: "reply", reply, wallMs: this.#clock.nowMs(), monoMs: this.#clock.monoMs() };
  }
}
