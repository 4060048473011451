import assert from "node:assert/strict";
import fc from "fast-check";
import { dayBounds } from "../lib/calendar.ts";
import { heldSpans, type PowerSpan } from "../lib/held_spans.ts";
import { MinuteSums, type PowerRow } from "../lib/minute_sums.ts";
import type { Reading } from "../lib/reading.ts";
import { type Digest, digestDay, type DigestInput } from "../lib/store/digest.ts";
import { houseDay } from "./support/house_day.ts";

const ROME_DAY = dayBounds("2026-11-21", "Europe/Rome");
const START = ROME_DAY.startMs;

function digest(readings: Reading[], options: Partial<DigestInput> = {}): Digest {
  const result = digestDay({
    day: ROME_DAY,
    zone: "Europe/Rome",
    measured: { readings, holdMs: 15_000 },
    carriedIn: null,
    minTimeRes: 15,
    ...options,
  });
  assert.ok(result);
  return result;
}

/** A reading every 5 s on an exact grid from the day's first instant to its end. */
const exactDay = (day: { startMs: number; endMs: number }) =>
  houseDay({ startMs: day.startMs, hours: (day.endMs - day.startMs) / 3_600_000, jitterMs: 0 });

const energyWh = (rows: readonly PowerRow[]) =>
  rows.reduce((sum, { meanWatts, coveredS }) => sum + meanWatts * coveredS, 0) / 3600;

const close = (actual: number, expected: number, within = 1e-6) =>
  assert.ok(Math.abs(actual - expected) <= within, `${actual} is not ${expected}`);

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

Deno.test("a reading holds 15 s, then there is a gap that has no rows", () => {
  const { day, history } = digest([
    { at: START + 60_000, watts: 1000 },
    { at: START + 3_600_000, watts: 2000 },
    { at: START + 3_605_000, watts: 3000 },
  ]);
  close(day.wh, (15 * 1000 + 5 * 2000 + 15 * 3000) / 3600);
  assert.equal(day.coveredS, 35);
  assert.equal(day.meanWatts, 2000);
  assert.deepEqual(
    history.map(({ startMs, coveredS }) => [(startMs - START) / 900_000, coveredS]),
    [[0, 15], [4, 20]],
  );
});

Deno.test("the last reading of the day before holds into the day, and the day's last not beyond it", () => {
  const { day } = digest([{ at: START + 2_000, watts: 500 }, {
    at: ROME_DAY.endMs - 1_000,
    watts: 700,
  }], {
    carriedIn: { at: START - 3_000, watts: 900 },
  });
  close(day.wh, (2 * 900 + 15 * 500 + 1 * 700) / 3600);
  assert.equal(day.readings, 2);
  assert.equal(day.maxWatts, 900);
  assert.equal(day.maxAt, START);
});

Deno.test("a reading carried in from long before says nothing of the day", () => {
  const carriedIn = { at: START - 15_000, watts: 900 };
  const input = {
    day: ROME_DAY,
    zone: "Europe/Rome",
    measured: { readings: [], holdMs: 15_000 },
    carriedIn,
    minTimeRes: 15,
  };
  assert.equal(digestDay(input), null);
  const { day } = digest([], { carriedIn: { ...carriedIn, at: START - 14_900 } });
  assert.equal(day.coveredS, 0.1);
  assert.equal(day.readings, 0);
});

Deno.test("the time of the maximum is the first at which it was drawn", () => {
  const watts = [300, 4000, 200, 4000];
  const { day } = digest(watts.map((watts, i) => ({ at: START + i * 5_000, watts })));
  assert.equal(day.maxAt, START + 5_000);
  assert.equal(day.minWatts, 200);
});

Deno.test("a day of zeros is a day", () => {
  const { day } = digest([{ at: START, watts: 0 }]);
  assert.equal(day.wh, 0);
  assert.equal(day.maxWatts, 0);
});

Deno.test("days of 23, 23.5, 24.5 and 25 hours have as many rows, and their energy", () => {
  const days: [zone: string, date: string, rows: number, hourly: number, sixHourly: number][] = [
    ["Europe/Rome", "2026-03-29", 92, 23, 4],
    ["Europe/Rome", "2026-10-25", 100, 25, 5],
    ["Africa/Cairo", "2026-04-24", 92, 23, 4],
    ["Africa/Cairo", "2026-10-29", 100, 25, 5],
    ["Australia/Lord_Howe", "2026-10-04", 94, 24, 4],
    ["Australia/Lord_Howe", "2026-04-05", 98, 25, 5],
    ["America/Sao_Paulo", "2018-11-04", 92, 23, 4],
    ["America/Sao_Paulo", "2018-02-17", 100, 25, 5],
  ];
  for (const [zone, date, rows, hourly, sixHourly] of days) {
    const day = dayBounds(date, zone);
    const readings = exactDay(day);
    const quarters = digest(readings, { day });
    close(quarters.day.wh, readings.reduce((sum, { watts }) => sum + watts, 0) * 5 / 3600);
    assert.equal(quarters.day.coveredS, (day.endMs - day.startMs) / 1000);
    assert.equal(quarters.history.length, rows, `${zone} ${date}`);
    assert.equal(quarters.sixHourly.length, sixHourly);
    assert.equal(digest(readings, { day, minTimeRes: 60 }).history.length, hourly);
    assert.equal(quarters.sixHourly.at(-1)?.endMs, day.endMs);
  }
});

Deno.test("a reading of another day is refused", () => {
  assert.throws(() => digest([{ at: START - 100, watts: 1 }]), RangeError);
  assert.throws(() => digest([{ at: ROME_DAY.endMs, watts: 1 }]), RangeError);
});
