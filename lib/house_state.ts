import {
  initialLimiter,
  type LimiterState,
  spentTier,
  status,
  step,
  tick,
} from "./alarm/limiter.ts";
import { outlook } from "./alarm/outlook.ts";
import type { Tier } from "./alarm/tiers.ts";
import type { Appliance } from "./config/values.ts";
import type { MeterEvidence } from "./health.ts";
import type { AlarmEvent, AlarmStatus } from "./live/wire.ts";
import { initialStatus, type MeterStatus } from "./meter/status.ts";
import { holdMs, type LiveReading } from "./reading.ts";

/** Where and when the state begins. */
export interface HouseStateOptions {
  readonly limits: readonly Tier[];
  readonly appliances: readonly Appliance[];
  readonly sampleSeconds: number;
  readonly startedAt: number;
  readonly monoMs: number;
}

/** What the loop knows at any moment: the meter, the newest reading and what is left of the contract's limits. */
export class HouseState {
  readonly #sampleSeconds: number;
  readonly #appliances: readonly Appliance[];
  #limiter: LimiterState;
  #newest: { readonly at: number; readonly monoMs: number };
  meter: MeterStatus;

  constructor({ limits, appliances, sampleSeconds, startedAt, monoMs }: HouseStateOptions) {
    this.#appliances = appliances;
    this.#sampleSeconds = sampleSeconds;
    this.#limiter = initialLimiter(limits);
    this.#newest = { at: startedAt, monoMs };
    this.meter = initialStatus(startedAt);
  }

  get alarm(): AlarmStatus {
    return status(this.#limiter);
  }

  /** Whose time runs down; `null` when none is being spent. */
  get spentTier(): Tier | null {
    return spentTier(this.#limiter);
  }

  /** The alarm as viewers are told it. */
  outlook(silencedUntil: number | null): AlarmEvent {
    return outlook(this.#limiter, this.#appliances, silencedUntil);
  }

  /** The newest reading's power as long as it holds. */
  get heldWatts(): number | null {
    return this.#limiter.watts;
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
