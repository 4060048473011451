import assert from "node:assert/strict";
import fc from "fast-check";
import { dayBounds } from "../lib/calendar.ts";
import { fillGaps, type PowerSpan } from "../lib/held_spans.ts";
import type { Reading } from "../lib/reading.ts";
import { digestDay } from "../lib/store/digest.ts";

const DAY = dayBounds("2026-11-21", "Europe/Rome");
const HOUR = 3_600_000;
const NONE = { readings: [], holdMs: 15_000 };

/** Readings from one hour of the day to another. */
const every = (stepMs: number, fromHour: number, toHour: number, watts: number): Reading[] =>
  Array.from(
    { length: (toHour - fromHour) * HOUR / stepMs },
    (_, i) => ({ at: DAY.startMs + fromHour * HOUR + i * stepMs, watts }),
  );

const spans = fc.array(
  fc.tuple(fc.nat({ max: 4 }), fc.integer({ min: 1, max: 5 }), fc.nat({ max: 9 })),
  { maxLength: 8 },
).map((list) => {
  let endMs = 0;
  return list.map(([gap, length, watts]): PowerSpan => {
    const startMs = endMs + gap;
    endMs = startMs + length;
    return { startMs, endMs, watts };
  });
});

Deno.test("spans keep their time, and others have what they leave open", () => {
  const at = (spans: readonly PowerSpan[], ms: number) =>
    spans.find(({ startMs, endMs }) => startMs <= ms && ms < endMs)?.watts;
  fc.assert(fc.property(spans, spans, (own, others) => {
    const filled = fillGaps(own, others);
    for (let ms = 0; ms < 80; ms++) assert.equal(at(filled, ms), at(own, ms) ?? at(others, ms));
    filled.forEach(({ startMs, endMs }, i) =>
      assert.ok(endMs > startMs && startMs >= (filled[i - 1]?.endMs ?? 0))
    );
  }));
});

Deno.test("on the day of the change-over the origin speaks for the time before the first reading", () => {
  const digest = digestDay({
    day: DAY,
    zone: "Europe/Rome",
    measured: { readings: every(5_000, 14, 24, 1000), holdMs: 15_000 },
    origin: { readings: every(5_000, 0, 15, 500), holdMs: 15_000 },
    carriedIn: null,
    minTimeRes: 60,
  });
  assert.equal(digest?.day.wh, 14 * 500 + 10 * 1000);
  assert.equal(digest.day.source, "origin");
  assert.equal(digest.day.baseLoadWatts, 500);
  assert.deepEqual(digest.history.map(({ meanWatts }) => meanWatts), [
    ...new Array<number>(14).fill(500),
    ...new Array<number>(10).fill(1000),
  ]);
});

Deno.test("an hourly table of the origin keeps its rows and its energy, and nothing is known of its minutes", () => {
  const digest = digestDay({
    day: DAY,
    zone: "Europe/Rome",
    measured: NONE,
    origin: { readings: every(HOUR, 0, 24, 700), holdMs: HOUR },
    carriedIn: null,
    minTimeRes: 15,
  });
  assert.equal(digest?.day.wh, 24 * 700);
  assert.equal(digest.day.baseLoadWatts, null);
  assert.equal(digest.history.length, 24);
});

Deno.test("a day that was wholly measured is measured, whatever the origin says of it", () => {
  const digest = digestDay({
    day: DAY,
    zone: "Europe/Rome",
    measured: { readings: every(5_000, 0, 24, 1000), holdMs: 15_000 },
    origin: { readings: every(5_000, 0, 24, 500), holdMs: 15_000 },
    carriedIn: null,
    minTimeRes: 60,
  });
  assert.equal(digest?.day.source, "measured");
  assert.equal(digest.day.wh, 24_000);
});
