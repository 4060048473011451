import type { LocalDay } from "../calendar.ts";
import { heldSpans, type PowerSpan } from "../held_spans.ts";
import { MinuteSums, type PowerRow } from "../minute_sums.ts";
import type { Reading } from "../reading.ts";

/** Minutes of the rows that a year is drawn from. */
export const SIX_HOURS = 360;

/** The share of the covered time during which the house draws less than its base load. */
const BASE_LOAD_SHARE = 0.05;

const MS_PER_HOUR = 3_600_000;

/** What a day's digest is made from. */
export interface DigestInput {
  readonly day: LocalDay;
  /** The day's, in rising order of `at`, each time once. */
  readonly readings: readonly Reading[];
  /** The last reading before the day, which may hold into it; it counts in all but `readings`. */
  readonly carriedIn: Reading | null;
  /** How long a reading holds when no next one comes. */
  readonly holdMs: number;
  /** Minutes a history row. */
  readonly minTimeRes: number;
}

/** A local day in one row. */
export interface DayRow extends PowerRow {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Energy, exact. */
  readonly wh: number;
  /** When the highest power began, the first time if it came again. */
  readonly maxAt: number;
  /** Number of readings. */
  readonly readings: number;
  /** The time-weighted 5th percentile of the one-minute means, zeros left out; `null` when all are zero. */
  readonly baseLoadWatts: number | null;
}

/** A day's rows; spans of time without coverage have none. */
export interface Digest {
  readonly day: DayRow;
  readonly history: readonly PowerRow[];
  readonly sixHourly: readonly PowerRow[];
}

/** The rows of a day, `null` when nothing of it was measured. Throws RangeError for a reading of another day. */
export function digestDay(
  { day, readings, carriedIn, holdMs, minTimeRes }: DigestInput,
): Digest | null {
  const outside = [readings[0], readings.at(-1)].find((reading) =>
    reading && (reading.at < day.startMs || reading.at >= day.endMs)
  );
  if (outside) throw new RangeError(`${outside.at} is no time of ${day.date}`);
  const spans = heldSpans(day, readings, carriedIn, holdMs);
  const sums = new MinuteSums(day);
  for (const span of spans) sums.add(span);
  const whole = sums.row(0, sums.length);
  if (!whole) return null;
  return {
    day: {
      ...whole,
      date: day.date,
      wh: energyWh(spans),
      maxAt: spans.find(({ watts }) => watts === whole.maxWatts)!.startMs,
      readings: readings.length,
      baseLoadWatts: baseLoadWatts(sums.rows(1)),
    },
    history: sums.rows(minTimeRes),
    sixHourly: sums.rows(SIX_HOURS),
  };
}

function energyWh(spans: readonly PowerSpan[]): number {
  return spans.reduce((sum, { startMs, endMs, watts }) => sum + watts * (endMs - startMs), 0) /
    MS_PER_HOUR;
}

function baseLoadWatts(minutes: readonly PowerRow[]): number | null {
  const rising = minutes.filter(({ meanWatts }) => meanWatts > 0)
    .sort((a, b) => a.meanWatts - b.meanWatts);
  let leftS = BASE_LOAD_SHARE * rising.reduce((sum, { coveredS }) => sum + coveredS, 0);
  for (const { meanWatts, coveredS } of rising) {
    leftS -= coveredS;
    if (leftS <= 0) return meanWatts;
  }
  return null;
}
