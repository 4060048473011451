import type { LocalDay } from "../calendar.ts";
import { holdMs, type Reading } from "../reading.ts";
import { counted, leftOut, MOST_WATTS, type OriginDay, OriginError, quoted } from "./origin_day.ts";
import { paddedTail } from "./padded_tail.ts";

/** The origin writes a line so often, from local midnight on; a line's place is all that tells its time. */
const LINE_SECONDS = 5;

/** To so many lines the origin pads or cuts a day's file (`fixed_day_size`): 24 hours and the next midnight. */
export const DAY_LINES = 17_281;

const NEWLINE = 0x0a;

/**
 * Reads a file `days/YYYY-MM-DD` of the origin: watts, a value a line. A line that is none leaves its time empty.
 * Throws {@linkcode OriginError} when most lines are none.
 */
export function parseDaysText(bytes: Uint8Array, day: LocalDay): OriginDay {
  const values: number[] = [];
  const readings: Reading[] = [];
  const broken: string[] = [];
  let start = 0;
  for (let end; (end = bytes.indexOf(NEWLINE, start)) !== -1; start = end + 1) {
    const at = day.startMs + values.length * LINE_SECONDS * 1000;
    const watts = wattsOf(bytes, start, end);
    values.push(watts);
    if (Number.isNaN(watts)) broken.push(`${values.length} (${text(bytes, start, end)})`);
    else if (at < day.endMs) readings.push({ at, watts });
  }
  // A last line without an end may lack its last digits.
  if (start < bytes.length) {
    broken.push(`${values.length + 1} (${text(bytes, start, bytes.length)}, cut off)`);
  }
  if (values.length === 0 || broken.length > values.length / 2) {
    throw new OriginError("it is no list of watts");
  }
  const remarks = [
    ...leftOut("broken line", broken),
    ...paddedTail(values, LINE_SECONDS),
    ...pastEnd(values.length, day),
  ];
  return { readings, holdMs: holdMs(LINE_SECONDS), remarks };
}

/**
 * The watts of a line, NaN when it is none. Whole numbers, some with `.0` behind: so the origin rewrites a file in which
 * a value was missing. By the byte, since a year has six million lines.
 */
function wattsOf(bytes: Uint8Array, start: number, end: number): number {
  let watts = 0;
  let at = start;
  for (; at < end && isDigit(bytes[at]!); at++) watts = watts * 10 + bytes[at]! - 0x30;
  if (at === start || at > start + 5 || watts > MOST_WATTS) return NaN;
  if (at === end) return watts;
  return /^(\.0+)?\r?$/.test(decoder.decode(bytes.subarray(at, end))) ? watts : NaN;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

const decoder = new TextDecoder();

function text(bytes: Uint8Array, start: number, end: number): string {
  return quoted(decoder.decode(bytes.subarray(start, Math.min(end, start + 100))));
}

function pastEnd(lines: number, { startMs, endMs }: LocalDay): string[] {
  const past = lines - Math.ceil((endMs - startMs) / (LINE_SECONDS * 1000));
  // The line of the next midnight is no news: every file that the origin has closed ends with it.
  const usual = lines === DAY_LINES ? 1 : 0;
  return past > usual ? [`${counted(past, "line")} past the day's end left out`] : [];
}
