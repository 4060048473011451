import { deepEqual, equal, throws } from "node:assert/strict";
import fc from "fast-check";
import { addDays, dayBounds } from "../lib/calendar.ts";
import { bandAt, bandSpans, isHoliday } from "../lib/tariff.ts";

const ROME = "Europe/Rome";
const HOURS = Array.from({ length: 24 }, (_, hour) => hour);
/** The bands of a day's hours, as the tariff's table draws them. */
const WEEKDAY = "3333333" + "2" + "1".repeat(11) + "2222" + "3";
const SATURDAY = "3333333" + "2".repeat(16) + "3";
const HOLIDAY = "3".repeat(24);

const drawn = (date: string) => HOURS.map((hour) => bandAt(date, hour)[1]).join("");

Deno.test("a weekday has F3 by night, F2 around the day and F1 from 8 to 19", () => {
  // 23 to 27 November 2026 are a Monday to a Friday.
  for (let i = 0; i < 5; i++) equal(drawn(addDays("2026-11-23", i)), WEEKDAY);
});

Deno.test("a Saturday has F2 from 7 to 23, a Sunday F3 alone", () => {
  equal(drawn("2026-11-21"), SATURDAY);
  equal(drawn("2026-11-22"), HOLIDAY);
});

Deno.test("national holidays are F3, whatever their weekday", () => {
  const dates = "01-01 01-06 04-25 05-01 06-02 08-15 11-01 12-08 12-25 12-26".split(" ");
  for (let year = 2020; year < 2031; year++) {
    for (const date of dates) equal(drawn(`${year}-${date}`), HOLIDAY, `${year}-${date}`);
  }
});

Deno.test("days beside holidays are days as others", () => {
  // Shrove Tuesday, Good Friday, Whit Monday, the patron of Rome, Christmas Eve and New Year's Eve.
  for (
    const date of [
      "2026-02-17",
      "2026-04-03",
      "2026-05-25",
      "2026-06-29",
      "2026-12-24",
      "2026-12-31",
    ]
  ) {
    equal(isHoliday(date), false, date);
    equal(drawn(date), WEEKDAY, date);
  }
});

Deno.test("Easter Monday is found in every year", () => {
  // https://www.census.gov/data/software/x13as/genhol/easter-dates.html, a day later each
  const mondays = [
    ["1961-04-03", "1981-04-20", "1991-04-01", "2000-04-24", "2008-03-24", "2011-04-25"],
    ["2016-03-28", "2019-04-22", "2020-04-13", "2021-04-05", "2022-04-18", "2023-04-10"],
    ["2024-04-01", "2025-04-21", "2026-04-06", "2027-03-29", "2028-04-17", "2029-04-02"],
    ["2030-04-22", "2035-03-26", "2038-04-26", "2049-04-19", "2076-04-20", "2100-03-29"],
  ].flat();
  for (const date of mondays) {
    equal(isHoliday(date), true, date);
    equal(drawn(date), HOLIDAY, date);
  }
});

Deno.test("each year has one Easter Monday, which is a Monday", () => {
  for (let year = 1900; year < 2200; year++) {
    const spring = Array.from({ length: 40 }, (_, i) => addDays(`${year}-03-20`, i));
    const found = spring.filter((date) => isHoliday(date) && date.slice(5) !== "04-25");
    const weekdays = found.map((date) => Temporal.PlainDate.from(date).dayOfWeek);
    // In 2011 it fell on the day of liberation.
    if (weekdays.length > 0) deepEqual(weekdays, [1], String(year));
    else equal(Temporal.PlainDate.from(`${year}-04-25`).dayOfWeek, 1, String(year));
  }
});

Deno.test("a day's spans tile it and agree with the hours, on long and short days as well", () => {
  const days = fc.integer({ min: 0, max: 20_000 }).map((i) => addDays("2000-01-01", i));
  const zones = fc.constantFrom(ROME, "Australia/Lord_Howe", "America/St_Johns", "Asia/Kolkata");
  const changes = fc.constantFrom("2026-03-29", "2026-10-25", "2026-04-05", "2026-10-04");
  fc.assert(fc.property(fc.oneof(days, changes), zones, (date, zone) => {
    const day = dayBounds(date, zone);
    const spans = bandSpans(day, zone);
    equal(spans[0]!.startMs, day.startMs);
    equal(spans.at(-1)!.endMs, day.endMs);
    for (const [i, { band, startMs, endMs }] of spans.entries()) {
      if (i > 0) equal(startMs, spans[i - 1]!.endMs);
      for (let atMs = startMs; atMs < endMs; atMs += 1_800_000) {
        const { hour } = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone);
        equal(band, bandAt(date, hour), `${date} ${hour}`);
      }
    }
  }));
});

Deno.test("summer time moves the bands with the clock on the wall", () => {
  const iso = (date: string) =>
    bandSpans(dayBounds(date, ROME), ROME).map(({ band, startMs }) =>
      `${band} ${new Date(startMs).toISOString().slice(5, 16)}`
    );
  deepEqual(iso("2026-10-26"), [
    "f3 10-25T23:00",
    "f2 10-26T06:00",
    "f1 10-26T07:00",
    "f2 10-26T18:00",
    "f3 10-26T22:00",
  ]);
  // Sundays all, so the Saturday before shows the other side of the change.
  deepEqual(iso("2026-10-24"), ["f3 10-23T22:00", "f2 10-24T05:00", "f3 10-24T21:00"]);
  deepEqual(iso("2026-10-25"), ["f3 10-24T22:00"]);
});

Deno.test("a day that keeps another zone's extent stays within it", () => {
  const day = { ...dayBounds("2026-11-23", "Europe/London") };
  const spans = bandSpans(day, ROME);
  deepEqual([spans[0]!.startMs, spans.at(-1)!.endMs], [day.startMs, day.endMs]);
});

Deno.test("what is no date is refused", () => {
  throws(() => isHoliday("2026-02-30"), RangeError);
  throws(() => bandAt("yesterday", 3), RangeError);
});
