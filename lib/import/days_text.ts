import type { LocalDay } from "../calendar.ts";
import { holdMs, type Reading } from "../reading.ts";
import { counted, LeftOut, MOST_WATTS, type OriginDay, OriginError, quoted } from "./origin_day.ts";
import { paddedTail } from "./padded_tail.ts";

/** The origin writes a line so often, from local midnight on; a line's place is all that tells its time. */
const LINE_SECONDS = 5;

/** To so many lines the origin pads or cuts a day's file (`fixed_day_size`): 24 hours and the next midnight. */
export const DAY_LINES = 17_281;

const NEWLINE = 0x0a;
const NO_WATTS = -1;

/**
 * Reads a file `days/YYYY-MM-DD` of the origin: watts, a value a line. A line that is none leaves its time empty.
 * Throws {@linkcode OriginError} when most lines are none.
 */
export function parseDaysText(bytes: Uint8Array, day: LocalDay): OriginDay {
  const lines = new Int32Array(bytes.reduce((n, byte) => byte === NEWLINE ? n + 1 : n, 0));
  const readings: Reading[] = [];
  const broken = new LeftOut("broken line");
  let start = 0;
  for (let i = 0; i < lines.length; i++) {
    const end = bytes.indexOf(NEWLINE, start);
    const at = day.startMs + i * LINE_SECONDS * 1000;
    const watts = lines[i] = wattsOf(bytes, start, end);
    if (watts === NO_WATTS) broken.add(() => `${i + 1} (${text(bytes, start, end)})`);
    else if (at < day.endMs) readings.push({ at, watts });
    start = end + 1;
  }
  // A last line without an end may lack its last digits.
  if (start < bytes.length) {
    const from = start;
    broken.add(() => `${lines.length + 1} (${text(bytes, from, bytes.length)}, cut off)`);
  }
  if (lines.length === 0 || broken.count > lines.length / 2) {
    throw new OriginError("it is no list of watts");
  }
  const remarks = [
    ...broken.remarks(),
    ...paddedTail(lines, LINE_SECONDS),
    ...pastEnd(lines.length, day),
  ];
  return { readings, holdMs: holdMs(LINE_SECONDS), remarks };
}

/**
 * The watts of a line, NO_WATTS when it is none. Whole numbers, some with `.0` behind: so the origin rewrites a file in which
 * a value was missing. By the byte, since a year has six million lines.
 */
function wattsOf(bytes: Uint8Array, start: number, end: number): number {
  let watts = 0;
  let at = start;
  for (; at < end && isDigit(bytes[at]!); at++) watts = watts * 10 + bytes[at]! - 0x30;
  if (at === start || at > start + 5 || watts > MOST_WATTS) return NO_WATTS;
  if (at === end) return watts;
  return /^(\.0+)?\r?$/.test(decoder.decode(bytes.subarray(at, end))) ? watts : NO_WATTS;
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
