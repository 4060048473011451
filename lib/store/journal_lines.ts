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
 * Reads lines; a torn last one (a write that the power cut) is left out, any other odd line is kept as bad. Byte by byte
 * in one pass: a day's lines as text and by regular expression cost six times as much.
 */
export function parseLines(bytes: Uint8Array): ParsedLines {
  const readings: Reading[] = [];
  const bad: string[] = [];
  let start = 0;
  // Of the line so far: the number before the comma, the one at work, its digits, and whether there was anything else.
  let at = -1;
  let value = 0;
  let digits = 0;
  let isOdd = false;
  for (let i = 0; i < bytes.length; i++) {
    const digit = bytes[i]! - ZERO;
    if (digit >= 0 && digit <= 9) {
      value = value * 10 + digit;
      digits++;
    } else if (bytes[i] === NEWLINE) {
      const isReading = !isOdd && at >= 0 && digits >= 1 && digits <= MOST_WATTS_DIGITS;
      if (isReading) readings.push({ at, watts: value });
      else if (i > start) bad.push(new TextDecoder().decode(bytes.subarray(start, i)));
      start = i + 1;
      at = -1;
      value = digits = 0;
      isOdd = false;
    } else if (bytes[i] === COMMA && at < 0 && digits >= 1 && digits <= MOST_AT_DIGITS) {
      at = value;
      value = digits = 0;
    } else isOdd = true;
  }
  return { readings, bad };
}

/** Readings in the order of their times, each time once. */
export interface MergedReadings {
  readonly readings: readonly Reading[];
  /** Readings left out because an earlier arrival has the same time and other watts. */
  readonly conflicts: number;
}

/** The union by `at` of readings in arrival order (a clock that steps back makes that differ from time order): of two at the same time the first stays. */
export function mergeReadings(arrivals: readonly Reading[]): MergedReadings {
  // Mostly there is nothing to do: the clock ran on, and no reading came twice.
  if (isRising(arrivals)) return { readings: arrivals, conflicts: 0 };
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

function isRising(readings: readonly Reading[]): boolean {
  for (let i = 1; i < readings.length; i++) {
    if (readings[i]!.at <= readings[i - 1]!.at) return false;
  }
  return true;
}
