import { deepEqual, equal, ok } from "node:assert/strict";
import { dayBounds } from "../lib/calendar.ts";
import { evenDay } from "./support/digest_house.ts";
import { NOW } from "./support/live_fixture.ts";
import { house, TODAY, until } from "./support/query_house.ts";

const HOUR = 3_600_000;

Deno.test("today goes as far as its newest reading, with the coverage of the time so far", async () => {
  await using one = house();
  const { startMs } = dayBounds(TODAY, "Europe/Rome");
  const nowMs = NOW;
  one.show(until(TODAY, nowMs));
  const [row] = await one.days(TODAY);
  // The newest reading is 10 s old; its power until now is not known to have lasted.
  const hours = (nowMs - 10_000 - startMs) / HOUR;
  ok(Math.abs(row!.kWh - hours) < 2e-6, `${row!.kWh} kWh`);
  equal(row!.coverage, 1);
  // A Saturday: F3 until 7, then F2.
  const { f1, f2, f3 } = row!.bandsKWh!;
  ok(f1 === 0 && f3 === 7 && Math.abs(f2 - (hours - 7)) < 2e-6, `${f2} kWh`);
  one.show([...until(TODAY, nowMs), { at: nowMs, watts: 9000 }]);
  const [later] = await one.days(TODAY);
  deepEqual([later!.maxWatts, later!.maxAt], [9000, nowMs]);
});

Deno.test("today's gaps lower its coverage, also the one that goes on", async () => {
  await using one = house();
  const { startMs } = dayBounds(TODAY, "Europe/Rome");
  one.show(until(TODAY, startMs + 7.25 * HOUR));
  const [row] = await one.days(TODAY);
  ok(Math.abs(row!.coverage! - 0.5) < 0.001, `${row!.coverage}`);
  one.house.folders.clock.pass(HOUR);
  const [later] = await one.days(TODAY);
  ok(Math.abs(later!.coverage! - 7.25 / 15.5) < 0.001, `${later!.coverage}`);
  equal(later!.kWh, row!.kWh);
});

Deno.test("what was carried over midnight counts today", async () => {
  await using one = house();
  const { startMs } = dayBounds(TODAY, "Europe/Rome");
  const first = { at: startMs + 3_000, watts: 0 };
  one.show([first], { at: startMs - 2_000, watts: 7200 });
  equal((await one.days(TODAY))[0]!.kWh, 0.006);
});

Deno.test("after midnight yesterday is a whole day of the journal, before it is digested and while nothing comes", async () => {
  await using one = house();
  one.show(until(TODAY, NOW));
  one.house.write(TODAY, evenDay(TODAY));
  one.house.folders.clock.set("2026-11-21T23:00:05Z");
  const [row, ...others] = await one.days("2026-11-01", "2026-11-22");
  deepEqual([row!.date, row!.kWh, row!.coverage, others], [TODAY, 24, 1, []]);
  deepEqual((await one.query.span()).lastDate, TODAY);
  equal((await one.query.stats(2026, null)).days, 1);
  const { rows, endMs } = await one.history(TODAY);
  deepEqual([rows.at(-1)!.meanWatts, endMs], [1000, dayBounds(TODAY, "Europe/Rome").endMs]);
});

Deno.test("before its first reading today is absent", async () => {
  await using one = house();
  one.show([]);
  deepEqual(await one.days(TODAY), []);
});

Deno.test("without the live feed today comes from the journal", async () => {
  await using one = house();
  one.house.write(TODAY, until(TODAY, NOW));
  const kWh = (await one.days(TODAY))[0]!.kWh;
  ok(Math.abs(kWh - (14.5 - 10 / 3600)) < 2e-6, `${kWh} kWh`);
});
