import type { Bucket } from "./calendar.ts";
import type { PowerSpan } from "./held_spans.ts";

const MINUTE_MS = 60_000;

/** Power over a span of time, as far as it was measured. */
export interface PowerRow {
  readonly startMs: number;
  readonly endMs: number;
  /** Over the covered time only. */
  readonly meanWatts: number;
  readonly minWatts: number;
  readonly maxWatts: number;
  /** Seconds of the span that readings account for, never 0. */
  readonly coveredS: number;
}

/**
 * Power over time by the minute of a day, counted from its start. All coarser rows are made of whole minutes, so their
 * energies add up whatever the cut. Sums of whole watts over whole milliseconds are exact.
 */
export class MinuteSums {
  readonly #day: Bucket;
  readonly #wattMs: Float64Array;
  readonly #coveredMs: Float64Array;
  readonly #minWatts: Float64Array;
  readonly #maxWatts: Float64Array;

  constructor(day: Bucket) {
    const length = Math.ceil((day.endMs - day.startMs) / MINUTE_MS);
    this.#day = day;
    this.#wattMs = new Float64Array(length);
    this.#coveredMs = new Float64Array(length);
    this.#minWatts = new Float64Array(length).fill(Infinity);
    this.#maxWatts = new Float64Array(length).fill(-Infinity);
  }

  /** Minutes of the day. */
  get length(): number {
    return this.#wattMs.length;
  }

  /** Takes a span that lies in the day and overlaps no other. */
  add({ startMs, endMs, watts }: PowerSpan): void {
    for (let fromMs = startMs; fromMs < endMs;) {
      const minute = Math.floor((fromMs - this.#day.startMs) / MINUTE_MS);
      const toMs = Math.min(endMs, this.#day.startMs + (minute + 1) * MINUTE_MS);
      this.#wattMs[minute]! += watts * (toMs - fromMs);
      this.#coveredMs[minute]! += toMs - fromMs;
      if (watts < this.#minWatts[minute]!) this.#minWatts[minute] = watts;
      if (watts > this.#maxWatts[minute]!) this.#maxWatts[minute] = watts;
      fromMs = toMs;
    }
  }

  /** The minutes [from, to) as one row, `null` where nothing is covered. */
  row(from: number, to: number): PowerRow | null {
    let wattMs = 0;
    let coveredMs = 0;
    let minWatts = Infinity;
    let maxWatts = -Infinity;
    for (let minute = from; minute < Math.min(to, this.length); minute++) {
      wattMs += this.#wattMs[minute]!;
      coveredMs += this.#coveredMs[minute]!;
      minWatts = Math.min(minWatts, this.#minWatts[minute]!);
      maxWatts = Math.max(maxWatts, this.#maxWatts[minute]!);
    }
    if (coveredMs === 0) return null;
    const startMs = this.#day.startMs + from * MINUTE_MS;
    const endMs = Math.min(this.#day.startMs + to * MINUTE_MS, this.#day.endMs);
    return {
      startMs,
      endMs,
      meanWatts: wattMs / coveredMs,
      minWatts,
      maxWatts,
      coveredS: coveredMs / 1000,
    };
  }

  /** Rows of so many minutes each, the last may be short; those without coverage are left out. */
  rows(minutes: number): PowerRow[] {
    const rows: PowerRow[] = [];
    for (let from = 0; from < this.length; from += minutes) {
      const row = this.row(from, from + minutes);
      if (row) rows.push(row);
    }
    return rows;
  }
}
