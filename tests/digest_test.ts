import assert from "node:assert/strict";
import fc from "fast-check";
import { heldSpans, type PowerSpan } from "../lib/held_spans.ts";
import { MinuteSums } from "../lib/minute_sums.ts";
import type { Reading } from "../lib/reading.ts";
import { digestDay } from "../lib/store/digest.ts";
import { close, digest, energyWh, exactDay, ROME_DAY, START } from "./support/digested.ts";

/** Readings of a stretch of 20 minutes that begins with the day, often with gaps. */
const someReadings = fc.uniqueArray(
  fc.tuple(fc.nat({ max: 11_999 }), fc.nat({ max: 9_000 })),
  { selector: ([tenth]) => tenth, maxLength: 100 },
).map((list) =>
  list.sort(([a], [b]) => a - b).map(([tenth, watts]) => ({ at: START + tenth * 100, watts }))
);
const carried = fc.option(
  fc.tuple(fc.integer({ min: 1, max: 300 }), fc.nat({ max: 9_000 }))
    .map(([tenths, watts]): Reading => ({ at: START - tenths * 100, watts })),
);

Deno.test("a full day's energy and means are those of its readings", () => {
  const readings = exactDay(ROME_DAY);
  const { day, history, sixHourly } = digest(readings);
  assert.equal(readings.length, 17_280);
  close(day.wh / 1000, readings.reduce((sum, { watts }) => sum + watts, 0) * 5 / 3.6e6);
  assert.equal(day.readings, 17_280);
  assert.equal(day.coveredS, 86_400);
  assert.equal(history.length, 96);
  assert.equal(sixHourly.length, 4);
  history.forEach((row, i) => {
    const watts = readings.slice(i * 180, i * 180 + 180).map(({ watts }) => watts);
    assert.equal(row.startMs, START + i * 900_000);
    assert.equal(row.endMs, row.startMs + 900_000);
    close(row.meanWatts, watts.reduce((a, b) => a + b) / 180);
    assert.equal(row.minWatts, Math.min(...watts));
    assert.equal(row.maxWatts, Math.max(...watts));
    assert.equal(row.coveredS, 900);
  });
});

Deno.test("the rows' energy adds up to the day's, for any readings and any cut", () => {
  const cut = fc.constantFrom(1, 2, 3, 5, 7, 10, 15, 30, 60, 90, 360, 1440);
  fc.assert(fc.property(someReadings, carried, cut, (readings, carriedIn, minTimeRes) => {
    const input = {
      day: ROME_DAY,
      zone: "Europe/Rome",
      measured: { readings, holdMs: 15_000 },
      carriedIn,
      minTimeRes,
    };
    const result = digestDay(input);
    if (!result) return assert.equal(readings.length, 0);
    const { day, history, sixHourly } = result;
    close(energyWh(history), day.wh);
    close(energyWh(sixHourly), day.wh);
    close(day.meanWatts * day.coveredS / 3600, day.wh);
    close(history.reduce((sum, { coveredS }) => sum + coveredS, 0), day.coveredS);
    assert.equal(Math.max(...history.map(({ maxWatts }) => maxWatts)), day.maxWatts);
    assert.equal(Math.min(...history.map(({ minWatts }) => minWatts)), day.minWatts);
  }));
});

Deno.test("each row is what a look at every tenth of a second finds", () => {
  fc.assert(
    fc.property(someReadings, carried, (readings, carriedIn) => {
      const input = {
        day: ROME_DAY,
        zone: "Europe/Rome",
        measured: { readings, holdMs: 15_000 },
        carriedIn,
        minTimeRes: 5,
      };
      const all = carriedIn ? [carriedIn, ...readings] : readings;
      const expected = [0, 1, 2, 3, 4].flatMap((bucket) => {
        const seen: number[] = [];
        for (let at = START + bucket * 300_000; at < START + (bucket + 1) * 300_000; at += 100) {
          const latest = all.findLast((reading) => reading.at <= at);
          if (latest && at < latest.at + 15_000) seen.push(latest.watts);
        }
        const mean = seen.reduce((a, b) => a + b, 0) / seen.length;
        return seen.length === 0
          ? []
          : [[bucket, mean, Math.min(...seen), Math.max(...seen), seen.length]];
      });
      const rows = digestDay(input)?.history ?? [];
      const actual = rows.map((r) => [
        (r.startMs - START) / 300_000,
        r.meanWatts,
        r.minWatts,
        r.maxWatts,
        Math.round(r.coveredS * 10),
      ]);
      assert.deepEqual(actual, expected);
    }),
    { numRuns: 30 },
  );
});

Deno.test("spans cut anywhere sum up to the same minutes", () => {
  const cuts = fc.array(fc.nat({ max: 12_000 }).map((tenth) => START + tenth * 100));
  fc.assert(fc.property(someReadings, cuts, (readings, cuts) => {
    const spans = heldSpans(ROME_DAY, readings, null, 15_000);
    const pieces = cuts.reduce(
      (spans: PowerSpan[], cutMs) =>
        spans.flatMap((span) =>
          cutMs > span.startMs && cutMs < span.endMs
            ? [{ ...span, endMs: cutMs }, { ...span, startMs: cutMs }]
            : [span]
        ),
      spans,
    );
    const [whole, cut] = [spans, pieces].map((list) => {
      const sums = new MinuteSums(ROME_DAY);
      for (const span of list) sums.add(span);
      return sums.rows(1);
    });
    assert.deepEqual(cut, whole);
  }));
});
