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
  const lines = new Int16Array(countLines(bytes));
  const readings: Reading[] = [];
  const broken = new LeftOut("broken line");
  let line = 0;
  let start = 0;
  // Byte by byte, NaN from the first that is no digit: a year has six million lines.
  for (let i = 0, number = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (byte !== NEWLINE) {
      number = isDigit(byte) ? number * 10 + byte - 0x30 : NaN;
      continue;
    }
    const at = day.startMs + line * LINE_SECONDS * 1000;
    const watts = number <= MOST_WATTS && i > start ? number : unusual(bytes.subarray(start, i));
    lines[line++] = watts;
    if (watts === NO_WATTS) broken.add(() => `${line} (${shown(bytes.subarray(start, i))})`);
    else if (at < day.endMs) readings.push({ at, watts });
    start = i + 1;
    number = 0;
  }
  // A last line without an end may lack its last digits.
  const torn = bytes.subarray(start);
  if (torn.length > 0) broken.add(() => `${lines.length + 1} (${shown(torn)}, cut off)`);
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

function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === NEWLINE) count++;
  return count;
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}

const decoder = new TextDecoder();

/** The watts of a line of more than digits: when a value was missing, the origin rewrites a file with `.0` behind each. */
function unusual(line: Uint8Array): number {
  const [, digits] = /^(\d+)(?:\.0+)?\r?$/.exec(decoder.decode(line)) ?? [];
  const watts = Number(digits);
  return watts <= MOST_WATTS ? watts : NO_WATTS;
}

function shown(line: Uint8Array): string {
  return quoted(decoder.decode(line.subarray(0, 100)));
}

function pastEnd(lines: number, { startMs, endMs }: LocalDay): string[] {
  const past = lines - Math.ceil((endMs - startMs) / (LINE_SECONDS * 1000));
  // The line of the next midnight is no news: every file that the origin has closed ends with it.
  const usual = lines === DAY_LINES ? 1 : 0;
  return past > usual ? [`${counted(past, "line")} past the day's end left out`] : [];
}
