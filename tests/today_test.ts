import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { dayBounds } from "../lib/calendar.ts";
import { Today } from "../lib/live/today.ts";
import { lastHour } from "../lib/live/last_hour.ts";
import type { Reading } from "../lib/reading.ts";

const DAY = dayBounds("2026-11-21", "Europe/Rome");
const HOLD_MS = 15_000;

function todayOf(readings: Reading[], carriedIn: Reading | null = null): Today {
  const today = new Today(DAY, HOLD_MS, carriedIn);
  for (const reading of readings) today.add(reading);
  return today;
}

function every5s(count: number, watts: (i: number) => number, fromMs = DAY.startMs): Reading[] {
  return Array.from({ length: count }, (_, i) => ({ at: fromMs + 5_000 * i, watts: watts(i) }));
}

Deno.test("before the first reading there are no extremes and no energy", () => {
  const totals = todayOf([]).totals(DAY.startMs + 60_000);
  equal(totals.kWhToday, 0);
  deepEqual([totals.minWatts, totals.minAt, totals.maxWatts, totals.maxAt], [
    null,
    null,
    null,
    null,
  ]);
  equal(totals.coverage, 0);
});

Deno.test("a full day gives the sum of its readings", () => {
  const readings = every5s(17_280, (i) => 200 + (i * 7) % 3000);
  const { kWhToday, coverage } = todayOf(readings).totals(DAY.endMs - 1);
  const lastHolds = readings.at(-1)!.watts * 5_000;
  const wattMs = readings.reduce((sum, { watts }) => sum + watts * 5_000, 0) - lastHolds;
  ok(Math.abs(kWhToday - wattMs / 3.6e9) < 1e-9);
  equal(coverage, 1);
});

Deno.test("extremes are the readings' own, with their times; of equals the first", () => {
  const readings = every5s(5, (i) => [300, 200, 900, 200, 900][i]!);
  const { minWatts, minAt, maxWatts, maxAt } = todayOf(readings).totals(DAY.startMs + 20_000);
  deepEqual([minWatts, minAt], [200, readings[1]!.at]);
  deepEqual([maxWatts, maxAt], [900, readings[2]!.at]);
});

Deno.test("a reading holds 15 s at most: the rest is a gap in coverage, energy and curve", () => {
  const readings = [
    { at: DAY.startMs, watts: 3600 },
    { at: DAY.startMs + 600_000, watts: 3600 },
  ];
  const today = todayOf(readings);
  const totals = today.totals(DAY.startMs + 600_000);
  equal(totals.kWhToday, 3600 * 15_000 / 3.6e9);
  equal(totals.coverage, 15 / 600);
  const { meanWatts } = today.curve();
  deepEqual(meanWatts, [3600, ...Array(9).fill(null)]);
});

Deno.test("the last reading of the day before holds into this one, no longer than it may", () => {
  const carriedIn = { at: DAY.startMs - 5_000, watts: 1000 };
  const soon = todayOf([{ at: DAY.startMs + 2_000, watts: 1 }], carriedIn);
  equal(soon.totals(DAY.startMs + 2_000).kWhToday, 1000 * 2_000 / 3.6e9);
  const late = todayOf([{ at: DAY.startMs + 60_000, watts: 1 }], carriedIn);
  equal(late.totals(DAY.startMs + 60_000).kWhToday, 1000 * 10_000 / 3.6e9);
  const old = todayOf([{ at: DAY.startMs + 2_000, watts: 1 }], {
    at: DAY.startMs - 60_000,
    watts: 9,
  });
  equal(old.totals(DAY.startMs + 2_000).kWhToday, 0);
});

Deno.test("the order of arrival does not matter, and a time counts once", () => {
  const arrivals = fc.array(
    fc.record({ place: fc.nat(400), watts: fc.nat(9_000) }),
    { minLength: 1, maxLength: 60 },
  );
  fc.assert(fc.property(arrivals, (places) => {
    const readings = places.map(({ place, watts }) => ({ at: DAY.startMs + 3_100 * place, watts }));
    const first = [...new Map(readings.toReversed().map((one) => [one.at, one])).values()];
    const inOrder = first.sort((a, b) => a.at - b.at);
    const nowMs = DAY.startMs + 3_100 * 400;
    deepEqual(todayOf(readings).totals(nowMs), todayOf(inOrder).totals(nowMs));
    deepEqual(todayOf(readings).curve(), todayOf(inOrder).curve());
  }));
});

Deno.test("a day of 25 hours gives a curve of 1,500 minutes, one of 23 hours 1,380", () => {
  for (const [date, minutes] of [["2026-10-25", 1_500], ["2026-03-29", 1_380]] as const) {
    const day = dayBounds(date, "Europe/Rome");
    const today = new Today(day, HOLD_MS);
    for (let at = day.startMs; at < day.endMs; at += 5_000) today.add({ at, watts: 500 });
    const curve = today.curve();
    equal(curve.meanWatts.length, minutes);
    ok(curve.meanWatts.every((watts) => watts === 500));
  }
});

Deno.test("coverage does not count what is not due yet", () => {
  const today = todayOf(every5s(13, () => 100));
  equal(today.totals(DAY.startMs + 63_000).coverage, 1);
  equal(today.totals(DAY.startMs + 120_000).coverage, 60 / 120);
});

Deno.test("the last hour has every reading of it while these are at most 1,500", () => {
  const readings = every5s(2_000, (i) => i);
  const { at, watts } = lastHour(readings, readings.at(-1)!.at);
  equal(at.length, 720);
  deepEqual(watts, readings.slice(-720).map((one) => one.watts));
});

Deno.test("a last hour of more readings is thinned and keeps its peaks", () => {
  const readings = Array.from({ length: 3_600 }, (_, i) => ({
    at: DAY.startMs + 1_000 * i,
    watts: i === 1_234 ? 9_000 : i === 2_345 ? 1 : 300 + i % 7,
  }));
  const { at, watts } = lastHour(readings, readings.at(-1)!.at);
  ok(at.length <= 1_500 && at.length > 1_000);
  equal(Math.max(...watts), 9_000);
  equal(Math.min(...watts), 1);
  deepEqual(at, at.toSorted((a, b) => a - b));
});

Deno.test("the last hour of nothing is nothing", () => {
  deepEqual(lastHour([], 0), { at: [], watts: [] });
});

Deno.test("after the clock was set back the last hour is that before the newest arrival", () => {
  const readings = every5s(2_000, (i) => i);
  const { at } = lastHour(readings, readings[1_000]!.at);
  equal(at.length, 720);
  equal(at.at(-1), readings[1_000]!.at);
});
