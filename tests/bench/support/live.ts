import type { ReadingEvent } from "../../../lib/live/wire.ts";

/** A reading as a viewer got it. */
export interface Seen {
  readonly at: number;
  readonly watts: number;
  /** `performance.now()` when the event came. */
  readonly monoMs: number;
}

/** A browser's end of `/live`: Deno's own EventSource. */
export class Live implements Disposable {
  readonly seen: Seen[] = [];
  readonly #source: EventSource;
  readonly #evidence: () => string;
  #waiting: { readonly count: number; readonly resolve: () => void } | null = null;

  /** @param evidence what to add to the error when no reading comes */
  constructor(url: string, evidence: () => string = () => "") {
    this.#evidence = evidence;
    this.#source = new EventSource(new URL("live", url));
    this.#source.addEventListener("reading", (event) => {
      const monoMs = performance.now();
      const { at, watts }: ReadingEvent = JSON.parse(event.data);
      this.seen.push({ at, watts, monoMs });
      if (this.#waiting && this.seen.length >= this.#waiting.count) this.#waiting.resolve();
    });
  }

  /** The next reading; throws after `withinMs` without one. */
  async next(withinMs = 30_000): Promise<Seen> {
    await this.more(1, withinMs);
    return this.seen.at(-1)!;
  }

  /** Resolves when `count` more readings have come; throws after `withinMs`. */
  async more(count: number, withinMs: number): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const timer = setTimeout(() => {
      const got = this.seen.length;
      const state = `stream ${this.#source.readyState}, ${got} readings before`;
      reject(
        new Error(`no ${count} readings within ${withinMs} ms: ${state}; ${this.#evidence()}`),
      );
    }, withinMs);
    this.#waiting = { count: this.seen.length + count, resolve };
    try {
      await promise;
    } finally {
      clearTimeout(timer);
      this.#waiting = null;
    }
  }

  [Symbol.dispose](): void {
    this.#source.close();
  }
}
