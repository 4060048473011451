import type { LocalDay } from "../calendar.ts";
import type { Reading } from "../reading.ts";
import { counted, LeftOut, MOST_WATTS, type OriginDay, OriginError, quoted } from "./origin_day.ts";

/** A row of a table `YYYY-MM-DD`: `index`, a time without a zone, and `Wh`, which is the row's mean power in watts. */
export type OriginRow = readonly [index: unknown, Wh: unknown];

const DAY_MS = 86_400_000;

/** As pandas writes a time, alone or by way of SQLAlchemy. */
const LABEL = /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d(\.0+)?$/;

/**
 * Reads a day's table of a yearly file of the origin. Labels count as time elapsed since local midnight, since that is
 * how the origin makes them, on days of 23 and 25 hours as well. Throws {@linkcode OriginError} when no row is left.
 */
export function parseOriginTable(rows: readonly OriginRow[], day: LocalDay): OriginDay {
  const values = new Map<number, number | null>();
  const broken = new LeftOut("broken row");
  for (const [index, watts] of rows) {
    const elapsedMs = elapsed(index, day.date);
    if (elapsedMs === null || values.has(elapsedMs) || !isMeanPower(watts)) {
      broken.add(() => `${quoted(index)} (${quoted(watts)})`);
    } else values.set(elapsedMs, watts);
  }
  const rowMs = resolution([...values.keys()]);
  // It is made of a single value: the line of the next midnight.
  values.delete(DAY_MS);
  const times = [...values.keys()].sort((a, b) => a - b);
  const inDay = times.filter((elapsedMs) => day.startMs + elapsedMs < day.endMs);
  const readings = wholeWatts(inDay, values, day.startMs);
  if (readings.length === 0) throw new OriginError("it holds no row that is a power of that day");
  const remarks = broken.remarks();
  const past = times.length - inDay.length;
  if (past > 0) remarks.push(`${counted(past, "row")} past the day's end left out`);
  return { readings, holdMs: rowMs, remarks };
}

/** Readings of whole watts; what rounding takes from one row is given to the next, so that the day's energy stays. */
function wholeWatts(
  times: readonly number[],
  values: ReadonlyMap<number, number | null>,
  startMs: number,
): Reading[] {
  const readings: Reading[] = [];
  let owed = 0;
  for (const elapsedMs of times) {
    const value = values.get(elapsedMs) ?? null;
    // pandas leaves a row without values empty.
    if (value === null) continue;
    const watts = Math.max(0, Math.round(value + owed));
    owed += value - watts;
    readings.push({ at: startMs + elapsedMs, watts });
  }
  return readings;
}

/** Milliseconds from a day's midnight to a label by the calendar, `null` for a label of another day. */
function elapsed(index: unknown, date: string): number | null {
  if (typeof index !== "string" || !LABEL.test(index)) return null;
  const elapsedMs = Date.parse(`${index.slice(0, 10)}T${index.slice(11, 19)}Z`) - Date.parse(date);
  return elapsedMs >= 0 && elapsedMs <= DAY_MS ? elapsedMs : null;
}

function isMeanPower(value: unknown): value is number | null {
  return value === null || (typeof value === "number" && value >= 0 && value <= MOST_WATTS);
}

/** How long a row is: the least distance of two; `MIN_TIME_RES` of the origin, never under a minute. */
function resolution(times: readonly number[]): number {
  const rising = times.toSorted((a, b) => a - b);
  const distances = rising.slice(1).map((time, i) => time - rising[i]!);
  const rowMs = Math.min(...distances);
  if (rowMs >= 60_000 && rowMs <= DAY_MS) return rowMs;
  throw new OriginError("how long its rows last cannot be told");
}
