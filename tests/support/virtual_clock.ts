import type { Clock } from "../../lib/clock.ts";

/** A clock that moves only when a test says so; its wall clock can be set apart from its monotonic one. */
export class VirtualClock implements Clock {
  #monoMs = 0;
  #wallOffsetMs: number;
  #sleepers: { readonly atMs: number; readonly wake: () => void }[] = [];

  constructor(nowMs: number) {
    this.#wallOffsetMs = nowMs;
  }

  nowMs(): number {
    return this.#wallOffsetMs + this.#monoMs;
  }

  monoMs(): number {
    return this.#monoMs;
  }

  /** Sets the wall clock, as network time does. */
  stepWall(byMs: number): void {
    this.#wallOffsetMs += byMs;
  }

  sleep(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const sleeper = { atMs: this.#monoMs + ms, wake: resolve };
      this.#sleepers.push(sleeper);
      signal.addEventListener("abort", () => {
        this.#sleepers = this.#sleepers.filter((one) => one !== sleeper);
        resolve();
      });
    });
  }

  /** Lets time pass, waking whoever's time has come, in order, and lets each do its work. */
  async advance(ms: number): Promise<void> {
    const untilMs = this.#monoMs + ms;
    await settle();
    for (;;) {
      const next = this.#sleepers.filter(({ atMs }) => atMs <= untilMs)
        .sort((a, b) => a.atMs - b.atMs)[0];
      if (!next) break;
      this.#sleepers = this.#sleepers.filter((one) => one !== next);
      this.#monoMs = Math.max(this.#monoMs, next.atMs);
      next.wake();
      await settle();
    }
    this.#monoMs = untilMs;
  }
}

/** Until all that promises and streams have to do now is done. */
async function settle(): Promise<void> {
  for (let i = 0; i < 3; i++) await new Promise((resolve) => setTimeout(resolve, 0));
}
