import { deepEqual, equal, notDeepEqual, ok } from "node:assert/strict";
import fc from "fast-check";
import { addDays, dayBounds } from "../lib/calendar.ts";
import { realDay } from "../lib/meter/simulator/real_days.ts";
import { pastReadings, pastStepMs } from "../lib/task/demo_year.ts";

const ROME = "Europe/Rome";
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;

const anyDate = () =>
  fc.integer({ min: 0, max: 50_000 }).map((days) => addDays("1980-01-01", days));
const past = (date: string, stepMs = MINUTE_MS, timeZone = ROME, seed = 1) =>
  pastReadings(dayBounds(date, timeZone), stepMs, { seed, timeZone });

/** The dates from one to another, both included. */
function datesBetween(from: string, to: string): string[] {
  const dates: string[] = [];
  for (let date = from; date <= to; date = addDays(date, 1)) dates.push(date);
  return dates;
}

const mean = (values: readonly number[]) =>
  values.reduce((sum, one) => sum + one, 0) / values.length;

Deno.test("every date has a day of the real house", () => {
  fc.assert(fc.property(anyDate(), (date) => {
    const { meanWatts, gap } = realDay(date);
    ok(meanWatts > 100 && meanWatts < 4000, `${meanWatts}`);
    if (gap) ok(gap.toHour > gap.fromHour);
  }));
});

Deno.test("the real house's days keep their weekday and season", () => {
  const days = datesBetween("2024-01-01", "2026-11-23");
  const meanOf = (is: (date: Temporal.PlainDate) => boolean) =>
    mean(
      days.filter((date) => is(Temporal.PlainDate.from(date))).map((date) =>
        realDay(date).meanWatts
      ),
    );
  // The house in Sceaux is heated with electricity and its people are at home on Saturday and Sunday.
  ok(meanOf(({ month }) => month === 1) > 1.5 * meanOf(({ month }) => month === 8));
  ok(meanOf(({ dayOfWeek }) => dayOfWeek >= 6) > 1.1 * meanOf(({ dayOfWeek }) => dayOfWeek < 6));
  // Christmas Eve of 2009, a Thursday, for that of 2026.
  deepEqual(realDay("2026-12-24"), realDay("2025-12-25"));
});

Deno.test("a day's mean follows the real house's", () => {
  for (const date of datesBetween("2025-01-01", "2025-12-31")) {
    const { meanWatts, gap } = realDay(date);
    if (gap) continue;
    const simulated = mean(past(date).map(({ watts }) => watts));
    ok(Math.abs(simulated / meanWatts - 1) < 0.01, `${date}: ${simulated} W for ${meanWatts} W`);
  }
});

Deno.test("power is whole watts between 30 and 9000, at rising times of the day, the same for the same seed", () => {
  const zone = fc.constantFrom(ROME, "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Cairo");
  fc.assert(
    fc.property(anyDate(), zone, fc.nat(), (date, timeZone, seed) => {
      const { startMs, endMs } = dayBounds(date, timeZone);
      const readings = past(date, MINUTE_MS, timeZone, seed);
      for (const [i, { at, watts }] of readings.entries()) {
        ok(at >= startMs && at < endMs && at > (readings[i - 1]?.at ?? -Infinity));
        ok(Number.isInteger(watts) && watts >= 30 && watts <= 9000, `${watts} W`);
      }
      deepEqual(past(date, MINUTE_MS, timeZone, seed), readings);
    }),
    { numRuns: 30 },
  );
});

Deno.test("another seed and another day make another curve", () => {
  notDeepEqual(past("2026-05-05"), past("2026-05-05", MINUTE_MS, ROME, 2));
  const curve = (date: string) => past(date).map(({ watts }) => watts);
  notDeepEqual(curve("2026-05-05"), curve("2026-05-12"));
});

Deno.test("days of 23 and 25 hours have as many minutes", () => {
  equal(past("2026-03-29").length, 23 * 60);
  equal(past("2026-10-25").length, 25 * 60);
});

Deno.test("where the real house's meter lost time, so does this one", () => {
  const gaps = datesBetween("2024-01-01", "2026-11-23").filter((date) => realDay(date).gap);
  ok(gaps.length >= 10 && gaps.length <= 40, `${gaps.length} days`);
  const minutes = gaps.map((date) => past(date).length);
  ok(minutes.includes(0), "days without any reading");
  ok(minutes.some((count) => count > 120 && count < 1320), "days with a gap");
  for (const date of gaps) {
    const { startMs } = dayBounds(date, ROME);
    const { fromHour, toHour } = realDay(date).gap!;
    for (const { at } of past(date)) {
      const hour = (at - startMs) / HOUR_MS;
      ok(hour < fromHour || hour >= toHour, `${date}, hour ${hour}`);
    }
  }
});

Deno.test("the last seven days are as fine as a real meter's", () => {
  equal(pastStepMs("2026-11-16", "2026-11-23"), 5_000);
  equal(pastStepMs("2026-11-15", "2026-11-23"), 60_000);
  equal(past("2026-11-16", 5_000).length, 17_280);
});
