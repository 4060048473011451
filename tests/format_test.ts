import assert from "node:assert/strict";
import fc from "fast-check";
import { announcement } from "../functions/page/announce.ts";
import { createFormat } from "../functions/page/format.ts";
import { freshness, pinToReading, serverNow } from "../functions/page/freshness.ts";
import { HISTORY_TEXTS } from "../functions/page/history/texts.ts";
import { ageText, TEXTS } from "../functions/page/texts.ts";
import { localTicks, powerTicks, tickInterval } from "../functions/page/ticks.ts";
import { zoneHere } from "../functions/page/time_zone.ts";
import { isNight } from "../functions/page/wall.ts";

const en = createFormat("en", "Europe/Rome");
const it = createFormat("it", "Europe/Rome");

Deno.test("power below 10 kW is whole watts without grouping, from there kilowatts with two decimals", () => {
  assert.equal(en.power(0), "0 W");
  assert.equal(en.power(1999), "1999 W");
  assert.equal(it.power(9999), "9999 W");
  assert.equal(en.power(10_000), "10.00 kW");
  assert.equal(it.power(13_420), "13,42 kW");
  assert.equal(en.power(13_420), "13.42 kW");
});

Deno.test("no power ever reads like another one a thousand times as large", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60_000 }), fc.constantFrom(en, it), (watts, f) => {
      const { value, unit } = f.quantity(watts);
      const read = Number(value.replace(",", ".")) * (unit === "kW" ? 1000 : 1);
      assert.ok(Math.abs(read - watts) <= (unit === "kW" ? 5.001 : 0));
    }),
  );
});

Deno.test("energy has two decimals, shares are rounded down, counts are grouped", () => {
  assert.equal(en.kWh(7.412), "7.41");
  assert.equal(it.kWh(7.416), "7,42");
  assert.equal(en.percent(0.9899), "98%");
  assert.equal(en.percent(1), "100%");
  assert.equal(it.count(12_345), "12.345");
});

Deno.test("times are told in the server's zone, and a time of another day with its date", () => {
  const at = Date.UTC(2026, 10, 21, 13, 32, 5);
  assert.equal(en.time(at), "14:32");
  assert.equal(it.timeOfSecond(at), "14:32:05");
  assert.equal(en.time(Date.UTC(2026, 10, 20, 23)), "00:00");
  assert.equal(en.since(at, at + 3_600_000), "14:32");
  assert.equal(en.since(at, at + 86_400_000), "14:32 (21 November)");
  assert.equal(it.since(at, at + 86_400_000), "14:32 (21 novembre)");
});

Deno.test("ages are whole seconds, minutes, hours", () => {
  assert.equal(ageText(TEXTS.en, 18_900), "18 s ago");
  assert.equal(ageText(TEXTS.it, 18_900), "18 s fa");
  assert.equal(ageText(TEXTS.en, 60_000), "1 min ago");
  assert.equal(ageText(TEXTS.en, 7_300_000), "2 h ago");
  assert.equal(ageText(TEXTS.en, -300), "0 s ago");
});

const told = { at: 0, now: 0, sampleSeconds: 5, stale: false };

Deno.test("a reading is stale at 15 s and gone at 60 s, later when readings are rarer than that", () => {
  assert.equal(freshness(14_999, told), "fresh");
  assert.equal(freshness(15_000, told), "stale");
  assert.equal(freshness(59_999, told), "stale");
  assert.equal(freshness(60_000, told), "gone");
  assert.equal(freshness(61_000, { ...told, sampleSeconds: 60 }), "fresh");
});

Deno.test("a reading that the service calls stale is never fresh, and gone when its clock lies before it", () => {
  assert.equal(freshness(8_000, { ...told, stale: true }), "stale");
  const before = { ...told, stale: true, now: -3_600_000 };
  assert.equal(freshness(-3_600_000, before), "gone");
  assert.equal(freshness(3_000, before), "gone");
});

Deno.test("the clock of the server goes on by the browser's monotonic one and follows the server's steps", () => {
  const clock = { serverMs: 1_000_000, monoMs: 50 };
  assert.equal(serverNow(clock, 3_050), 1_003_000);
  assert.equal(pinToReading(clock, 1_002_900, 997_900, 3_050), clock);
  const ahead = pinToReading(clock, 9_000_000, 997_900, 3_050);
  assert.equal(serverNow(ahead, 4_050), 9_001_000);
  const back = pinToReading(clock, 500_000, 997_900, 3_050);
  assert.equal(serverNow(back, 3_050), 500_000);
});

Deno.test("a zone that was renamed is known by its older name where its newer one is not", () => {
  const of2021 = (zone: string) => zone === "Europe/Kiev" || zone === "Europe/Rome";
  assert.equal(zoneHere("Europe/Rome", of2021), "Europe/Rome");
  assert.equal(zoneHere("Europe/Kyiv", of2021), "Europe/Kiev");
  assert.equal(zoneHere("Pacific/Kanton", of2021), null);
  assert.equal(zoneHere("America/Coyhaique", of2021), null);
  assert.equal(zoneHere("Europe/Kyiv"), "Europe/Kyiv");
  assert.equal(zoneHere("Nowhere/At_All"), null);
});

Deno.test("labels stand at local hours, and a changed clock leaves one out or shows it twice", () => {
  const labels = (fromMs: number, hours: number, interval: number) =>
    localTicks(fromMs, fromMs + hours * 3_600_000, interval, en.clock).map(en.time);
  const spring = Date.UTC(2026, 2, 28, 23);
  assert.deepEqual(labels(spring, 23, 360), ["00:00", "06:00", "12:00", "18:00", "00:00"]);
  assert.deepEqual(labels(spring, 4, 60), ["00:00", "01:00", "03:00", "04:00", "05:00"]);
  const autumn = Date.UTC(2026, 9, 24, 22);
  assert.deepEqual(labels(autumn, 4, 60), ["00:00", "01:00", "02:00", "02:00", "03:00"]);
  const nepal = createFormat("en", "Asia/Kathmandu");
  const quarter = localTicks(Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 1, 2), 60, nepal.clock);
  assert.deepEqual(quarter.map(nepal.time), ["06:00", "07:00"]);
});

Deno.test("labels are as close as they fit, and power labels are round and reach over the highest", () => {
  assert.equal(tickInterval(0, 3_600_000, 7), 10);
  assert.equal(tickInterval(0, 86_400_000, 8), 180);
  assert.equal(tickInterval(0, 60_000, 7) * 60, 10);
  assert.deepEqual(powerTicks(2570, 5), [0, 1000, 2000, 3000]);
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 70_000 }),
      fc.integer({ min: 3, max: 6 }),
      (high, most) => {
        const ticks = powerTicks(high, most);
        assert.equal(ticks[0], 0);
        assert.ok((ticks[ticks.length - 1] ?? 0) >= high);
        assert.ok(ticks.length <= most + 1);
      },
    ),
  );
});

Deno.test("a span of a minute or two has labels at seconds", () => {
  const fromMs = Date.UTC(2026, 10, 21, 13, 30, 3);
  const ticks = localTicks(
    fromMs,
    fromMs + 60_000,
    tickInterval(fromMs, fromMs + 60_000, 4),
    en.clock,
  );
  assert.deepEqual(ticks.map(en.timeOfSecond), ["14:30:30", "14:31:00"]);
});

Deno.test("the wall is dim from 22:00 to before 7:00 by the server's zone", () => {
  const at = (hour: number, minute: number) => Date.UTC(2026, 10, 21, hour - 1, minute);
  assert.equal(isNight(at(21, 59), en), false);
  assert.equal(isNight(at(22, 0), en), true);
  assert.equal(isNight(at(1, 0) + 86_400_000, en), true);
  assert.equal(isNight(at(6, 59), en), true);
  assert.equal(isNight(at(7, 0), en), false);
});

Deno.test("a screen reader hears the power at most every 30 s, a new state at once", () => {
  const well = { key: "", text: "Meter connected." };
  const first = announcement(null, "1999 watts", well, 0);
  assert.equal(first?.text, "Meter connected. 1999 watts");
  assert.equal(announcement(first?.announced ?? null, "2100 watts", well, 29_999), null);
  assert.equal(announcement(first?.announced ?? null, "1999 watts", well, 40_000), null);
  assert.equal(
    announcement(first?.announced ?? null, "2100 watts", well, 30_000)?.text,
    "2100 watts",
  );
  const missing = { key: "missing", text: "The meter is missing since 14:31." };
  assert.equal(announcement(first?.announced ?? null, "", missing, 1_000)?.text, missing.text);
});

Deno.test("both languages have every text", () => {
  assert.deepEqual(Object.keys(TEXTS.it).sort(), Object.keys(TEXTS.en).sort());
  const { en, it } = HISTORY_TEXTS;
  assert.deepEqual(Object.keys(it).sort(), Object.keys(en).sort());
  assert.deepEqual([it.months.length, it.weekdays.length], [12, 7]);
});
