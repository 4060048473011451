import type { Bucket } from "../calendar.ts";
import { heldUntil, type Reading } from "../reading.ts";
import { daySpans, type HeldReadings } from "../store/digest.ts";
import type { HeldColumns } from "../store/year_read.ts";
import type { Curve } from "./curve.ts";
import type { KnownDay } from "./day_table.ts";

/** The readings of a day, of which there are very many, in columns. */
export interface DayColumns {
  readonly measured: HeldColumns | null;
  readonly origin: HeldColumns | null;
  /** The last reading of the day before, which may hold into it. */
  readonly carriedIn: Reading | null;
}

/** Adds those of a day's readings that a curve's span has a part in, each as long as it holds. */
export function addReadings(curve: Curve, span: Bucket, day: KnownDay, readings: DayColumns): void {
  const { measured, origin, carriedIn } = readings;
  if (!origin) return addMeasured(curve, span, day, measured, carriedIn);
  const held = { measured: toObjects(measured), origin: toObjects(origin) };
  for (const { startMs, endMs, watts } of daySpans({ day, ...held, carriedIn }).spans) {
    curve.addHeld(startMs, endMs, watts);
  }
}

/** What `heldSpans` gives, without an object for each: of a day these would be half a megabyte. */
function addMeasured(
  curve: Curve,
  span: Bucket,
  day: KnownDay,
  measured: HeldColumns | null,
  carriedIn: Reading | null,
): void {
  const { at, watts, holdMs } = measured ?? { at: [], watts: [], holdMs: 0 };
  if (carriedIn) {
    const endMs = heldUntil(carriedIn.at, Math.min(at[0] ?? day.endMs, day.endMs), holdMs);
    curve.addHeld(day.startMs, endMs, carriedIn.watts);
  }
  let i = 0;
  while (i + 1 < at.length && at[i + 1]! <= span.startMs) i++;
  for (; i < at.length && at[i]! < span.endMs; i++) {
    const endMs = heldUntil(at[i]!, at[i + 1] ?? day.endMs, holdMs);
    curve.addHeld(at[i]!, endMs, watts[i]!);
  }
}

function toObjects(columns: HeldColumns | null): HeldReadings {
  if (!columns) return { readings: [], holdMs: 0 };
  const { at, watts, holdMs } = columns;
  return { readings: Array.from(at, (one, i) => ({ at: one, watts: watts[i]! })), holdMs };
}
