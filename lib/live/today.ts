import type { LocalDay } from "../calendar.ts";
import { MinuteSums } from "../minute_sums.ts";
import { heldUntil, type Reading } from "../reading.ts";
import type { HeldReadings } from "../store/digest.ts";
import type { Curve, DayTotals } from "./wire.ts";

const MINUTE_MS = 60_000;
const WATT_MS_PER_KWH = 3.6e9;

/** The running totals and the curve of one local day, from its readings in any order. */
export class Today {
  readonly day: LocalDay;
  readonly #holdMs: number;
  readonly #carriedIn: Reading | null;
  #readings: Reading[] = [];
  #minutes: MinuteSums;
  #wattMs = 0;
  #coveredMs = 0;
  #lowest: Reading | null = null;
  #highest: Reading | null = null;

  /**
   * @param holdMs how long a reading holds when no next one comes
   * @param carriedIn the last reading of the day before, which may hold into this one
   */
  constructor(day: LocalDay, holdMs: number, carriedIn: Reading | null = null) {
    this.day = day;
    this.#holdMs = holdMs;
    this.#carriedIn = carriedIn;
    this.#minutes = new MinuteSums(day);
  }

  /** How the day began and what has come since; `readings` grow. */
  get held(): { readonly measured: HeldReadings; readonly carriedIn: Reading | null } {
    const measured = { readings: this.#readings, holdMs: this.#holdMs };
    return { measured, carriedIn: this.#carriedIn };
  }

  /** The newest reading by time. */
  get newest(): Reading | null {
    return this.#readings.at(-1) ?? null;
  }

  /** The day's readings in the order of their times. */
  get readings(): readonly Reading[] {
    return this.#readings;
  }

  /** Takes a reading of this day; of two at the same time the first stays. */
  add(reading: Reading): void {
    const newest = this.newest;
    if (newest === null || reading.at > newest.at) return this.#append(reading);
    if (this.#readings.some(({ at }) => at === reading.at)) return;
    // The clock was set back: what followed this time follows another reading now.
    const all = [...this.#readings, reading].sort((a, b) => a.at - b.at);
    this.#readings = [];
    this.#minutes = new MinuteSums(this.day);
    this.#wattMs = this.#coveredMs = 0;
    this.#lowest = this.#highest = null;
    for (const one of all) this.#append(one);
  }

  #append(reading: Reading): void {
    const previous = this.newest ?? this.#carriedIn;
    if (previous) this.#hold(previous, reading.at);
    this.#readings.push(reading);
    if (this.#lowest === null || reading.watts < this.#lowest.watts) this.#lowest = reading;
    if (this.#highest === null || reading.watts > this.#highest.watts) this.#highest = reading;
  }

  #hold({ at, watts }: Reading, nextAt: number): void {
    const startMs = Math.max(at, this.day.startMs);
    const endMs = heldUntil(at, nextAt, this.#holdMs);
    if (endMs <= startMs) return;
    this.#wattMs += watts * (endMs - startMs);
    this.#coveredMs += endMs - startMs;
    this.#minutes.add({ startMs, endMs, watts });
  }

  /** @param nowMs the wall clock, for how much of the day has passed */
  totals(nowMs: number): DayTotals {
    const { date, startMs, endMs } = this.day;
    // Up to the newest reading nothing is missing yet: it holds until the next one, and that is not due.
    const newestAt = this.newest?.at ?? startMs;
    const untilMs = nowMs - newestAt <= this.#holdMs ? newestAt : Math.min(nowMs, endMs);
    const passedMs = untilMs - startMs;
    return {
      date,
      startMs,
      endMs,
      kWhToday: this.#wattMs / WATT_MS_PER_KWH,
      minWatts: this.#lowest?.watts ?? null,
      minAt: this.#lowest?.at ?? null,
      maxWatts: this.#highest?.watts ?? null,
      maxAt: this.#highest?.at ?? null,
      coverage: passedMs > 0 ? Math.min(1, this.#coveredMs / passedMs) : 1,
    };
  }

  /** The day by the minute, as far as its readings account for it. */
  curve(): Curve {
    const { startMs, endMs } = this.day;
    const newestAt = this.newest?.at ?? startMs;
    const minutes = Math.ceil((Math.min(newestAt, endMs) - startMs) / MINUTE_MS);
    const rows = Array.from({ length: minutes }, (_, i) => this.#minutes.row(i, i + 1));
    return {
      startMs,
      stepS: MINUTE_MS / 1000,
      meanWatts: rows.map((row) => row && Math.round(row.meanWatts)),
      minWatts: rows.map((row) => row && row.minWatts),
      maxWatts: rows.map((row) => row && row.maxWatts),
    };
  }
}
