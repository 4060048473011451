import { initialLimiter, type LimiterState, status, step, tick } from "./alarm/limiter.ts";
import type { Tier } from "./alarm/tiers.ts";
import type { MeterEvidence } from "./health.ts";
import type { AlarmStatus } from "./live/wire.ts";
import { initialStatus, type MeterStatus } from "./meter/status.ts";
import { holdMs, type LiveReading } from "./reading.ts";

/** Where and when the state begins. */
export interface HouseStateOptions {
  readonly limits: readonly Tier[];
  readonly sampleSeconds: number;
  readonly startedAt: number;
  readonly monoMs: number;
}

/** What the loop knows at any moment: the meter, the newest reading and what is left of the contract's limits. */
export class HouseState {
  readonly #sampleSeconds: number;
  #limiter: LimiterState;
  #newest: { readonly at: number; readonly monoMs: number };
  meter: MeterStatus;

  constructor({ limits, sampleSeconds, startedAt, monoMs }: HouseStateOptions) {
    this.#sampleSeconds = sampleSeconds;
    this.#limiter = initialLimiter(limits);
    this.#newest = { at: startedAt, monoMs };
    this.meter = initialStatus(startedAt);
  }

  get alarm(): AlarmStatus {
    return status(this.#limiter);
  }

  take(reading: LiveReading): void {
    this.#newest = reading;
    this.#limiter = step(this.#limiter, reading, holdMs(this.#sampleSeconds));
  }

  /** Lets time pass without a reading. */
  pass(monoMs: number): void {
    this.#limiter = tick(this.#limiter, monoMs);
  }

  meterEvidence(monoMs: number): MeterEvidence {
    return {
      status: this.meter,
      lastAt: this.#newest.at,
      ageMs: monoMs - this.#newest.monoMs,
      sampleSeconds: this.#sampleSeconds,
    };
  }
}
