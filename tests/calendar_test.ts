import assert from "node:assert/strict";
import fc from "fast-check";
import {
  addDays,
  buckets,
  dayAt,
  dayBounds,
  dayFinder,
  isDate,
  isoWithOffset,
  localDate,
  localTime,
  sameTimeDayBefore,
  timeLabels,
} from "../lib/calendar.ts";

const HOUR = 3_600_000;

const ZONES = [
  "Europe/Rome",
  "UTC",
  "Africa/Cairo",
  "America/Sao_Paulo",
  "America/St_Johns",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "Pacific/Apia",
  "Pacific/Chatham",
];
const zone = fc.constantFrom(...ZONES);
const instant = fc.integer({ min: Date.UTC(1990, 0, 1) / 100, max: Date.UTC(2040, 0, 1) / 100 })
  .map((tenths) => tenths * 100);
const date = fc.integer({ min: 0, max: 18_000 }).map((n) => addDays("1990-01-01", n));
const resolution = fc.constantFrom(1, 5, 7, 15, 30, 60, 360, 1440);

const hours = (date: string, zone: string): number => {
  const day = dayBounds(date, zone);
  return (day.endMs - day.startMs) / HOUR;
};

Deno.test("a local day is 23, 24 or 25 hours long when the clocks change", () => {
  assert.equal(hours("2026-03-29", "Europe/Rome"), 23);
  assert.equal(hours("2026-03-30", "Europe/Rome"), 24);
  assert.equal(hours("2026-10-25", "Europe/Rome"), 25);
  assert.equal(hours("2026-04-05", "Australia/Lord_Howe"), 24.5);
  assert.equal(hours("2026-10-04", "Australia/Lord_Howe"), 23.5);
});

Deno.test("a day without a midnight starts at its first instant", () => {
  const saoPaulo = dayBounds("2018-11-04", "America/Sao_Paulo");
  assert.equal(localTime(saoPaulo.startMs, "America/Sao_Paulo"), "2018-11-04 01:00:00");
  assert.equal(hours("2018-11-04", "America/Sao_Paulo"), 23);
  assert.equal(hours("2018-02-17", "America/Sao_Paulo"), 25);
  assert.equal(hours("2024-04-26", "Africa/Cairo"), 23);
  assert.equal(hours("2024-10-31", "Africa/Cairo"), 25);
});

Deno.test("a date that the zone skipped is empty, and no instant belongs to it", () => {
  const skipped = dayBounds("2011-12-30", "Pacific/Apia");
  assert.equal(skipped.startMs, skipped.endMs);
  assert.equal(localDate(skipped.startMs, "Pacific/Apia"), "2011-12-31");
  assert.equal(localDate(skipped.startMs - 1, "Pacific/Apia"), "2011-12-29");
  assert.deepEqual(buckets(skipped, 15), []);
});

Deno.test("clocks set back over midnight do not take the new day back", () => {
  const repeated = Date.parse("2007-11-04T02:45:00Z");
  assert.equal(localTime(repeated, "America/St_Johns"), "2007-11-03 23:15:00");
  assert.equal(localDate(repeated, "America/St_Johns"), "2007-11-04");
});

Deno.test("each instant lies in one day, and its neighbours touch that day", () => {
  fc.assert(
    fc.property(instant, zone, (atMs, zone) => {
      const day = dayAt(atMs, zone);
      assert.ok(day.startMs <= atMs && atMs < day.endMs);
      assert.equal(localDate(atMs, zone), day.date);
      assert.equal(dayBounds(addDays(day.date, -1), zone).endMs, day.startMs);
      assert.equal(dayBounds(addDays(day.date, 1), zone).startMs, day.endMs);
    }),
    { numRuns: 500 },
  );
});

Deno.test("the days of a year tile it", () => {
  for (const zone of ZONES) {
    for (const year of [1999, 2011, 2018, 2026]) {
      let endMs = dayBounds(`${year}-01-01`, zone).startMs;
      for (let date = `${year}-01-01`; date <= `${year}-12-31`; date = addDays(date, 1)) {
        const day = dayBounds(date, zone);
        assert.equal(day.startMs, endMs, `${zone} ${date}`);
        endMs = day.endMs;
      }
      assert.equal(endMs, dayBounds(`${year + 1}-01-01`, zone).startMs);
    }
  }
});

Deno.test("a day finder finds the same days as the plain look-up, in any order", () => {
  fc.assert(fc.property(fc.array(instant, { minLength: 1 }), zone, (instants, zone) => {
    const find = dayFinder(zone);
    for (const atMs of instants) {
      for (const near of [atMs, atMs + 5_000, atMs - 12 * HOUR]) {
        assert.deepEqual(find(near), dayAt(near, zone));
      }
    }
  }));
});

Deno.test("buckets tile their day, and only the last may be short", () => {
  fc.assert(
    fc.property(date, zone, resolution, (date, zone, minutes) => {
      const day = dayBounds(date, zone);
      let endMs = day.startMs;
      for (const bucket of buckets(day, minutes)) {
        assert.equal(bucket.startMs, endMs);
        assert.ok(bucket.endMs === day.endMs || bucket.endMs - bucket.startMs === minutes * 60_000);
        assert.ok(bucket.endMs > bucket.startMs);
        endMs = bucket.endMs;
      }
      assert.equal(endMs, day.endMs);
    }),
    { numRuns: 300 },
  );
});

Deno.test("a summer-time day has as many buckets as it has time", () => {
  assert.equal(buckets(dayBounds("2026-03-29", "Europe/Rome"), 15).length, 92);
  assert.equal(buckets(dayBounds("2026-10-25", "Europe/Rome"), 15).length, 100);
  assert.equal(buckets(dayBounds("2026-04-05", "Australia/Lord_Howe"), 60).length, 25);
});

Deno.test("the same time the day before is what the clock on the wall showed", () => {
  for (const date of ["2026-03-29", "2026-03-30", "2026-10-25", "2026-10-26", "2026-07-01"]) {
    const day = dayBounds(date, "Europe/Rome");
    const before = sameTimeDayBefore(day, "Europe/Rome");
    const minutes = buckets(day, 1);
    assert.equal(before.length, minutes.length);
    const expected = minutes.map(({ startMs }) =>
      `${addDays(date, -1)}${localTime(startMs, "Europe/Rome").slice(10)}`
    );
    const missing = before.filter((atMs) => atMs === null).length;
    assert.equal(missing, date === "2026-03-30" ? 60 : 0, date);
    before.forEach((atMs, i) => {
      if (atMs !== null) assert.equal(localTime(atMs, "Europe/Rome"), expected[i]);
    });
  }
});

Deno.test("the time that came twice the day before counts the first time", () => {
  const day = dayBounds("2026-10-26", "Europe/Rome");
  const before = sameTimeDayBefore(day, "Europe/Rome");
  assert.equal(before[150], Date.parse("2026-10-25T02:30:00+02:00"));
});

Deno.test("a time is written with its offset, to the tenth of a second", () => {
  const summer = Date.parse("2026-10-25T00:30:00.400Z");
  assert.equal(isoWithOffset(summer, "Europe/Rome"), "2026-10-25T02:30:00.4+02:00");
  assert.equal(isoWithOffset(summer + HOUR, "Europe/Rome"), "2026-10-25T02:30:00.4+01:00");
  assert.equal(isoWithOffset(summer, "America/St_Johns"), "2026-10-24T22:00:00.4-02:30");
  assert.equal(isoWithOffset(summer, "UTC"), "2026-10-25T00:30:00.4+00:00");
});

Deno.test("labels made in bulk are Temporal's own, in any order", () => {
  fc.assert(
    fc.property(fc.array(instant, { minLength: 1 }), zone, (instants, zone) => {
      const labels = timeLabels(zone);
      for (const atMs of instants) {
        const zoned = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone);
        const iso = zoned.toString({ timeZoneName: "never", fractionalSecondDigits: 1 });
        assert.equal(labels.isoWithOffset(atMs), iso);
        assert.equal(Date.parse(iso), atMs);
        assert.equal(
          labels.localTime(atMs),
          zoned.toPlainDateTime().toString({ smallestUnit: "second" }).replace("T", " "),
        );
      }
    }),
    { numRuns: 200 },
  );
});

Deno.test("labels are right at the instant of the change itself", () => {
  const change = Date.parse("2026-03-29T01:00:00Z");
  const labels = timeLabels("Europe/Rome");
  assert.equal(labels.localTime(change), "2026-03-29 03:00:00");
  assert.equal(labels.localTime(change - 1), "2026-03-29 01:59:59");
  assert.equal(labels.localTime(change), "2026-03-29 03:00:00");
});

Deno.test("only dates of the calendar in their one form are dates", () => {
  for (const good of ["2026-11-21", "2024-02-29", "1999-12-31"]) assert.ok(isDate(good), good);
  for (const bad of ["", "2026-02-29", "2026-13-01", "2026-1-1", "20261121", "2026-11-21T00:00"]) {
    assert.ok(!isDate(bad), bad);
  }
});
