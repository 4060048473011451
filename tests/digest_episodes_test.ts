import assert from "node:assert/strict";
import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { parseConfig } from "../lib/config.ts";
import { dayBounds } from "../lib/calendar.ts";
import type { Reading } from "../lib/reading.ts";
import { migrate } from "../lib/store/year_open.ts";
import { SCHEMA } from "../lib/store/year_schema.ts";
import { DigestHouse, evenDay } from "./support/digest_house.ts";
import { query, store } from "./support/year_fixture.ts";

const WALL = "2027-01-03T12:00:00Z";
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** A day at 500 W, but for so many watts from one minute of the day up to another, which may lie before or beyond it. */
function loadedDay(date: string, watts: number, fromMinute: number, toMinute: number): Reading[] {
  const { startMs } = dayBounds(date, "Europe/Rome");
  const isLoaded = ({ at }: Reading) =>
    at >= startMs + fromMinute * MINUTE_MS && at < startMs + toMinute * MINUTE_MS;
  return evenDay(date, { watts: 500 }).map((one) => isLoaded(one) ? { ...one, watts } : one);
}

const episodes = (house: DigestHouse, year = 2026) =>
  house.years.open(year).episodes(`${year}-01-01`, `${year}-12-31`);

const rows = (path: string) => query(path, "SELECT * FROM days ORDER BY date");

Deno.test("a digest stores the episodes of its day", async () => {
  await using house = new DigestHouse({ wall: WALL });
  house.write("2026-11-21", loadedDay("2026-11-21", 4840, 600, 601));
  house.write("2026-11-22", evenDay("2026-11-22"));
  await house.digest().run();
  const { startMs } = dayBounds("2026-11-21", "Europe/Rome");
  const [episode, none] = episodes(house);
  assert.equal(none, undefined);
  assert.deepEqual({ ...episode }, {
    from: startMs + 600 * MINUTE_MS,
    to: startMs + 601 * MINUTE_MS,
    state: "critical",
    maxWatts: 4840,
    maxAt: startMs + 600 * MINUTE_MS,
    secondsAbove: 60,
    whAboveCap: episode!.whAboveCap,
    secondsLeft: 60,
    tierWatts: 4200,
    limits: "3300:180m,4200:2m",
  });
  assert.ok(Math.abs(episode!.whAboveCap - 640 / 60) < 1e-9);
});

for (const [evening, night] of [["2026-11-20", "2026-11-21"], ["2026-12-31", "2027-01-01"]]) {
  Deno.test(`the night of ${night} knows what the evening has spent, in whatever order the days are digested`, async () => {
    // 60 s of the cap's two minutes before midnight, 40 s after it.
    const days = [
      [evening!, loadedDay(evening!, 4300, 1439, 1440)],
      [night!, loadedDay(night!, 4300, 0, 2 / 3)],
    ] as const;
    const found: unknown[] = [];
    for (const order of [[0, 1], [1, 0], [1, 0, 1]]) {
      await using house = new DigestHouse({ wall: WALL });
      for (const i of order) {
        house.write(...days[i]!);
        await house.digest().run();
      }
      const stored = house.years.years().flatMap((year) => episodes(house, year));
      assert.deepEqual(stored.map(({ secondsLeft }) => secondsLeft), [60, 20], order.join());
      assert.equal(stored[0]!.to, stored[1]!.from);
      assert.equal(stored[1]!.from, dayBounds(night!, "Europe/Rome").startMs);
      found.push([stored, house.years.years().map((year) => rows(house.yearPath(year)))]);
    }
    assert.deepEqual(found[1], found[0]);
    assert.deepEqual(found[2], found[0]);
  });
}

Deno.test("what the evening has spent is known while it still rests in the journal", async () => {
  await using house = new DigestHouse({ wall: WALL });
  house.write("2026-11-20", loadedDay("2026-11-20", 4300, 1439, 1440));
  house.write("2026-11-21", loadedDay("2026-11-21", 4300, 0, 2 / 3));
  await house.digest().run(["2026-11-21"]);
  assert.deepEqual(episodes(house).map(({ secondsLeft }) => secondsLeft), [20]);
});

Deno.test("late readings change the episodes of their day", async () => {
  await using house = new DigestHouse({ wall: WALL });
  const all = loadedDay("2026-11-21", 4840, 600, 601);
  house.write("2026-11-21", all.filter(({ watts }) => watts === 500));
  await house.digest().run();
  assert.deepEqual(episodes(house), []);
  house.write("2026-11-21", all.filter(({ watts }) => watts === 4840));
  await house.digest().run();
  assert.equal(episodes(house).length, 1);
});

Deno.test("a day that was digested keeps the limits that held on it; one that comes late has those of its time", async () => {
  await using house = new DigestHouse({ wall: WALL });
  const load = (date: string) => loadedDay(date, 3500, 600, 601);
  const later = parseConfig({ ...house.env, LIMITS: "4950:180m,5985:2m" });
  for (const date of ["2026-11-01", "2026-11-05", "2026-11-20"]) house.write(date, load(date));
  await house.digest().run();
  for (const date of ["2026-11-10", "2026-11-21", "2026-11-22"]) house.write(date, load(date));
  await house.digest({}, later).run(["2026-11-22"]);
  await house.digest({}, later).run();
  await house.digest({}, later).run(["2026-11-01", "2026-11-20", "2026-11-22"]);
  const dates = episodes(house).map(({ from }) => new Date(from).toISOString().slice(0, 10));
  // 21 November was over before the new limits were first seen to hold.
  assert.deepEqual(dates, ["2026-11-01", "2026-11-05", "2026-11-10", "2026-11-20", "2026-11-21"]);
  assert.deepEqual(
    query(house.yearPath(2026), "SELECT since, text FROM about WHERE topic = 'limits'"),
    [
      { since: "2026-11-01", text: "3300:180m,4200:2m" },
      { since: "2026-11-22", text: "4950:180m,5985:2m" },
    ],
  );
});

Deno.test("what the origin has left makes no episode, and takes none away", async () => {
  await using house = new DigestHouse({ wall: WALL });
  const readings = loadedDay("2026-11-21", 4840, 600, 601);
  house.write("2026-11-21", readings.slice(3000));
  await house.digest().run();
  const file = house.years.open(2026);
  for (const date of ["2026-11-20", "2026-11-21"]) {
    const origin = loadedDay(date, 9000, 60, 120);
    store(file, date, origin, { source: "origin" });
  }
  assert.equal(file.day("2026-11-21")?.source, "origin");
  assert.deepEqual(episodes(house).map(({ maxWatts }) => maxWatts), [4840]);
});

Deno.test("after a cut-off in the evening the night begins with full budgets", async () => {
  await using house = new DigestHouse({ wall: WALL });
  const { startMs } = dayBounds("2026-11-21", "Europe/Rome");
  const evening = loadedDay("2026-11-20", 4300, 1438, 1439);
  house.write("2026-11-20", evening.filter(({ at }) => at < startMs - MINUTE_MS));
  house.write("2026-11-21", loadedDay("2026-11-21", 4300, 0, 0.5));
  house.years.open(2026).addCutOff({
    ...{ at: startMs - MINUTE_MS - 10_000, watts: 4300, secondsAbove: 60, tierWatts: 4200 },
    ...{ endedBy: "boot", limits: "3300:180m,4200:2m", suggestedLimits: null },
  });
  await house.digest().run();
  assert.deepEqual(episodes(house).map(({ secondsLeft }) => secondsLeft), [55, 90]);
});

/** A yearly file as it was before there were episodes, with the days and packs of another. */
function writeOlder(path: string, other: string): void {
  const db = new DatabaseSync(path);
  migrate(db, SCHEMA.slice(0, 2));
  for (const table of ["days", "packs"]) {
    for (const row of query(other, `SELECT * FROM ${table}`)) {
      const columns = Object.keys(row);
      const places = columns.map(() => "?").join(", ");
      db.prepare(`INSERT INTO ${table} (${columns.join(", ")}) VALUES (${places})`)
        .run(...Object.values(row) as SQLInputValue[]);
    }
  }
  db.close();
}

Deno.test("a yearly file of before has no episodes until a day is digested again", async () => {
  await using newer = new DigestHouse({ wall: WALL });
  newer.write("2026-11-21", loadedDay("2026-11-21", 4840, 600, 601));
  await newer.digest().run();
  await using house = new DigestHouse({ wall: WALL });
  Deno.mkdirSync(`${house.folders.root}/years`);
  writeOlder(house.yearPath(2026), newer.yearPath(2026));
  assert.deepEqual(episodes(house), []);
  await house.digest().run(["2026-11-21"]);
  assert.deepEqual(episodes(house), episodes(newer));
});

Deno.test("days of 23 and 25 hours have their episodes at their times", async () => {
  await using house = new DigestHouse({ wall: WALL });
  for (const date of ["2026-03-29", "2026-10-25"]) {
    house.write(date, loadedDay(date, 4840, 22 * 60, 22 * 60 + 1));
  }
  await house.digest().run();
  for (const [i, date] of ["2026-03-29", "2026-10-25"].entries()) {
    const { startMs } = dayBounds(date, "Europe/Rome");
    assert.equal(episodes(house)[i]?.from, startMs + 22 * HOUR_MS);
  }
});
