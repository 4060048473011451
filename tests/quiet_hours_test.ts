import { equal } from "node:assert/strict";
import fc from "fast-check";
import { isQuiet } from "../lib/alarm/quiet_hours.ts";
import { localTime } from "../lib/calendar.ts";

const ROME = "Europe/Rome";
const NIGHT = { fromMinute: 22 * 60, toMinute: 7 * 60 };

function at(local: string, zone = ROME): number {
  return Temporal.PlainDateTime.from(local).toZonedDateTime(zone).epochMilliseconds;
}

Deno.test("a night's quiet begins with its first minute and is over with its last", () => {
  const quiet = (local: string) => isQuiet(NIGHT, at(local), ROME);
  equal(quiet("2026-11-21T21:59:59"), false);
  equal(quiet("2026-11-21T22:00"), true);
  equal(quiet("2026-11-22T00:00"), true);
  equal(quiet("2026-11-22T06:59:59"), true);
  equal(quiet("2026-11-22T07:00"), false);
});

Deno.test("quiet hours within a day", () => {
  const afternoon = { fromMinute: 13 * 60 + 30, toMinute: 15 * 60 };
  const quiet = (local: string) => isQuiet(afternoon, at(local), ROME);
  equal(quiet("2026-11-21T13:29"), false);
  equal(quiet("2026-11-21T13:30"), true);
  equal(quiet("2026-11-21T15:00"), false);
});

Deno.test("without quiet hours no time is quiet", () => {
  equal(isQuiet(null, at("2026-11-21T03:00"), ROME), false);
});

Deno.test("where an hour comes twice or never, the clock on the wall counts", () => {
  const early = { fromMinute: 2 * 60, toMinute: 2 * 60 + 30 };
  const summerEnds = Date.UTC(2026, 9, 25);
  // 02:15 in summer time, and an hour later once more.
  equal(isQuiet(early, summerEnds + 15 * 60_000, ROME), true);
  equal(isQuiet(early, summerEnds + 75 * 60_000, ROME), true);
  equal(isQuiet(early, summerEnds + 45 * 60_000, ROME), false);
  // 01:59 is followed by 03:00.
  const summerBegins = Date.UTC(2026, 2, 29, 1);
  equal(isQuiet(early, summerBegins, ROME), false);
  equal(isQuiet(NIGHT, summerBegins, ROME), true);
});

Deno.test("in any zone a time is quiet just when its label lies within the hours", () => {
  const minute = fc.integer({ min: 0, max: 1439 });
  const zone = fc.constantFrom(ROME, "UTC", "America/St_Johns", "Asia/Kathmandu", "Africa/Cairo");
  const instant = fc.integer({ min: Date.UTC(2020, 0), max: Date.UTC(2035, 0) });
  fc.assert(fc.property(minute, minute, instant, zone, (fromMinute, toMinute, atMs, zone) => {
    fc.pre(fromMinute !== toMinute);
    const clock = (minute: number) =>
      `${String(Math.floor(minute / 60)).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;
    const now = localTime(atMs, zone).slice(11, 16);
    const [from, to] = [clock(fromMinute), clock(toMinute)];
    const expected = from < to ? from <= now && now < to : from <= now || now < to;
    equal(isQuiet({ fromMinute, toMinute }, atMs, zone), expected);
  }));
});
