import { deepEqual, equal, ok } from "node:assert/strict";
import { dayBounds } from "../lib/calendar.ts";
import type { HistoryRow } from "../lib/query/wire.ts";
import { evenDay } from "./support/digest_house.ts";
import { NOW } from "./support/live_fixture.ts";
import { datesBetween, house, TODAY, until } from "./support/query_house.ts";
import { ROME } from "./support/year_fixture.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const isGap = ({ meanWatts }: HistoryRow) => meanWatts === null;

Deno.test("equally many days share a row, whose start is a midnight on both sides of a change of the clocks", async () => {
  await using one = house();
  for (const date of datesBetween("2026-10-20", "2026-10-31")) {
    one.store(date, evenDay(date, { everyS: 600 }), { holdMs: 600_000 });
  }
  const { level, rows } = await one.history("2026-10-20", "2026-10-31", 10);
  equal(level, "day");
  const midnights = ["20", "22", "24", "26", "28", "30"];
  deepEqual(rows.map(({ at }) => at), [
    ...midnights.map((day) => dayBounds(`2026-10-${day}`, ROME).startMs),
  ]);
});

Deno.test("what was not measured at the ends of a span is a gap at every level, also where rows are shared", async () => {
  await using one = house();
  for (const date of datesBetween("2026-10-15", "2026-10-20")) {
    one.store(date, evenDay(date, { everyS: 600 }), { holdMs: 600_000 });
  }
  const spans = [
    ["2026-10-01", "2026-10-20"],
    ["2026-10-15", "2026-10-31"],
    ["2026-10-01", "2026-10-31"],
    ["2026-09-01", "2026-11-15"],
  ] as const;
  for (const [from, to] of spans) {
    for (const points of [10, 11, 15, 23, 31, 97, 200, 1000]) {
      const { rows, level, endMs } = await one.history(from, to, points);
      const name = `${from} ${to} ${points} ${level}`;
      const { startMs } = dayBounds(from, ROME);
      ok(rows.length <= points, `${rows.length} rows, ${name}`);
      equal(rows[0]!.at, startMs, name);
      equal(isGap(rows[0]!), from < "2026-10-15", name);
      equal(isGap(rows.at(-1)!), to > "2026-10-20", name);
      if (isGap(rows[0]!)) equal(rows[1]!.at, dayBounds("2026-10-15", ROME).startMs, name);
      if (to <= "2026-10-20") continue;
      equal(rows.at(-1)!.at, dayBounds("2026-10-20", ROME).endMs, name);
      equal(endMs, dayBounds(to, ROME).endMs);
    }
  }
});

Deno.test("today is told as far as its newest reading, which is the end of the curve", async () => {
  await using one = house();
  const { startMs } = dayBounds(TODAY, ROME);
  const before = evenDay("2026-11-20", { watts: 500 });
  const today = until(TODAY, NOW, 700);
  one.store("2026-11-20", before);
  one.show(today, before.at(-1)!);
  const raw = await one.history(TODAY);
  equal(raw.level, "raw");
  deepEqual([raw.rows[0]!.at, raw.endMs], [startMs, today.at(-1)!.at + 1]);
  equal(raw.rows.some(isGap), false);
  const both = await one.history("2026-11-20", TODAY);
  equal(both.level, "history");
  equal(both.rows.length, 96 + 58);
  deepEqual(both.rows.slice(95, 97).map(({ meanWatts }) => meanWatts), [500, 700]);
  const days = await one.history("2026-01-01", TODAY, 10);
  equal(days.rows.at(-1)!.maxWatts, 700);
});

Deno.test("a gap that goes on ends today's curve with a row of nulls", async () => {
  await using one = house();
  const today = until(TODAY, NOW - HOUR, 700);
  one.show(today);
  const raw = await one.history(TODAY);
  equal(raw.endMs, NOW);
  deepEqual(raw.rows.filter(isGap).map(({ at }) => at), [today.at(-1)!.at + 15_000]);
});

Deno.test("a last reading of the day before holds into a stored day", async () => {
  await using one = house();
  const { startMs } = dayBounds("2026-11-19", ROME);
  const before = { at: startMs - 5_000, watts: 800 };
  one.store("2026-11-18", [before]);
  one.store("2026-11-19", [{ at: startMs + 4_000, watts: 100 }], { carriedIn: before });
  const { rows } = await one.query.history({ startMs, endMs: startMs + MINUTE }, 10);
  deepEqual(rows.map(({ at, meanWatts }) => [at - startMs, meanWatts]), [
    [0, 800],
    [4_000, 100],
    [19_000, null],
  ]);
});

Deno.test("what is empty, still to come or before all is no mistake", async () => {
  await using one = house();
  one.store("2026-11-19", evenDay("2026-11-19"));
  const { startMs } = dayBounds(TODAY, ROME);
  deepEqual((await one.query.history({ startMs, endMs: startMs }, 10)).rows, []);
  deepEqual((await one.history("2030-01-01")).rows, []);
  const before = await one.history("2015-01-01");
  deepEqual(before.rows.map(isGap), [true]);
  // Nothing of today yet: it is a gap as far as it has come.
  const today = await one.history(TODAY);
  deepEqual([today.rows.map(isGap), today.endMs], [[true], NOW]);
});
