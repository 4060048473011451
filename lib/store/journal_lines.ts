import type { Reading } from "../reading.ts";

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

/** Reads lines; a torn last one (a write that the power cut) is left out, any other odd line is kept as bad. */
export function parseLines(text: string): ParsedLines {
  const readings: Reading[] = [];
  const bad: string[] = [];
  const lines = text.split("\n");
  lines.pop();
  for (const line of lines) {
    const comma = line.indexOf(",");
    const at = wholeNumber(line, 0, comma, 15);
    const watts = wholeNumber(line, comma + 1, line.length, 7);
    if (at !== null && watts !== null) readings.push({ at, watts });
    else if (line !== "") bad.push(line);
  }
  return { readings, bad };
}

/** The decimal digits in [start, end); `null` for anything else. A regular expression takes twice as long over a day's lines. */
function wholeNumber(line: string, start: number, end: number, mostDigits: number): number | null {
  if (end <= start || end - start > mostDigits) return null;
  let value = 0;
  for (let i = start; i < end; i++) {
    const digit = line.charCodeAt(i) - 0x30;
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
