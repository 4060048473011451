import type { Bucket } from "../calendar.ts";
import type { Reading, ReadingColumns } from "../reading.ts";

const NONE: ReadingColumns = { at: new Float64Array(), watts: new Float64Array() };

/** Readings in columns. */
export function toColumns(readings: readonly Reading[]): ReadingColumns {
  const columns = room(readings.length);
  readings.forEach(({ at, watts }, i) => {
    columns.at[i] = at;
    columns.watts[i] = watts;
  });
  return columns;
}

/** The union by `at` of accounts in rising order of it; of two readings at the same time that of the earlier account stays. */
export function unionOf(accounts: readonly ReadingColumns[]): ReadingColumns {
  return accounts.reduce(joined, NONE);
}

/** The readings in [startMs, endMs). */
export function within(readings: ReadingColumns, { startMs, endMs }: Bucket): ReadingColumns {
  const [from, to] = [firstFrom(readings.at, startMs), firstFrom(readings.at, endMs)];
  return part(readings, from, Math.max(from, to));
}

function joined(first: ReadingColumns, second: ReadingColumns): ReadingColumns {
  // Mostly a day has one account.
  if (second.at.length === 0) return first;
  if (first.at.length === 0) return second;
  const union = room(first.at.length + second.at.length);
  let length = 0;
  for (let i = 0, j = 0; i < first.at.length || j < second.at.length; length++) {
    const [a, b] = [first.at[i] ?? Infinity, second.at[j] ?? Infinity];
    union.at[length] = Math.min(a, b);
    union.watts[length] = a <= b ? first.watts[i]! : second.watts[j]!;
    if (a <= b) i++;
    if (b <= a) j++;
  }
  return part(union, 0, length);
}

/** The index of the first time that is not before `atMs`. */
function firstFrom(times: Float64Array, atMs: number): number {
  let [low, high] = [0, times.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle]! < atMs) low = middle + 1;
    else high = middle;
  }
  return low;
}

function room(length: number): ReadingColumns {
  return { at: new Float64Array(length), watts: new Float64Array(length) };
}

function part({ at, watts }: ReadingColumns, from: number, to: number): ReadingColumns {
  return { at: at.subarray(from, to), watts: watts.subarray(from, to) };
}
