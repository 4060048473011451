import type { Clock } from "../clock.ts";
import type { MeterPort } from "./port.ts";
import { PortError } from "./port.ts";
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

/** Requests and replies over an open port, one at a time. */
export class Exchange {
  readonly #port: MeterPort;
  readonly #clock: Clock;
  readonly #parser = new ReplyParser();
  #answered: ((answer: Answer) => void) | null = null;

  /** Rejects with a {@linkcode PortError} when the port goes away. */
  readonly ended: Promise<never>;

  constructor(port: MeterPort, clock: Clock) {
    this.#port = port;
    this.#clock = clock;
    this.ended = this.#receive();
    this.ended.catch(() => {});
  }

  /** Asks once and waits for the reply at most `waitMs`; throws a {@linkcode PortError} when the port goes away. */
  async ask(waitMs: number): Promise<Answer> {
    const timer = new AbortController();
    const answer = new Promise<Answer>((resolve) => this.#answered = resolve);
    const timeout = this.#clock.sleep(waitMs, timer.signal).then(() => this.#unanswered());
    try {
      // What an earlier request left must not be taken for the answer to this one.
      this.#parser.reset();
      this.#port.discard();
      await this.#port.write(REQUEST);
      return await Promise.race([answer, timeout, this.ended]);
    } finally {
      this.#answered = null;
      timer.abort();
    }
  }

  async #receive(): Promise<never> {
    for await (const chunk of this.#port.readable) {
      const [reply] = this.#parser.push(chunk);
      if (!reply) continue;
      const { wallMs, monoMs } = { wallMs: this.#clock.nowMs(), monoMs: this.#clock.monoMs() };
      this.#answered?.({ kind: "reply", reply, wallMs, monoMs });
    }
    throw new PortError("unplugged", "the port was closed");
  }

  #unanswered(): Answer {
    const bytes = this.#parser.leftoverBytes;
    if (bytes === 0) return { kind: "none" };
    const reply: Reply = { kind: "wrong", reason: `cut short: ${bytes} bytes that make no reply` };
    return { kind: "reply", reply, wallMs: this.#clock.nowMs(), monoMs: this.#clock.monoMs() };
  }
}
