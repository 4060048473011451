import assert from "node:assert/strict";
import fc from "fast-check";
import { addDays as calendarAddDays, dayBounds } from "../lib/calendar.ts";
import {
  addDays,
  datesOf,
  daysInMonth,
  isDate,
  weekday,
  yearBefore,
} from "../functions/page/history/dates.ts";
import { isShownTwice, zonedDays } from "../functions/page/history/zone.ts";

/** A date from 1990 to 2060. */
const dates = fc.integer({ min: 7305, max: 32_872 })
  .map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
/** Zones whose clocks change at midnight, by half an hour, in the south, or never. */
const zones = fc.constantFrom(
  "Europe/Rome",
  "America/Havana",
  "America/Santiago",
  "Australia/Lord_Howe",
  "Asia/Beirut",
  "Asia/Kathmandu",
  "Africa/Cairo",
  "America/New_York",
  "UTC",
);

Deno.test("dates of the page are those of the calendar", () => {
  fc.assert(fc.property(dates, fc.integer({ min: -800, max: 800 }), (date, days) => {
    assert.equal(addDays(date, days), calendarAddDays(date, days));
    assert.equal(weekday(date) + 1, Temporal.PlainDate.from(date).dayOfWeek);
  }));
  assert.equal(isDate("2026-02-29"), false);
  assert.equal(isDate("2024-02-29"), true);
  assert.equal(isDate("2026-2-9"), false);
  assert.equal(isDate("0000-00-00"), false);
  assert.equal(daysInMonth(2024, 2), 29);
  assert.equal(datesOf(2026, 2).pop(), "2026-02-28");
  assert.equal(yearBefore("2024-02-29"), "2023-02-28");
  assert.equal(yearBefore("2026-11-22"), "2025-11-22");
});

Deno.test("local days begin and end in the browser when they do on the server", () => {
  fc.assert(fc.property(dates, zones, (date, zone) => {
    const { startMs, endMs } = dayBounds(date, zone);
    const day = zonedDays(zone)(date);
    assert.deepEqual([day.fromMs, day.toMs], [startMs, endMs], `${date} ${zone}`);
    assert.equal(day.stretches[0]?.fromMs, startMs);
    assert.equal(day.stretches[day.stretches.length - 1]?.toMs, endMs);
  }));
});

Deno.test("on the day of 25 hours the clock shows one hour twice, on that of 23 none", () => {
  const rome = zonedDays("Europe/Rome");
  const autumn = rome("2026-10-25");
  assert.equal(autumn.toMs - autumn.fromMs, 25 * 3_600_000);
  const hours = Array.from({ length: 25 }, (_, i) => autumn.fromMs + (i + 0.5) * 3_600_000);
  const twice = hours.map((at) => isShownTwice(at, autumn));
  assert.deepEqual(twice.flatMap((isTwice, hour) => isTwice ? [hour] : []), [2, 3]);
  const spring = rome("2026-03-29");
  assert.equal(spring.toMs - spring.fromMs, 23 * 3_600_000);
  assert.equal(spring.stretches.length, 2);
  assert.equal(isShownTwice(spring.fromMs + 2.5 * 3_600_000, spring), false);
});
