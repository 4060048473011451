import assert from "node:assert/strict";
import type { HistoryRow } from "../lib/query/wire.ts";
import {
  areSingle,
  closed,
  gaps,
  laidOver,
  refined,
  steps,
} from "../functions/page/history/rows.ts";
import { zonedDays } from "../functions/page/history/zone.ts";

const HOUR_MS = 3_600_000;
const day = zonedDays("Europe/Rome");

function row(at: number, meanWatts: number | null): HistoryRow {
  return { at, meanWatts, minWatts: meanWatts, maxWatts: meanWatts };
}

/** A row an hour, its power the hour of real time since midnight. */
function hourly(date: string): HistoryRow[] {
  const { fromMs, toMs } = day(date);
  return Array.from({ length: (toMs - fromMs) / HOUR_MS }, (_, i) => row(fromMs + i * HOUR_MS, i));
}

Deno.test("the last row ends where what is known ends, unless that is a gap", () => {
  const rows = [row(0, 5), row(10, 6)];
  assert.deepEqual(closed({ rows, endMs: 100 }).slice(2), [row(100, null)]);
  assert.equal(closed({ rows: [row(0, 5), row(10, null)], endMs: 100 }).length, 2);
  assert.deepEqual(closed({ rows: [], endMs: 100 }), []);
});

Deno.test("a gap lasts to the next row, the last one to where what is known ends", () => {
  const rows = [row(0, null), row(10, 5), row(20, null), row(50, 5), row(60, null)];
  assert.deepEqual(gaps({ rows, endMs: 100 }), [
    { fromMs: 0, toMs: 10 },
    { fromMs: 20, toMs: 50 },
    { fromMs: 60, toMs: 100 },
  ]);
  assert.deepEqual(gaps({ rows: rows.slice(0, 2), endMs: 20 }), [{ fromMs: 0, toMs: 10 }]);
});

Deno.test("finer rows take the place of coarse ones within their span only", () => {
  const coarse = [row(0, 1), row(100, 2), row(200, 3), row(300, 4)];
  const fine = [row(120, 20), row(140, 21), row(160, null)];
  const found = refined(coarse, fine, { fromMs: 110, toMs: 250 });
  assert.deepEqual(found.map(({ at, meanWatts }) => [at, meanWatts]), [
    [0, 1],
    [100, 2],
    [120, 20],
    [140, 21],
    [160, null],
    [250, 3],
    [300, 4],
  ]);
});

Deno.test("a step holds up to the next, and a gap begins a millisecond after it ends", () => {
  const { at, mean } = steps([row(0, 5), row(10, null), row(30, 6), row(40, null)], []);
  assert.deepEqual(at, [0, 10, 11, 30, 40, 41]);
  assert.deepEqual(mean, [5, 5, null, 6, 6, null]);
});

Deno.test("two days share their times, each with its own value there", () => {
  const { at, mean, other } = steps([row(0, 5), row(20, 6)], [row(10, 50), row(20, 60)]);
  assert.deepEqual(at, [0, 10, 20]);
  assert.deepEqual(mean, [5, 5, 6]);
  assert.deepEqual(other, [null, 50, 60]);
});

Deno.test("another day lies where the clock shows the same", () => {
  const shown = (date: string, other: string) => {
    const { fromMs } = day(date);
    return laidOver(hourly(other), day(other), day(date))
      .map(({ at, meanWatts }) => [(at - fromMs) / HOUR_MS, meanWatts]);
  };
  const even = Array.from({ length: 24 }, (_, i) => [i, i]);
  assert.deepEqual(shown("2026-11-22", "2026-11-15"), [...even, [24, null]]);
  // 02:00 comes twice: both times with what the other day had at 02:00.
  const long = shown("2026-10-25", "2026-10-18");
  assert.deepEqual(long.slice(0, 6), [[0, 0], [1, 1], [2, 2], [3, 2], [4, 3], [5, 4]]);
  // The clock jumps from 02:00 to 03:00.
  const brief = shown("2026-03-29", "2026-03-22");
  assert.deepEqual(brief.slice(0, 5), [[0, 0], [1, 1], [2, 3], [3, 4], [4, 5]]);
  // Of an hour that came twice the first is shown.
  const after = shown("2026-11-01", "2026-10-25");
  assert.deepEqual(after.slice(0, 5), [[0, 0], [1, 1], [2, 2], [3, 4], [4, 5]]);
});

Deno.test("rows of one reading each have nothing between lowest and highest", () => {
  assert.equal(areSingle([row(0, 5), row(1, null)]), true);
  assert.equal(areSingle([{ at: 0, meanWatts: 5, minWatts: 4, maxWatts: 6 }]), false);
});
