import type { LocalDay } from "../calendar.ts";
import { holdMs, type Reading } from "../reading.ts";
import { counted, leftOut, MOST_WATTS, type OriginDay, OriginError, quoted } from "./origin_day.ts";
import { paddedTail } from "./padded_tail.ts";

/** The origin writes a line so often, from local midnight on; a line's place is all that tells its time. */
const LINE_SECONDS = 5;

/** To so many lines the origin pads or cuts a day's file (`fixed_day_size`): 24 hours and the next midnight. */
export const DAY_LINES = 17_281;

/** Whole watts; when a line was missing, the origin has rewritten the file with `.0` behind each. */
const LINE = /^(\d{1,5})(?:\.0+)?\r?$/;

/**
 * Reads a file `days/YYYY-MM-DD` of the origin: watts, a value a line. A line that is none leaves its time empty.
 * Throws {@linkcode OriginError} when most lines are none.
 */
export function parseDaysText(text: string, day: LocalDay): OriginDay {
  const lines = text.split("\n");
  // What follows the last newline is nothing, or a line that was not written to its end.
  const torn = lines.pop()!;
  if (lines.length === 0) throw new OriginError("it holds no line");
  const values = lines.map((line) => Number(LINE.exec(line)?.[1] ?? NaN));
  const broken: string[] = [];
  const readings: Reading[] = [];
  values.forEach((watts, i) => {
    const at = day.startMs + i * LINE_SECONDS * 1000;
    if (!(watts <= MOST_WATTS)) broken.push(`${i + 1} (${quoted(lines[i])})`);
    else if (at < day.endMs) readings.push({ at, watts });
  });
  if (torn !== "") broken.push(`${lines.length + 1} (${quoted(torn)}, cut off)`);
  if (broken.length > lines.length / 2) {
    throw new OriginError(
      `${broken.length} of its lines are no watts, only ${readings.length} are`,
    );
  }
  const remarks = [
    ...leftOut("broken line", broken),
    ...paddedTail(values, LINE_SECONDS),
    ...pastEnd(lines.length, day),
  ];
  return { readings, holdMs: holdMs(LINE_SECONDS), remarks };
}

function pastEnd(lines: number, { startMs, endMs }: LocalDay): string[] {
  const past = lines - Math.ceil((endMs - startMs) / (LINE_SECONDS * 1000));
  // The line of the next midnight is no news: every file that the origin has closed ends with it.
  const usual = lines === DAY_LINES ? 1 : 0;
  return past > usual ? [`${counted(past, "line")} past the day's end left out`] : [];
}
