import type { ReadingColumns } from "../reading.ts";
import { initialLimiter, isFull, type LimiterState, step, tick } from "./limiter.ts";
import type { Tier } from "./tiers.ts";

/** The readings of a local day, in rising order of `at` and after those of the days before. */
export interface ReplayedDay extends ReadingColumns {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly holdMs: number;
  readonly highestWatts: number;
}

/** What the limits of a contract would have made of readings. */
export interface ReplayResult {
  readonly tiers: readonly Tier[];
  /** How often the meter would have cut off. */
  readonly cutOffs: number;
  /** Local days on which it would have. */
  readonly daysCutOff: number;
  /** The nearest that it came to one apart from these, in seconds; `null`: no tier was ever reached otherwise. */
  readonly nearestSeconds: number | null;
  /** Time during which a tier was being spent. */
  readonly secondsAbove: number;
}

/**
 * Replays stored readings through the limiter. After a cut-off every budget is full, and the load that caused it counts
 * as switched off until power has been below every tier, or unknown: an overload that went on is one cut-off, not thirty.
 */
export class Replay {
  readonly #tiers: readonly Tier[];
  readonly #lowestWatts: number;
  #limiter: LimiterState;
  #isQuiet = true;
  /** While the load of a cut-off goes on: until when its newest reading holds. */
  #isOffUntilMs: number | null = null;
  /** The least that was left since every budget was full. */
  #leastMs = Infinity;
  #nearestMs = Infinity;
  #aboveMs = 0;
  #cutOffs = 0;
  #daysCutOff = 0;
  #lastDate = "";

  constructor(tiers: readonly Tier[]) {
    this.#tiers = tiers;
    this.#lowestWatts = tiers[0]!.watts;
    this.#limiter = initialLimiter(tiers);
  }

  /** Takes the next day's readings in. */
  takeDay({ date, at, watts, holdMs, highestWatts }: ReplayedDay): void {
    // Most days of most contracts: 6 million readings a year.
    if (this.#isQuiet && highestWatts < this.#lowestWatts) return;
    for (let i = 0; i < at.length; i++) {
      if (this.#isQuiet && watts[i]! < this.#lowestWatts) continue;
      this.#take(date, at[i]!, watts[i]!, holdMs);
    }
  }

  get result(): ReplayResult {
    const nearestMs = Math.min(this.#nearestMs, this.#leastMs);
    return {
      tiers: this.#tiers,
      cutOffs: this.#cutOffs,
      daysCutOff: this.#daysCutOff,
      nearestSeconds: nearestMs === Infinity ? null : Math.floor(nearestMs / 1000),
      secondsAbove: this.#aboveMs / 1000,
    };
  }

  #take(date: string, at: number, watts: number, holdMs: number): void {
    if (this.#isOffUntilMs !== null) {
      if (watts >= this.#lowestWatts && at < this.#isOffUntilMs) {
        this.#isOffUntilMs = at + holdMs;
        return;
      }
      this.#isOffUntilMs = null;
    }
    const { heldUntilMs } = this.#limiter;
    this.#pass(at);
    if (this.#limiter.budgets.some(({ leftMs }) => leftMs === 0)) {
      this.#cutOff(date);
      if (watts >= this.#lowestWatts && at < heldUntilMs) this.#isOffUntilMs = at + holdMs;
    }
    if (this.#isOffUntilMs === null) {
      this.#limiter = step(this.#limiter, { watts, monoMs: at }, holdMs);
    }
    this.#settle();
  }

  #pass(toMs: number): void {
    const { monoMs, heldUntilMs, budgets } = this.#limiter;
    if (budgets.some(({ spending }) => spending)) {
      this.#aboveMs += Math.min(toMs, heldUntilMs) - monoMs;
    }
    this.#limiter = tick(this.#limiter, toMs);
    budgets.forEach(({ spending }, i) => {
      if (spending) this.#leastMs = Math.min(this.#leastMs, this.#limiter.budgets[i]!.leftMs);
    });
  }

  #cutOff(date: string): void {
    this.#cutOffs++;
    if (date !== this.#lastDate) this.#daysCutOff++;
    this.#lastDate = date;
    this.#limiter = initialLimiter(this.#tiers);
    this.#leastMs = Infinity;
  }

  #settle(): void {
    this.#isQuiet = this.#isOffUntilMs === null && isFull(this.#limiter);
    if (!this.#isQuiet) return;
    this.#nearestMs = Math.min(this.#nearestMs, this.#leastMs);
    this.#leastMs = Infinity;
  }
}
