import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { dayBounds } from "../lib/calendar.ts";
import type { HistoryAnswer, HistoryRow } from "../lib/query/wire.ts";
import type { Reading } from "../lib/reading.ts";
import { evenDay } from "./support/digest_house.ts";
import { datesBetween, house } from "./support/query_house.ts";
import { localHouseDay, ROME } from "./support/year_fixture.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const isGap = ({ meanWatts }: HistoryRow) => meanWatts === null;
const hours = ({ rows }: HistoryAnswer, startMs: number) =>
  rows.map(({ at }) => (at - startMs) / HOUR);

function highest({ rows }: HistoryAnswer): number {
  return Math.max(...rows.map(({ maxWatts }) => maxWatts ?? -Infinity));
}

/** A few readings a day, a peak of its own among them. */
function spiky(date: string, peakWatts: number): Reading[] {
  return evenDay(date, { watts: 300, everyS: 60 }).map((reading, i) =>
    i === peakWatts % 1300 ? { ...reading, watts: peakWatts } : reading
  );
}

Deno.test("a short span tells each reading, the one that holds over its start included", async () => {
  await using one = house();
  const readings = localHouseDay("2026-11-19");
  one.store("2026-11-19", readings);
  const { startMs } = dayBounds("2026-11-19", ROME);
  const span = { startMs: startMs + 9 * HOUR + 1_000, endMs: startMs + 9.5 * HOUR };
  const { level, rows, endMs } = await one.query.history(span, 1000);
  const inside = readings.filter(({ at }) => at > span.startMs && at < span.endMs);
  const held = readings.findLast(({ at }) => at <= span.startMs)!;
  equal(level, "raw");
  equal(endMs, span.endMs);
  deepEqual(rows.map(({ at, meanWatts }) => [at, meanWatts]), [
    [span.startMs, held.watts],
    ...inside.map(({ at, watts }) => [at, watts]),
  ]);
});

Deno.test("a day of a reading every 5 s is told in so many rows, with its gap and all its peaks", async () => {
  await using one = house();
  const date = "2026-11-19";
  const { startMs, endMs } = dayBounds(date, ROME);
  const isThere = ({ at }: Reading) => at < startMs + 10 * HOUR || at >= startMs + 11 * HOUR;
  const readings = localHouseDay(date).filter(isThere);
  readings[5_000] = { ...readings[5_000]!, watts: 12_345 };
  one.store(date, readings);
  const answer = await one.history(date);
  equal(answer.level, "raw");
  equal(answer.endMs, endMs);
  ok(answer.rows.length > 900 && answer.rows.length <= 1000, `${answer.rows.length} rows`);
  equal(highest(answer), 12_345);
  const gaps = answer.rows.filter(isGap);
  equal(gaps.length, 1);
  const last = readings.findLast(({ at }) => at < startMs + 10 * HOUR)!;
  equal(gaps[0]!.at, last.at + 15_000);
});

Deno.test("weeks are told by the history rows, seasons by six hours, many years by days", async () => {
  await using one = house();
  for (const date of datesBetween("2026-08-01", "2026-11-20")) one.store(date, spiky(date, 2000));
  const week = await one.history("2026-11-01", "2026-11-07");
  equal(week.level, "history");
  equal(week.rows.length, 7 * 96);
  const season = await one.history("2026-08-01", "2026-11-20");
  equal(season.level, "sixHourly");
  // The days from August to the change of the clocks, and those after it.
  equal(season.rows.length, 4 * 112 + 1);
  const years = await one.history("2022-01-01", "2026-11-20");
  equal(years.level, "day");
  const { startMs } = dayBounds("2026-08-01", ROME);
  deepEqual([isGap(years.rows[0]!), years.rows[1]!.at], [true, startMs]);
  equal(years.rows.length, 113);
  for (const { rows } of [week, season]) equal(rows.some(isGap), false);
});

Deno.test("a year's peaks all survive, however few the points", async () => {
  await using one = house();
  const peaks = datesBetween("2026-08-01", "2026-11-20").map((date, i) => ({
    date,
    watts: 2000 + 37 * i,
  }));
  for (const { date, watts } of peaks) one.store(date, spiky(date, watts));
  const day = fc.nat({ max: peaks.length - 1 });
  const points = fc.constantFrom(10, 11, 97, 1000, 5000);
  await fc.assert(
    fc.asyncProperty(day, day, points, async (a, b, points) => {
      const inside = peaks.slice(Math.min(a, b), Math.max(a, b) + 1);
      const answer = await one.history(inside[0]!.date, inside.at(-1)!.date, points);
      equal(highest(answer), Math.max(...inside.map(({ watts }) => watts)));
      ok(answer.rows.length <= points, `${answer.rows.length} of ${points}`);
    }),
    { numRuns: 60 },
  );
});

Deno.test("days of 23 and 25 hours have as many, at every level", async () => {
  await using one = house();
  for (const date of datesBetween("2026-03-27", "2026-03-31")) one.store(date, evenDay(date));
  for (const date of datesBetween("2026-10-23", "2026-10-27")) one.store(date, evenDay(date));
  for (const [date, length] of [["2026-03-29", 23], ["2026-10-25", 25]] as const) {
    const { startMs, endMs } = dayBounds(date, ROME);
    const raw = await one.history(date);
    deepEqual([raw.level, raw.rows[0]!.at, raw.endMs], ["raw", startMs, endMs]);
    equal(raw.rows.some(isGap), false);
    const coarse = await one.history(date, date, 60);
    equal(coarse.level, "history");
    deepEqual(hours(coarse, startMs), Array.from({ length: 2 * length }, (_, i) => i / 2));
  }
  const quarters = await one.history("2026-10-23", "2026-10-27");
  deepEqual([quarters.level, quarters.rows.length], ["history", 96 * 5 + 4]);
  const { startMs } = dayBounds("2026-10-23", ROME);
  const six = await one.history("2026-10-23", "2026-10-27", 20);
  equal(six.level, "sixHourly");
  // The hour that the long day has more is a row of its own, which shares the one before it.
  const fromStart = [0, 6, 12, 18, 24, 30, 36, 42, 48, 54, 60, 66];
  deepEqual(hours(six, startMs), [...fromStart, 73, 79, 85, 91, 97, 103, 109, 115]);
  const days = await one.history("2026-10-01", "2026-10-27", 25);
  equal(days.level, "day");
  deepEqual(hours(days, startMs).slice(1), [0, 24, 48, 73, 97]);
});

Deno.test("pending days are told from the journal, at every level, as once they are digested", async () => {
  await using one = house();
  const dates = ["2026-11-18", "2026-11-19", "2026-11-20"];
  one.store(dates[0]!, spiky(dates[0]!, 1800));
  for (const date of dates.slice(1)) one.house.write(date, localHouseDay(date));
  const ask = async () => [
    await one.history("2026-11-19"),
    await one.history(dates[0]!, dates[2]!),
    await one.history(dates[0]!, dates[2]!, 12),
    await one.history("2026-11-01", dates[2]!, 20),
  ];
  const pending = await ask();
  deepEqual(pending.map(({ level }) => level), ["raw", "history", "sixHourly", "day"]);
  await one.house.digest().run();
  deepEqual(await ask(), pending);
});

Deno.test("a day of the origin is told by the rows that its table has, beside our own readings", async () => {
  await using one = house();
  const date = "2026-11-19";
  const { startMs, endMs } = dayBounds(date, ROME);
  one.store(date, evenDay(date, { everyS: 3600, watts: 400 }), { source: "origin", holdMs: HOUR });
  const own = evenDay(date, { watts: 900 }).filter(({ at }) => at >= startMs + 12.5 * HOUR);
  const table = await one.history(date, date, 30);
  deepEqual([table.level, table.rows.length], ["history", 24]);
  one.store(date, own);
  const raw = await one.query.history({ startMs, endMs: startMs + 13 * HOUR }, 1000);
  deepEqual(raw.rows.slice(0, 13).map(({ meanWatts }) => meanWatts), Array(13).fill(400));
  equal(raw.rows[13]!.at, startMs + 12.5 * HOUR);
  equal(raw.rows[13]!.meanWatts, 900);
  equal((await one.query.history({ startMs, endMs }, 1000)).rows.some(isGap), false);
});

Deno.test("a span over the turn of the year comes from both files", async () => {
  await using one = house();
  for (const date of datesBetween("2025-12-30", "2026-01-02")) one.store(date, evenDay(date));
  const { rows, level } = await one.history("2025-12-30", "2026-01-02");
  deepEqual([level, rows.length, rows.some(isGap)], ["history", 4 * 96, false]);
  const { startMs } = dayBounds("2026-01-01", ROME);
  const night = { startMs: startMs - HOUR, endMs: startMs + HOUR };
  const raw = await one.query.history(night, 1000);
  deepEqual([raw.level, raw.rows.length, raw.rows.some(isGap)], ["raw", 720, false]);
});
