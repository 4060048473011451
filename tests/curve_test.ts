import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { Curve, type Piece, slotOf } from "../lib/query/curve.ts";
import { levelOf } from "../lib/query/level.ts";
import type { HistoryRow } from "../lib/query/wire.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const START = Date.UTC(2026, 10, 20, 23);

const isGap = ({ meanWatts }: HistoryRow) => meanWatts === null;

/** A quarter of an hour. */
function quarter(i: number, change: Partial<Piece> = {}): Piece {
  const startMs = START + i * 15 * MINUTE;
  const power = { meanWatts: 300 + i % 7, minWatts: 200 - i % 5, maxWatts: 400 + i % 11 };
  return { startMs, endMs: startMs + 15 * MINUTE, ...power, coveredS: 900, ...change };
}

function add(curve: Curve, piece: Piece, slot: number): void {
  const { startMs, endMs, meanWatts, minWatts, maxWatts, coveredS } = piece;
  curve.add(startMs, endMs, meanWatts, minWatts, maxWatts, coveredS, slot);
}

/** The rows of these pieces of a span of `count` quarters. */
function rowsOf(pieces: readonly Piece[], count: number, points: number): HistoryRow[] {
  const curve = new Curve({ startMs: START, endMs: START + count * 15 * MINUTE }, points);
  for (const piece of pieces) {
    add(curve, piece, slotOf((piece.startMs - START) / (15 * MINUTE), count, points));
  }
  return curve.rows();
}

Deno.test("few pieces stay as they are, with a row of nulls for each gap", () => {
  const pieces = [1, 2, 5, 6].map((i) => quarter(i));
  const rows = rowsOf(pieces, 8, 10);
  deepEqual(rows.map(({ at }) => (at - START) / (15 * MINUTE)), [0, 1, 2, 3, 5, 6, 7]);
  deepEqual(rows.map(isGap), [true, false, false, true, false, false, true]);
  const { meanWatts, minWatts, maxWatts } = pieces[0]!;
  deepEqual(rows[1], { at: pieces[0]!.startMs, meanWatts, minWatts, maxWatts });
});

Deno.test("a span of which nothing is known is one gap, an empty one has no row", () => {
  const nulls = { meanWatts: null, minWatts: null, maxWatts: null };
  deepEqual(rowsOf([], 8, 10), [{ at: START, ...nulls }]);
  deepEqual(rowsOf([], 0, 10), []);
});

Deno.test("many pieces share rows by minimum, maximum and the mean of what was covered", () => {
  const pieces = Array.from({ length: 40 }, (_, i) => quarter(i, { coveredS: i % 2 ? 900 : 300 }));
  const rows = rowsOf(pieces, 40, 10);
  equal(rows.length, 10);
  rows.forEach((row, i) => {
    const four = pieces.slice(4 * i, 4 * i + 4);
    const wattS = four.reduce((sum, one) => sum + one.meanWatts * one.coveredS, 0);
    equal(row.at, four[0]!.startMs);
    equal(row.meanWatts, Math.round(100 * wattS / 2400) / 100);
    equal(row.minWatts, Math.min(...four.map(({ minWatts }) => minWatts)));
    equal(row.maxWatts, Math.max(...four.map(({ maxWatts }) => maxWatts)));
  });
});

Deno.test("where rows are shared, a gap is shown once a whole row has nothing", () => {
  const known = (i: number) => i < 9 || i === 10 || i > 20;
  const pieces = Array.from({ length: 40 }, (_, i) => quarter(i)).filter((_, i) => known(i));
  const rows = rowsOf(pieces, 40, 10);
  deepEqual(rows.map(({ at }) => (at - START) / (15 * MINUTE)), [
    ...[0, 4, 8, 11, 21, 24, 28, 32, 36],
  ]);
  deepEqual(rows.map(isGap).indexOf(true), 3);
});

Deno.test("a piece that is longer than its row leaves no gap behind it", () => {
  const long = Array.from({ length: 10 }, (_, i) =>
    quarter(4 * i, {
      endMs: START + (4 * i + 4) * 15 * MINUTE,
      coveredS: 3600,
    }));
  deepEqual(rowsOf(long, 40, 20).map(isGap), long.map(() => false));
});

Deno.test("a piece over the span's ends begins and ends with it", () => {
  const curve = new Curve({ startMs: START + MINUTE, endMs: START + 20 * MINUTE }, 10);
  add(curve, quarter(-1), 0);
  add(curve, quarter(0), 0);
  add(curve, quarter(1), 1);
  add(curve, quarter(2), 2);
  deepEqual(curve.rows().map(({ at }) => at - START), [MINUTE, 15 * MINUTE]);
});

/** Power that stays the same, with gaps, over at most a day; the first time and lengths in seconds. */
const heldSpans = fc.array(
  fc.record({
    pauseS: fc.oneof({ weight: 5, arbitrary: fc.constant(0) }, fc.nat({ max: 5000 })),
    forS: fc.integer({ min: 1, max: 400 }),
    watts: fc.nat({ max: 9000 }),
  }),
  { maxLength: 300 },
).map((parts) => {
  let atMs = START;
  return parts.map(({ pauseS, forS, watts }) => {
    const startMs = atMs + 1000 * pauseS;
    atMs = startMs + 1000 * forS;
    return { startMs, endMs: atMs, watts };
  });
});

Deno.test("whatever the spans, no peak disappears and no row is more than was asked for", () => {
  const lengths = fc.integer({ min: 1, max: 200_000 });
  const points = fc.integer({ min: 10, max: 400 });
  fc.assert(fc.property(heldSpans, lengths, points, (spans, lengthS, points) => {
    const span = { startMs: START, endMs: START + 1000 * lengthS };
    const curve = new Curve(span, points);
    for (const { startMs, endMs, watts } of spans) curve.addHeld(startMs, endMs, watts);
    const rows = curve.rows();
    ok(rows.length <= points, `${rows.length} rows`);
    const inside = spans.filter(({ startMs, endMs }) => startMs < span.endMs && endMs > startMs);
    const watts = inside.map((one) => one.watts);
    const known = rows.filter((row) => !isGap(row));
    equal(Math.max(...known.map(({ maxWatts }) => maxWatts!)), Math.max(...watts));
    equal(Math.min(...known.map(({ minWatts }) => minWatts!)), Math.min(...watts));
    rows.forEach((row, i) => {
      ok(row.at >= span.startMs && row.at < span.endMs);
      ok(i === 0 || row.at > rows[i - 1]!.at, "times rise");
      ok(i === 0 || !isGap(row) || !isGap(rows[i - 1]!), "a gap is one row");
      ok(isGap(row) || row.minWatts! <= row.meanWatts! && row.meanWatts! <= row.maxWatts!);
    });
    // What is shorter than a row is no gap to be shown.
    ok(rows[0]!.at - span.startMs < Math.ceil(1000 * lengthS / points), "it begins with the span");
  }));
});

Deno.test("what is few enough is told reading by reading", () => {
  fc.assert(fc.property(heldSpans, (spans) => {
    const endMs = spans.at(-1)?.endMs ?? START;
    const curve = new Curve({ startMs: START, endMs }, 1000);
    for (const { startMs, endMs, watts } of spans) curve.addHeld(startMs, endMs, watts);
    const known = curve.rows().filter((row) => !isGap(row));
    deepEqual(known.map(({ at, meanWatts }) => [at, meanWatts]), [
      ...spans.map(({ startMs, watts }) => [startMs, watts]),
    ]);
  }));
});

Deno.test("the level follows from the span and the points, and from what may be fetched", () => {
  const level = (days: number, points = 1000, minTimeRes = 15) =>
    levelOf({ startMs: START, endMs: START + days * DAY }, points, minTimeRes);
  equal(level(1 / 24), "raw");
  equal(level(1), "raw");
  equal(level(25 / 24), "raw");
  for (const days of [2, 7, 31, 41]) equal(level(days), "history", `${days} days`);
  for (const days of [90, 366, 900]) equal(level(days), "sixHourly", `${days} days`);
  for (const days of [1001, 3653, 36_525]) equal(level(days), "day", `${days} days`);
  // Few points want no more than they show.
  equal(level(1, 10), "history");
  equal(level(31, 100), "sixHourly");
  equal(level(366, 100), "day");
  equal(level(3653, 5000), "day");
  // Rows of MIN_TIME_RES as long as those of six hours, or longer, show nothing more.
  equal(level(31, 1000, 360), "sixHourly");
  equal(level(31, 1000, 1440), "sixHourly");
  equal(level(1, 1000, 1440), "raw");
  // Rows of a minute are fetched beyond the usual, since those of six hours would be no curve.
  equal(level(7, 1000, 1), "history");
  equal(level(90, 1000, 1), "sixHourly");
  equal(level(0), "raw");
});
