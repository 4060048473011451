import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import { type Letter, type Outcome, post } from "./post.ts";

/** What the outbox needs from outside. */
export interface OutboxOptions {
  /** May hold a secret: it stands in no log. */
  readonly url: string;
  readonly clock: Clock;
  readonly log: Pick<Log, "info" | "warn" | "lasting">;
  /** Of one attempt; 10 s unless a test wants it shorter. */
  readonly timeoutMs?: number;
  /** Until the second attempt, doubled for each further one; 1 s unless a test wants it shorter. */
  readonly backoffMs?: number;
}

const MOST_WAITING = 32;
const TIMEOUT_MS = 10_000;
const BACKOFF_MS = 1_000;
const LONGEST_BACKOFF_MS = 300_000;

/** Sends messages one after the other, in order, as often as it takes; nobody waits for it. */
export class Outbox {
  readonly #options: OutboxOptions;
  readonly #stop = new AbortController();
  #waiting: Letter[] = [];
  #sending: Promise<void> | null = null;
  #isClosing = false;
  #isFailing = false;
  #dropped = 0;
  /** Ends the pause before the next attempt; the server's own wish is kept until the end. */
  #wake = new AbortController();
  #isPauseAsked = false;

  constructor(options: OutboxOptions) {
    this.#options = options;
  }

  /** Messages that were never taken: the queue was full, the server refused them, or the end came first. */
  get dropped(): number {
    return this.#dropped;
  }

  /** Takes a message; the oldest of those that wait is dropped when there are too many. */
  put(letter: Letter): void {
    if (this.#isClosing) return;
    // Whoever gets them late is to be woken by the newest of its kind alone.
    this.#waiting = this.#waiting.map((old) =>
      old.event.kind === letter.event.kind ? quietly(old) : old
    );
    this.#waiting.push(letter);
    if (this.#waiting.length > MOST_WAITING) {
      this.#waiting.shift();
      this.#drop("too many notifications wait for NOTIFY_URL: the oldest is dropped", 1);
    }
    if (!this.#isPauseAsked) this.#wake.abort();
    this.#sending ??= this.#sendAll().finally(() => this.#sending = null);
  }

  /** Sends what waits, without pauses, until `signal` aborts; what is left then is dropped. */
  async close(signal: AbortSignal): Promise<void> {
    this.#isClosing = true;
    this.#wake.abort();
    const abort = () => this.#stop.abort();
    signal.addEventListener("abort", abort);
    if (signal.aborted) abort();
    await this.#sending;
    signal.removeEventListener("abort", abort);
  }

  async #sendAll(): Promise<void> {
    for (let letter = this.#waiting.shift(); letter; letter = this.#waiting.shift()) {
      if (await this.#send(letter)) continue;
      this.#drop("notifications are left unsent at the end", 1 + this.#waiting.length);
      this.#waiting = [];
    }
  }

  /** Tries until the message is taken or refused; `false` when the end came first. */
  async #send(letter: Letter): Promise<boolean> {
    const { url, clock, timeoutMs = TIMEOUT_MS, backoffMs = BACKOFF_MS } = this.#options;
    for (let pauseMs = backoffMs;; pauseMs = Math.min(LONGEST_BACKOFF_MS, 2 * pauseMs)) {
      const outcome = await post(url, letter, timeoutMs, this.#stop.signal);
      this.#tell(outcome);
      if (outcome.kind !== "failed") return true;
      if (this.#isClosing) return false;
      this.#wake = new AbortController();
      this.#isPauseAsked = outcome.afterMs !== null;
      await clock.sleep(outcome.afterMs ?? pauseMs, this.#wake.signal);
    }
  }

  #tell(outcome: Outcome): void {
    const { log } = this.#options;
    if (outcome.kind === "refused") {
      this.#drop(`NOTIFY_URL refuses a notification (${outcome.reason}): check the address`, 1);
    }
    if (outcome.kind === "failed") {
      log.lasting("notify", `NOTIFY_URL takes no notifications for now: ${outcome.reason}`);
    } else if (this.#isFailing) log.info("NOTIFY_URL can be reached again");
    this.#isFailing = outcome.kind === "failed";
  }

  #drop(sentence: string, count: number): void {
    this.#dropped += count;
    this.#options.log.lasting("notify dropped", sentence, { dropped: this.#dropped });
  }
}

function quietly({ event, message }: Letter): Letter {
  return { event, message: { ...message, priority: 1 } };
}
