import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { addDays, dayBounds, localDate } from "../lib/calendar.ts";
import { type ReadingPlaces, readingsOf } from "../lib/export/readings.ts";
import type { Reading } from "../lib/reading.ts";
import type { Source } from "../lib/store/digest.ts";
import { readJournalDay } from "../lib/store/journal_day.ts";
import { formatLine } from "../lib/store/journal_lines.ts";
import { readingPlaces } from "../lib/task/export_parts.ts";
import { DigestHouse, evenDay } from "./support/digest_house.ts";
import { ROME, store } from "./support/year_fixture.ts";

const ALL = { startMs: 0, endMs: Date.UTC(2100, 0) };

/** A house in which days are stored, digested and still in the journal. */
function placesOf(house: DigestHouse, change: Partial<ReadingPlaces> = {}): ReadingPlaces {
  const { config, years, folders: { clock } } = house;
  const journal = { readDay: (date: string) => readJournalDay(config, date) };
  const pause = () => Promise.resolve();
  return { ...readingPlaces(config, { years, journal, clock, pause }), ...change };
}

async function taken(
  places: ReadingPlaces,
  span = ALL,
  source: Source | null = null,
): Promise<Reading[]> {
  const readings: Reading[] = [];
  for await (const { at, watts } of readingsOf({ span, source }, places)) {
    at.forEach((one, i) => readings.push({ at: one, watts: watts[i]! }));
  }
  return readings;
}

function stored(
  house: DigestHouse,
  date: string,
  readings: readonly Reading[],
  options: { readonly source?: Source; readonly zone?: string; readonly holdMs?: number } = {},
): void {
  store(house.years.open(Number(date.slice(0, 4))), date, readings, options);
}

Deno.test("stored days, pending ones, today in the spool and in memory come in order, gap days left out", async () => {
  await using house = new DigestHouse({ wall: "2026-01-04T12:00:00Z" });
  const dates = ["2025-12-29", "2025-12-31", "2026-01-01", "2026-01-03", "2026-01-04"];
  const days = dates.map((date, i) => evenDay(date, { watts: 100 * i, everyS: 600 }));
  for (const i of [0, 1, 2]) stored(house, dates[i]!, days[i]!);
  house.write(dates[3]!, days[3]!);
  const [spooled, waiting] = [days[4]!.slice(0, 70), days[4]!.slice(70, 71)];
  house.folders.write("spool", spooled.map(formatLine).join(""), house.folders.spoolDir);
  const places = placesOf(house, {
    journal: async (date) => {
      const inFiles = await placesOf(house).journal(date);
      return date === dates[4] ? [...inFiles, ...waiting] : inFiles;
    },
  });
  deepEqual(await taken(places), [...days.slice(0, 4).flat(), ...spooled, ...waiting]);
});

Deno.test("late readings of a stored day join it, and where both say something of a time the stored one stays", async () => {
  await using house = new DigestHouse({ wall: "2026-11-23T12:00:00Z" });
  const day = evenDay("2026-11-20", { everyS: 600 });
  stored(house, "2026-11-20", day.slice(0, 100));
  house.write("2026-11-20", [{ at: day[3]!.at, watts: 7 }, ...day.slice(100).toReversed()]);
  deepEqual(await taken(placesOf(house)), day);
});

Deno.test("what the origin left comes with what was measured, which wins at the same time; either alone when asked", async () => {
  await using house = new DigestHouse({ wall: "2026-11-23T12:00:00Z" });
  const measured = evenDay("2026-11-20", { watts: 1000, everyS: 900 });
  const origin = evenDay("2026-11-20", { watts: 500, everyS: 600 });
  const before = evenDay("2026-11-19", { watts: 300, everyS: 600 });
  const today = evenDay("2026-11-23", { everyS: 600 }).slice(0, 3);
  stored(house, "2026-11-19", before, { source: "origin", holdMs: 600_000 });
  stored(house, "2026-11-20", measured);
  stored(house, "2026-11-20", origin, { source: "origin", holdMs: 600_000 });
  house.write("2026-11-23", today);
  const at = new Set(measured.map((one) => one.at));
  const both = [...measured, ...origin.filter((one) => !at.has(one.at))];
  const places = placesOf(house);
  deepEqual(await taken(places), [...before, ...both.sort((a, b) => a.at - b.at), ...today]);
  deepEqual(await taken(places, ALL, "measured"), [...measured, ...today]);
  deepEqual(await taken(places, ALL, "origin"), [...before, ...origin]);
});

Deno.test("a span is cut to the reading: its start counts, its end does not", async () => {
  await using house = new DigestHouse({ wall: "2026-11-23T12:00:00Z" });
  const dates = ["2026-11-19", "2026-11-20"];
  const days = dates.map((date) => evenDay(date, { everyS: 60 }));
  dates.forEach((date, i) => house.write(date, days[i]!));
  const span = { startMs: days[0]![700]!.at, endMs: days[1]![3]!.at };
  const places = placesOf(house);
  deepEqual(await taken(places, span), [...days[0]!.slice(700), ...days[1]!.slice(0, 3)]);
  deepEqual(
    await taken(places, { ...span, startMs: span.startMs + 1 }).then((all) => all[0]),
    days[0]![701],
  );
  deepEqual(await taken(places, { startMs: span.endMs, endMs: span.endMs }), []);
  deepEqual(await taken(places, { startMs: 0, endMs: days[0]![0]!.at }), []);
});

Deno.test("days that were stored in another zone give each reading once, in order, over the turn of a year", async () => {
  for (const TIME_ZONE of ["Pacific/Kiritimati", "America/New_York", "Asia/Kathmandu"]) {
    await using house = new DigestHouse({ wall: "2026-01-03T12:00:00Z", env: { TIME_ZONE } });
    const dates = ["2025-12-30", "2025-12-31", "2026-01-01", "2026-01-02"];
    const days = dates.map((date) => evenDay(date, { zone: ROME, everyS: 600 }));
    dates.forEach((date, i) => stored(house, date, days[i]!));
    deepEqual(await taken(placesOf(house)), days.flat(), TIME_ZONE);
    const { startMs, endMs } = dayBounds("2026-01-01", TIME_ZONE);
    const ofDay = days.flat().filter(({ at }) => at >= startMs && at < endMs);
    deepEqual(await taken(placesOf(house), { startMs, endMs }), ofDay, TIME_ZONE);
  }
});

Deno.test("whatever rests where, the export is the union of it", async () => {
  const first = dayBounds("2025-12-30", ROME).startMs;
  const reading = fc.record({
    at: fc.nat({ max: 4 * 864 }).map((n) => first + n * 100_000),
    watts: fc.nat(9000),
  });
  const held = fc.uniqueArray(reading, { selector: ({ at }) => at, maxLength: 40 });
  await fc.assert(
    fc.asyncProperty(held, held, held, async (measured, origin, journal) => {
      await using house = new DigestHouse({ wall: "2026-01-04T12:00:00Z" });
      const dayOf = ({ at }: Reading) => localDate(at, ROME);
      for (const [source, readings] of [["measured", measured], ["origin", origin]] as const) {
        for (const [date, ofDay] of Map.groupBy(readings, dayOf)) {
          stored(house, date, ofDay, { source });
        }
      }
      for (const [date, ofDay] of Map.groupBy(journal, dayOf)) house.write(date, ofDay);
      const union = new Map<number, number>();
      for (const { at, watts } of [...origin, ...journal, ...measured]) union.set(at, watts);
      const wanted = [...union].map(([at, watts]) => ({ at, watts })).sort((a, b) => a.at - b.at);
      deepEqual(await taken(placesOf(house)), wanted);
    }),
    { numRuns: 25 },
  );
});

Deno.test("a day that is digested while the export is on its way loses nothing", async () => {
  await using house = new DigestHouse({ wall: "2026-11-23T12:00:00Z" });
  const dates = Array.from({ length: 4 }, (_, i) => addDays("2026-11-19", i));
  const days = dates.map((date) => evenDay(date, { everyS: 600 }));
  dates.forEach((date, i) => house.write(date, days[i]!));
  const places = placesOf(house);
  const counts: number[] = [];
  for await (const { at } of readingsOf({ span: ALL, source: null }, places)) {
    counts.push(at.length);
    await house.digest().run();
  }
  deepEqual(counts, days.map(({ length }) => length));
  equal(house.digested.length, 4);
});

Deno.test("yearly files outside of the span stay closed, and each is asked for when its turn has come", async () => {
  await using house = new DigestHouse({ wall: "2026-11-23T12:00:00Z" });
  for (const date of ["2023-05-05", "2024-05-05", "2025-05-05", "2026-05-05"]) {
    stored(house, date, evenDay(date, { everyS: 600 }));
  }
  const asked: number[] = [];
  const places = placesOf(house);
  const noting = {
    ...places,
    storedDays: (year: number) => {
      asked.push(year);
      return places.storedDays(year);
    },
  };
  const span = { startMs: Date.UTC(2024, 5), endMs: Date.UTC(2026, 11) };
  const parts = readingsOf({ span, source: null }, noting);
  await parts.next();
  deepEqual(asked, [2024, 2025]);
  await parts.next();
  deepEqual(asked, [2024, 2025, 2026]);
  equal((await parts.next()).done, true);
});

Deno.test("an installation without any reading exports none", async () => {
  await using house = new DigestHouse({ wall: "2026-11-23T12:00:00Z" });
  deepEqual(await taken(placesOf(house)), []);
  deepEqual(house.years.years(), []);
});
