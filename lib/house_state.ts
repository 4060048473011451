import {
  afterReading,
  endsCutOff,
  type GapWatch,
  meterGone,
  UNWATCHED,
} from "./alarm/gap_watch.ts";
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
import { addReading, type EnergyCounter, NO_ENERGY } from "./metrics/energy_counter.ts";
import { initialStatus, type MeterStatus } from "./meter/status.ts";
import { holdMs, type LiveReading, type Reading } from "./reading.ts";

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
  #gap: GapWatch = UNWATCHED;
  #energy: EnergyCounter = NO_ENERGY;
  #meter: MeterStatus;

  constructor({ limits, appliances, sampleSeconds, startedAt, monoMs }: HouseStateOptions) {
    this.#appliances = appliances;
    this.#sampleSeconds = sampleSeconds;
    this.#limiter = initialLimiter(limits);
    this.#newest = { at: startedAt, monoMs };
    this.#meter = initialStatus(startedAt);
  }

  get meter(): MeterStatus {
    return this.#meter;
  }

  set meter(status: MeterStatus) {
    this.#meter = status;
    if (status.state !== "connected") this.#gap = meterGone(this.#gap);
  }

  get alarm(): AlarmStatus {
    return status(this.#limiter);
  }

  /** Whose time runs down; `null` when none is being spent. */
  get spentTier(): Tier | null {
    return spentTier(this.#limiter);
  }

  /**
   * Whether the newest reading with power spent a tier: no more may come, and what is kept would tell a cut-off. Before the
   * first nobody knows, so yes.
   */
  get lastSpent(): boolean {
    return this.#gap.last === null || this.#gap.last.spentWatts !== null;
  }

  /** The alarm as viewers are told it. */
  outlook(silencedUntil: number | null): AlarmEvent {
    return outlook(this.#limiter, this.#appliances, silencedUntil);
  }

  /** Energy measured since the start; it only grows. */
  get kWh(): number {
    return this.#energy.kWh;
  }

  /** The newest reading's power as long as it holds. */
  get heldWatts(): number | null {
    return this.#limiter.watts;
  }

  /**
   * Takes readings of before this process: what they have spent is missing still.
   *
   * @param nowMs the wall clock at `monoMs`
   */
  recall(readings: readonly Reading[], nowMs: number, monoMs: number): void {
    for (const { at, watts } of readings) {
      const reading = { watts, monoMs: monoMs - (nowMs - at) };
      this.#limiter = step(this.#limiter, reading, holdMs(this.#sampleSeconds));
    }
    this.pass(monoMs);
  }

  /** Takes a reading in; gives the time of the last one before a probable cut-off that this one ends, else `null`. */
  take(reading: LiveReading): number | null {
    const endsOne = endsCutOff(this.#gap, reading, reading.monoMs);
    const cutOffAt = endsOne ? this.#gap.last!.at : null;
    const before = endsOne
      ? initialLimiter(this.#limiter.budgets.map(({ tier }) => tier))
      : this.#limiter;
    this.#newest = reading;
    this.#energy = addReading(this.#energy, reading, holdMs(this.#sampleSeconds));
    this.#limiter = step(before, reading, holdMs(this.#sampleSeconds));
    this.#gap = afterReading(this.#gap, reading, this.#limiter);
    return cutOffAt;
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
