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

const LINE = /^(\d{1,15}),(\d{1,7})$/;

/** Reads lines; a torn last one (a write that the power cut) is left out, any other odd line is kept as bad. */
export function parseLines(text: string): ParsedLines {
  const readings: Reading[] = [];
  const bad: string[] = [];
  const lines = text.split("\n");
  lines.pop();
  for (const line of lines) {
    const match = LINE.exec(line);
    if (match) readings.push({ at: Number(match[1]), watts: Number(match[2]) });
    else if (line !== "") bad.push(line);
  }
  return { readings, bad };
}

/** Readings in the order of their times, each time once. */
export interface MergedReadings {
  readonly readings: Reading[];
  /** Readings left out because an earlier arrival has the same time and other watts. */
  readonly conflicts: number;
}

/** The union by `at` of readings in arrival order (a clock that steps back makes that differ from time order): of two at the same time the first stays. */
export function mergeReadings(arrivals: Iterable<Reading>): MergedReadings {
  const byTime = new Map<number, Reading>();
  let conflicts = 0;
  for (const reading of arrivals) {
    const first = byTime.get(reading.at);
    if (!first) byTime.set(reading.at, reading);
    else if (first.watts !== reading.watts) conflicts++;
  }
  return { readings: [...byTime.values()].sort((a, b) => a.at - b.at), conflicts };
}
