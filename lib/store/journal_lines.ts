import type { Reading } from "../reading.ts";

const NEWLINE = 0x0a;
const COMMA = 0x2c;
const ZERO = 0x30;
/** Up to the year 5138: a longer number is damage, and its date would have more than four digits in the year. */
const MOST_AT_DIGITS = 14;
const MOST_WATTS_DIGITS = 7;

/** `at,watts` and a newline, as every journal and spool file holds it. */
export function formatLine({ at, watts }: Reading): string {
  return `${at},${watts}\n`;
}

/** What a file of the journal holds. */
export interface ParsedLines {
  /** In the order in which they arrived. */
  readonly readings: Reading[];
  /** Whole lines that are no reading. */
  readonly bad: string[];
}

/**
 * Reads lines; a torn last one (a write that the power cut) is left out, any other odd line is kept as bad. Digit by
 * digit from the bytes: a day's lines as text and by regular expression cost three times as much.
 */
export function parseLines(bytes: Uint8Array): ParsedLines {
  const readings: Reading[] = [];
  const bad: string[] = [];
  for (let start = 0, end; (end = bytes.indexOf(NEWLINE, start)) !== -1; start = end + 1) {
    const reading = parseLine(bytes, start, end);
    if (reading) readings.push(reading);
    else if (end > start) bad.push(new TextDecoder().decode(bytes.subarray(start, end)));
  }
  return { readings, bad };
}

function parseLine(bytes: Uint8Array, start: number, end: number): Reading | null {
  let comma = start;
  while (comma < end && bytes[comma] !== COMMA) comma++;
  const at = wholeNumber(bytes, start, comma, MOST_AT_DIGITS);
  const watts = wholeNumber(bytes, comma + 1, end, MOST_WATTS_DIGITS);
  return at === null || watts === null ? null : { at, watts };
}

function wholeNumber(bytes: Uint8Array, start: number, end: number, most: number): number | null {
  if (end <= start || end - start > most) return null;
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = bytes[i]! - ZERO;
    if (digit < 0 || digit > 9) return null;
    value = value * 10 + digit;
  }
  return value;
}

/** Readings in the order of their times, each time once. */
export interface MergedReadings {
  readonly readings: Reading[];
  /** Readings left out because an earlier arrival has the same time and other watts. */
  readonly conflicts: number;
}

/** The union by `at` of readings in arrival order (a clock that steps back makes that differ from time order): of two at the same time the first stays. */
export function mergeReadings(arrivals: readonly Reading[]): MergedReadings {
  // Mostly there is nothing to do: the clock ran on, and no reading came twice.
  if (arrivals.every(({ at }, i) => i === 0 || at > arrivals[i - 1]!.at)) {
    return { readings: [...arrivals], conflicts: 0 };
  }
  // Stable: of two at the same time the earlier arrival comes first.
  const inOrder = arrivals.toSorted((a, b) => a.at - b.at);
  const readings: Reading[] = [];
  let conflicts = 0;
  for (const reading of inOrder) {
    const first = readings.at(-1);
    if (first?.at !== reading.at) readings.push(reading);
    else if (first.watts !== reading.watts) conflicts++;
  }
  return { readings, conflicts };
}
