import type { Pin } from "./gpio.ts";
import { PinError, refusal } from "./pin_error.ts";
import type { OnFault, OnLate, Sounder } from "./sounder.ts";
import {
  END,
  give,
  type Order,
  SOUND,
  STILL,
  type ToneReport,
  type ToneStart,
} from "./tone_order.ts";

/** The thread's program; beside the service's bundle, in `.build/`, it is a single file, which starts in half of the time. */
const PROGRAM = import.meta.url.endsWith(".ts") ? "./tone_worker.ts" : "./lib/alarm/tone_worker.js";

/** The order to sound is repeated every 15 s by a program that is well. */
const LONGEST_MS = 20_000;

/**
 * A tone on a pin, made by a thread that exists from `prepare` or the first sound on until `rest`. Without another `start` a
 * sound ends after `longestMs`.
 */
export function threadTone(
  pin: Pin,
  onFault: OnFault,
  onLate: OnLate,
  longestMs = LONGEST_MS,
): Sounder {
  let thread: ToneThread | null = null;
  let preparing: ReturnType<typeof setTimeout> | undefined;
  const ready = () => thread ??= new ToneThread(pin, { onFault, onLate }, longestMs);
  let ended: Promise<unknown> = Promise.resolve();
  const rest = () => {
    clearTimeout(preparing);
    ended = Promise.all([ended, thread?.end()]);
    thread = null;
    return ended;
  };
  return {
    prepare() {
      // A thread's start holds this one up for some 15 ms: the reading that asks for it goes first.
      clearTimeout(preparing);
      if (thread === null) preparing = setTimeout(ready);
    },
    start: () => ready().give(SOUND),
    stop: () => thread?.give(STILL),
    rest,
    async close() {
      await rest();
      pin.close();
    },
  };
}

interface ToneEvents {
  readonly onFault: OnFault;
  readonly onLate: OnLate;
}

class ToneThread {
  readonly #worker = new Worker(new URL(PROGRAM, import.meta.url), { type: "module" });
  readonly #cell = new Int32Array(new SharedArrayBuffer(4));
  readonly #ended = Promise.withResolvers<void>();
  /** When a sound was first asked for, monotonic milliseconds; `null` when none is waited for. */
  #askedMs: number | null = null;
  #isReady = false;

  constructor(pin: Pin, { onFault, onLate }: ToneEvents, longestMs: number) {
    this.#worker.onmessage = ({ data }: MessageEvent<ToneReport>) => {
      if (data === "ended") this.#ended.resolve();
      else if (data === "ready") {
        this.#isReady = true;
        if (this.#askedMs !== null) onLate(performance.now() - this.#askedMs);
      } else onFault(refusal(pin.name, data.code));
    };
    this.#worker.onerror = (event) => {
      event.preventDefault();
      this.#ended.resolve();
      onFault(new PinError(`The tone's thread has died: ${event.message}`));
    };
    const start: ToneStart = { fd: pin.fd, cell: this.#cell, longestMs };
    this.#worker.postMessage(start);
  }

  give(order: Order): void {
    if (order === SOUND && !this.#isReady) this.#askedMs ??= performance.now();
    give(this.#cell, order);
  }

  /** Resolves when it writes to the pin no more: within a pulse's time, or once it has started at all. */
  async end(): Promise<void> {
    this.give(END);
    // Terminated before, it might still write to what has the descriptor's number next.
    await this.#ended.promise;
    this.#worker.terminate();
  }
}
