import type { Reading } from "../reading.ts";

const HOUR_MS = 3_600_000;
const MOST_POINTS = 1_500;

/** The part of a curve that a page draws: times in epoch milliseconds beside whole watts. */
export interface Points {
  readonly at: readonly number[];
  readonly watts: readonly number[];
}

/**
 * The readings of the hour up to `endMs`, at most 1,500 points; later ones are of a clock that was set back.
 *
 * @param readings in the order of their times
 */
export function lastHour(readings: readonly Reading[], endMs: number): Points {
  let end = readings.length;
  while (end > 0 && readings[end - 1]!.at > endMs) end--;
  let first = end;
  while (first > 0 && readings[first - 1]!.at > endMs - HOUR_MS) first--;
  const points = thin(readings.slice(first, end), MOST_POINTS);
  return { at: points.map(({ at }) => at), watts: points.map(({ watts }) => watts) };
}

/** Of each run of readings the lowest and the highest, so that no peak disappears: at most `most` in all. */
function thin(readings: readonly Reading[], most: number): readonly Reading[] {
  if (readings.length <= most) return readings;
  const run = Math.ceil(readings.length / Math.floor(most / 2));
  const kept: Reading[] = [];
  for (let start = 0; start < readings.length; start += run) {
    const part = readings.slice(start, start + run);
    const lowest = part.reduce((a, b) => b.watts < a.watts ? b : a);
    const highest = part.reduce((a, b) => b.watts > a.watts ? b : a);
    kept.push(...(lowest.at <= highest.at ? [lowest, highest] : [highest, lowest]));
  }
  return kept.filter((reading, i) => reading !== kept[i - 1]);
}
