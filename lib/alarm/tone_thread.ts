import type { Pin } from "./gpio.ts";
import { PinError, refusal } from "./pin_error.ts";
import type { OnFault, Sounder } from "./sounder.ts";
import {
  END,
  give,
  type Order,
  SOUND,
  STILL,
  type ToneReport,
  type ToneStart,
} from "./tone_order.ts";

/** The thread's program; in the service's bundle, `.build/`, it is a file of its own too. */
const PROGRAM = import.meta.url.endsWith(".ts") ? "./tone_worker.ts" : "./lib/alarm/tone_worker.js";

/** The order to sound is repeated every 15 s by a program that is well. */
const LONGEST_MS = 20_000;

/**
 * A tone on a pin, made by a thread that exists from `prepare` or the first sound on until `rest`. Without another `start` a
 * sound ends after `longestMs`.
 */
export function threadTone(pin: Pin, onFault: OnFault, longestMs = LONGEST_MS): Sounder {
  let thread: ToneThread | null = null;
  let preparing: ReturnType<typeof setTimeout> | undefined;
  const ready = () => thread ??= new ToneThread(pin, onFault, longestMs);
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

class ToneThread {
  readonly #worker = new Worker(new URL(PROGRAM, import.meta.url), { type: "module" });
  readonly #cell = new Int32Array(new SharedArrayBuffer(4));
  readonly #ended = Promise.withResolvers<void>();

  constructor(pin: Pin, onFault: OnFault, longestMs: number) {
    this.#worker.onmessage = ({ data }: MessageEvent<ToneReport>) => {
      if (data === "ended") this.#ended.resolve();
      else onFault(refusal(pin.name, data.code));
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
