import { deepEqual, equal, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { dayBounds } from "../lib/calendar.ts";
import { evenDay } from "./support/digest_house.ts";
import { NOW } from "./support/live_fixture.ts";
import { house, jsonOf, TODAY, until } from "./support/query_house.ts";
import { localHouseDay } from "./support/year_fixture.ts";

const dates = (days: readonly { readonly date: string }[]) => days.map(({ date }) => date);

Deno.test("days come from all years, from the journal and from today, each once and in order", async () => {
  await using one = house();
  for (const date of ["2024-12-31", "2025-01-01", "2026-01-01", "2026-11-18"]) {
    one.store(date, evenDay(date));
  }
  // Not digested yet, and two days older than the newest that is.
  one.house.write("2026-11-20", evenDay("2026-11-20"));
  one.house.write("2026-11-16", evenDay("2026-11-16"));
  one.show(until(TODAY, NOW));
  deepEqual(dates(await one.days("2024-01-01", TODAY)), [
    ...["2024-12-31", "2025-01-01", "2026-01-01", "2026-11-16", "2026-11-18", "2026-11-20", TODAY],
  ]);
  deepEqual(dates(await one.days("2025-01-01", "2026-11-16")), [
    ...["2025-01-01", "2026-01-01", "2026-11-16"],
  ]);
  deepEqual(await one.days("2026-11-17"), []);
});

Deno.test("a span of all times that can be asked for has every day", async () => {
  await using one = house();
  one.store("2025-12-31", evenDay("2025-12-31"));
  one.show(until(TODAY, NOW));
  for (const to of ["9999-12-31T22:59:59Z", "9999-12-31T23:59:59Z"]) {
    const span = { startMs: Date.parse("0000-01-01T00:00:00+23:59"), endMs: Date.parse(to) };
    deepEqual(dates(jsonOf(await one.query.days(span))), ["2025-12-31", TODAY], to);
  }
});

Deno.test("a row tells what the digest found, wherever the day rests", async () => {
  await using one = house();
  const date = "2026-11-20";
  const readings = localHouseDay(date).filter((_, i) => i < 4_000 || i > 4_100);
  one.house.write(date, readings);
  const pending = await one.days(date);
  await one.house.digest().run();
  deepEqual(await one.days(date), pending);
  const { day } = one.store(date, [])!;
  equal(pending.length, 1);
  const [row] = pending;
  equal(row!.kWh, Math.round(day.wh * 1000) / 1e6);
  equal(row!.meanWatts, Math.round(day.meanWatts * 100) / 100);
  deepEqual([row!.minWatts, row!.maxWatts, row!.maxAt], [day.minWatts, day.maxWatts, day.maxAt]);
  ok(row!.coverage! > 0.99 && row!.coverage! < 0.995, `${row!.coverage}`);
  equal(row!.source, "measured");
  equal(row!.baseLoadWatts, Math.round(day.baseLoadWatts! * 100) / 100);
  const { f1, f2, f3 } = row!.bandsKWh!;
  ok(f1 > 0 && f2 > 0 && f3 > 0 && Math.abs(f1 + f2 + f3 - row!.kWh) < 1e-5);
});

Deno.test("a day of the origin has no coverage; its table tells the bands", async () => {
  await using one = house();
  const date = "2026-11-16";
  const quarters = evenDay(date, { everyS: 900, watts: 400 });
  const days = evenDay("2026-11-17", { everyS: 7200 });
  one.store(date, quarters, { source: "origin", holdMs: 900_000 });
  one.store("2026-11-17", days, { source: "origin", holdMs: 7_200_000 });
  const [row, coarse] = await one.days(date, "2026-11-17");
  deepEqual([row!.source, row!.coverage, row!.kWh, row!.baseLoadWatts], [
    ...["origin", null, 9.6, null],
  ]);
  deepEqual(row!.bandsKWh, { f1: 4.4, f2: 2, f3: 3.2 });
  deepEqual([coarse!.kWh, coarse!.bandsKWh], [24, null]);
});

Deno.test("a day that was stored before there were bands has them from its history rows", async () => {
  await using one = house();
  const date = "2026-11-16";
  one.store(date, localHouseDay(date));
  const [fresh] = await one.days(date);
  const db = new DatabaseSync(one.house.yearPath(2026));
  db.exec("UPDATE days SET f1_wh = NULL, f2_wh = NULL, f3_wh = NULL");
  db.close();
  const [old] = await one.days(date);
  for (const band of ["f1", "f2", "f3"] as const) {
    ok(Math.abs(old!.bandsKWh![band] - fresh!.bandsKWh![band]) <= 1.1e-6);
  }
  deepEqual({ ...old, bandsKWh: null }, { ...fresh, bandsKWh: null });
});

Deno.test("times in a span stand for the days they touch", async () => {
  await using one = house();
  for (const date of ["2026-11-17", "2026-11-18", "2026-11-19"]) one.store(date, evenDay(date));
  const { startMs } = dayBounds("2026-11-18", "Europe/Rome");
  const touched = async (fromMs: number, toMs: number) =>
    dates(jsonOf(await one.query.days({ startMs: fromMs, endMs: toMs })));
  deepEqual(await touched(startMs - 1, startMs + 1), ["2026-11-17", "2026-11-18"]);
  deepEqual(await touched(startMs, startMs + 1), ["2026-11-18"]);
  deepEqual(await touched(startMs, startMs), []);
});

Deno.test("the known span is told, and is null before the first reading", async () => {
  await using one = house();
  const timeZone = "Europe/Rome";
  const nothing = { timeZone, firstDate: null, lastDate: null, today: TODAY };
  deepEqual(await one.query.span(), nothing);
  equal((await one.query.known()).firstDate, null);
  one.show(until(TODAY, NOW));
  deepEqual(await one.query.span(), { ...nothing, firstDate: TODAY, lastDate: TODAY });
  one.house.write("2026-11-20", evenDay("2026-11-20"));
  deepEqual(await one.query.span(), { ...nothing, firstDate: "2026-11-20", lastDate: TODAY });
  one.show([]);
  one.store("2019-05-05", evenDay("2019-05-05"));
  deepEqual(await one.query.span(), {
    ...nothing,
    firstDate: "2019-05-05",
    lastDate: "2026-11-20",
  });
  equal((await one.query.known()).firstDate, "2019-05-05");
});

Deno.test("a day of the journal that cannot be read costs itself and is told", async () => {
  await using one = house();
  one.store("2026-11-18", evenDay("2026-11-18"));
  Deno.mkdirSync(`${one.house.folders.journalDir}/2026-11-19.csv`, { recursive: true });
  deepEqual(dates(await one.days("2026-11-01", TODAY)), ["2026-11-18"]);
  ok(one.problems[0]?.startsWith("the readings of 2026-11-19 cannot be read: "), `${one.problems}`);
});

Deno.test("many pending days are answered too", async () => {
  await using one = house();
  const late = Array.from({ length: 12 }, (_, i) => `2026-10-${String(i + 10)}`);
  for (const date of late) one.house.write(date, evenDay(date, { everyS: 300 }));
  deepEqual(dates(await one.days("2026-10-01", TODAY)), late);
  deepEqual(dates(await one.days("2026-10-12", "2026-10-13")), ["2026-10-12", "2026-10-13"]);
});
