import type { HeldReadings, Source } from "./digest.ts";
import { mergeReadings } from "./journal_lines.ts";

/** A day's readings from one source, after more have come. */
export interface DayUnion extends HeldReadings {
  /** Readings that were not there before. */
  readonly added: number;
  /** Readings left out because an earlier one has the same time and other watts. */
  readonly conflicts: number;
}

/**
 * The union by `at` of a day's stored readings and fresh ones in any order; what is stored stays. Of two accounts of the
 * origin the finer is kept instead: its `days/` files beat its yearly tables, whichever come first.
 */
export function joinReadings(
  source: Source,
  stored: HeldReadings | null,
  fresh: HeldReadings,
): DayUnion {
  // Nothing tells nothing, however fine it might have been.
  if (stored && fresh.readings.length === 0) return { ...stored, added: 0, conflicts: 0 };
  if (stored?.readings.length === 0) return joinReadings(source, null, fresh);
  if (stored && source === "origin" && stored.holdMs !== fresh.holdMs) {
    return stored.holdMs < fresh.holdMs
      ? { ...stored, added: 0, conflicts: 0 }
      : joinReadings(source, null, fresh);
  }
  const arrivals = stored ? [...stored.readings, ...fresh.readings] : fresh.readings;
  const { readings, conflicts } = mergeReadings(arrivals);
  const added = readings.length - (stored?.readings.length ?? 0);
  // SAMPLE_SECONDS may be another by now; the day's own was known when it was stored, and a longer one would fill its gaps.
  const { holdMs } = stored ?? fresh;
  return { readings, holdMs, conflicts, added };
}
