import type { Bucket } from "../calendar.ts";
import { SIX_HOURS } from "../store/digest.ts";
import type { HistoryLevel } from "./wire.ts";

const MINUTE_MS = 60_000;
const DAY_MINUTES = 1440;

/** Readings are unpacked a day at a time: one day, which may have 25 hours, or the parts of two. */
const LONGEST_RAW_MS = 25 * 60 * MINUTE_MS;
/** Rows of `MIN_TIME_RES` that are fetched for one curve: six weeks of a quarter of an hour each. */
const MOST_HISTORY_ROWS = 4_000;
/** Rows of six hours lie in memory: five years. */
const MOST_SIX_HOURLY_ROWS = 8_000;
/** Fewer rows than these are no curve, whatever the next finer level costs. */
const LEAST_ROWS = 100;

/**
 * What a power curve is made from: the coarsest level that has a row for each of `points`, or, where its rows would be too
 * many to fetch, the next one that is coarser, unless that shows next to nothing.
 *
 * @param minTimeRes minutes a history row
 */
export function levelOf(
  { startMs, endMs }: Bucket,
  points: number,
  minTimeRes: number,
): HistoryLevel {
  const rows = (minutes: number) => (endMs - startMs) / (minutes * MINUTE_MS);
  const levels: readonly (readonly [level: HistoryLevel, minutes: number, most: number])[] = [
    ["day", DAY_MINUTES, Infinity],
    ["sixHourly", SIX_HOURS, MOST_SIX_HOURLY_ROWS],
    // Where MIN_TIME_RES is as long, its rows show nothing more.
    ...(minTimeRes < SIX_HOURS ? [["history", minTimeRes, MOST_HISTORY_ROWS] as const] : []),
  ];
  let chosen: HistoryLevel = "day";
  let chosenRows = 0;
  for (const [level, minutes, most] of levels) {
    if (rows(minutes) > most && chosenRows >= LEAST_ROWS) return chosen;
    [chosen, chosenRows] = [level, rows(minutes)];
    if (chosenRows >= points) return chosen;
  }
  return endMs - startMs <= LONGEST_RAW_MS ? "raw" : chosen;
}
