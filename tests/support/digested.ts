import assert from "node:assert/strict";
import { dayBounds } from "../../lib/calendar.ts";
import type { PowerRow } from "../../lib/minute_sums.ts";
import type { Reading } from "../../lib/reading.ts";
import { type Digest, digestDay, type DigestInput } from "../../lib/store/digest.ts";
import { houseDay } from "./house_day.ts";

/** Saturday 21 November 2026 in Rome. */
export const ROME_DAY = dayBounds("2026-11-21", "Europe/Rome");
/** Its first instant. */
export const START = ROME_DAY.startMs;

/** The digest of readings of that day, or of another with `options`. */
export function digest(readings: Reading[], options: Partial<DigestInput> = {}): Digest {
  const result = digestDay({
    day: ROME_DAY,
    zone: "Europe/Rome",
    measured: { readings, holdMs: 15_000 },
    carriedIn: null,
    minTimeRes: 15,
    ...options,
  });
  assert.ok(result);
  return result;
}

/** A reading every 5 s on an exact grid from the day's first instant to its end. */
export const exactDay = (day: { startMs: number; endMs: number }) =>
  houseDay({ startMs: day.startMs, hours: (day.endMs - day.startMs) / 3_600_000, jitterMs: 0 });

/** The energy of rows, in watt-hours. */
export const energyWh = (rows: readonly PowerRow[]) =>
  rows.reduce((sum, { meanWatts, coveredS }) => sum + meanWatts * coveredS, 0) / 3600;

/** Fails unless two numbers are as good as equal. */
export const close = (actual: number, expected: number, within = 1e-6) =>
  assert.ok(Math.abs(actual - expected) <= within, `${actual} is not ${expected}`);
