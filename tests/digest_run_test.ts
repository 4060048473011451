import assert from "node:assert/strict";
import { dayBounds } from "../lib/calendar.ts";
import { parseConfig } from "../lib/config.ts";
import type { Reading } from "../lib/reading.ts";
import { JOURNAL_LOCK, lockFolder } from "../lib/store/folder_lock.ts";
import { journalDates } from "../lib/store/journal_overview.ts";
import { digestLine } from "../lib/task/digest_parts.ts";
import { DigestHouse, evenDay } from "./support/digest_house.ts";
import { contents, localHouseDay, ROME } from "./support/year_fixture.ts";

/** Just after midnight in Rome. */
const MIDNIGHT = "2026-11-21T23:00:01Z";
const TODAY = "2026-11-22";
const YESTERDAY = "2026-11-21";

Deno.test("every day that is over is digested, the oldest first, and its journal goes; today stays", async () => {
  await using house = new DigestHouse({ wall: MIDNIGHT });
  const dates = [TODAY, "2026-11-19", YESTERDAY, "2026-11-20"];
  for (const date of dates) house.write(date, localHouseDay(date));
  const digest = house.digest();
  assert.deepEqual((await digest.state()).pending, ["2026-11-19", "2026-11-20", YESTERDAY]);
  const state = await digest.run();
  const { at, wallMs } = { at: state.last?.at, wallMs: house.folders.clock.wallMs };
  assert.deepEqual({ ...state, at }, {
    last: { date: YESTERDAY, at: wallMs, kWh: house.digested[2]!.day.wh / 1000 },
    pending: [],
    failed: [],
    at: wallMs,
  });
  const told = house.digested.map(({ day, added }) => [day.date, day.readings, added]);
  assert.deepEqual(told, dates.slice(1).sort().map((date) => [date, 17_280, 17_280]));
  assert.deepEqual(house.folders.names(), [`${TODAY}.csv`]);
  for (const date of dates.slice(1)) assert.deepEqual(house.stored(date), localHouseDay(date));
  assert.deepEqual(house.stored(TODAY), []);
});

Deno.test("a day is over with its last instant, wherever the machine is", async () => {
  for (const zone of [ROME, "Pacific/Kiritimati", "America/Los_Angeles", "Australia/Lord_Howe"]) {
    const { startMs, endMs } = dayBounds(YESTERDAY, zone);
    await using house = new DigestHouse({ wall: new Date(endMs - 1).toISOString(), zone });
    house.write(YESTERDAY, [{ at: startMs, watts: 1 }]);
    const digest = house.digest();
    assert.deepEqual((await digest.run()).last, null, zone);
    house.folders.clock.pass(1);
    assert.deepEqual((await digest.run()).last?.date, YESTERDAY, zone);
  }
});

Deno.test("doing it again, of itself or for a named day, changes nothing", async () => {
  await using house = new DigestHouse({ wall: MIDNIGHT });
  house.write(YESTERDAY, localHouseDay(YESTERDAY));
  const digest = house.digest();
  await digest.run();
  const before = contents(house.yearPath(2026));
  await digest.run();
  assert.equal(house.digested.length, 1);
  await digest.run([YESTERDAY]);
  house.write(YESTERDAY, localHouseDay(YESTERDAY));
  await digest.run();
  assert.deepEqual(house.digested.slice(1).map(({ added, conflicts }) => [added, conflicts]), [
    [0, 0],
    [0, 0],
  ]);
  assert.deepEqual(contents(house.yearPath(2026)), before);
});

Deno.test("a day that is stored keeps its gaps when SAMPLE_SECONDS is longer since", async () => {
  await using house = new DigestHouse({ wall: MIDNIGHT });
  house.write(YESTERDAY, evenDay(YESTERDAY).filter((_, i) => i % 100 > 10));
  await house.digest().run();
  const before = contents(house.yearPath(2026));
  const since = parseConfig({ ...house.env, SAMPLE_SECONDS: "60" });
  await house.digest({}, since).run([YESTERDAY]);
  assert.deepEqual(contents(house.yearPath(2026)), before);
});

Deno.test("damaged lines cost no reading, fail no day and end in its .bad file", async () => {
  await using house = new DigestHouse({ wall: MIDNIGHT });
  const readings = evenDay(YESTERDAY);
  const other = { at: readings[5]!.at, watts: 7 };
  house.write(YESTERDAY, [...readings, other, other], "rubbish\n\0\0\0\n17,\n1795");
  const { failed } = await house.digest().run();
  assert.deepEqual(failed, []);
  const [told] = house.digested;
  assert.deepEqual(house.stored(YESTERDAY), readings);
  assert.equal(
    digestLine(told!),
    "2026-11-21: 24.00 kWh from 8640 readings, 8640 new; " +
      "3 damaged lines kept in 2026-11-21.bad; 2 readings left out for another of the same time",
  );
  assert.deepEqual(house.folders.names(), ["2026-11-21.bad"]);
  assert.equal(house.folders.text("2026-11-21.bad"), "rubbish\n\0\0\0\n17,\n");
});

Deno.test("a reading in another day's file is digested with its own day", async () => {
  await using house = new DigestHouse({ wall: MIDNIGHT });
  const [stray] = evenDay("2026-11-18");
  house.write(YESTERDAY, [stray!, ...evenDay(YESTERDAY)]);
  const digest = house.digest();
  assert.deepEqual((await digest.run()).pending, ["2026-11-18"]);
  assert.deepEqual((await digest.run()).pending, []);
  assert.deepEqual(house.stored("2026-11-18"), [stray]);
  assert.deepEqual(house.stored(YESTERDAY), evenDay(YESTERDAY));
  assert.deepEqual(house.folders.names(), []);
});

Deno.test("a day without any energy is stored, and told", async () => {
  await using house = new DigestHouse({ wall: MIDNIGHT });
  house.write(YESTERDAY, evenDay(YESTERDAY, { watts: 0 }));
  await house.digest().run();
  assert.equal(house.years.existing(2026)?.day(YESTERDAY)?.wh, 0);
  assert.match(digestLine(house.digested[0]!), /^2026-11-21: 0\.00 kWh .*; no energy at all: /);
});

Deno.test("a file without a reading goes, and neither it nor a date that nothing is known of makes a yearly file", async () => {
  await using house = new DigestHouse({ wall: MIDNIGHT });
  house.write("2025-11-20", []);
  house.write("2025-11-21", [], "rubbish\n");
  const digest = house.digest();
  assert.deepEqual((await digest.run()).pending, []);
  await digest.run(["1999-12-31"]);
  assert.deepEqual(house.digested, []);
  assert.deepEqual(house.folders.names(), ["2025-11-21.bad"]);
  assert.deepEqual(house.yearNames(), []);
});

Deno.test("a digest beside the service sees what only the spool has, before and after the midnight flush", async () => {
  await using house = new DigestHouse({ wall: "2026-11-21T22:59:30Z" });
  const { clock } = house.folders;
  const journal = await house.folders.opened();
  const made: Reading[] = [];
  for (let watts = 0; watts < 12; watts++) {
    const { at } = clock.reading(watts);
    await journal.append(clock.reading(watts));
    made.push({ at, watts });
    clock.pass(5_000);
  }
  const beside = house.digest({ dates: () => journalDates(house.config) });
  assert.deepEqual((await beside.run()).last?.date, YESTERDAY);
  assert.deepEqual(house.stored(YESTERDAY), made.slice(0, 6));
  await journal.flush();
  assert.deepEqual(house.folders.names(), ["2026-11-21.csv", "2026-11-22.csv"]);
  const service = house.digest({ flush: () => journal.flush() });
  assert.deepEqual((await service.run()).pending, []);
  assert.deepEqual(house.stored(YESTERDAY), made.slice(0, 6));
  assert.equal(house.digested.at(-1)?.added, 0);
  assert.deepEqual((await journal.readDay(TODAY)).readings, made.slice(6));
});

Deno.test("the service empties its spool first, so that a day is whole at its first digest", async () => {
  await using house = new DigestHouse({ wall: "2026-11-21T22:59:50Z" });
  const journal = await house.folders.opened();
  house.write(YESTERDAY, [{ at: house.folders.clock.wallMs - 5_000, watts: 1 }]);
  await journal.append(house.folders.clock.reading(2));
  house.folders.clock.pass(10_000);
  await house.digest({ flush: () => journal.flush() }).run();
  assert.deepEqual(house.stored(YESTERDAY).map(({ watts }) => watts), [1, 2]);
  assert.deepEqual(house.folders.names(), []);
});

Deno.test("the first run of a day empties the spool also when the ended day has no file yet", async () => {
  await using house = new DigestHouse({ wall: "2026-11-21T22:59:50Z" });
  const journal = await house.folders.opened();
  let flushes = 0;
  const digest = house.digest({ flush: () => journal.flush().then(() => void flushes++) });
  await digest.run();
  await journal.append(house.folders.clock.reading(2));
  await digest.run();
  house.folders.clock.pass(11_000);
  assert.equal((await digest.run()).last?.date, YESTERDAY);
  await digest.run();
  assert.deepEqual([house.stored(YESTERDAY).length, flushes], [1, 2]);
});

Deno.test("runs at once, in one process or two, digest each day once and collide nowhere", async () => {
  await using house = new DigestHouse({ wall: MIDNIGHT });
  const dates = ["2026-11-18", "2026-11-19", "2026-11-20", YESTERDAY];
  for (const date of dates) house.write(date, evenDay(date));
  const [one, other] = [house.digest(), house.digest()];
  await Promise.all([one.run(), one.run(), other.run(), one.run(), other.run(["2026-11-19"])]);
  assert.deepEqual(house.failed, []);
  const first = house.digested.filter(({ added }) => added > 0).map(({ day }) => day.date);
  assert.deepEqual(first.sort(), dates);
  for (const date of dates) assert.equal(house.stored(date).length, 8_640);
});

Deno.test("while another process moves the journal's files a digest waits", async () => {
  await using house = new DigestHouse({ wall: MIDNIGHT });
  house.write(YESTERDAY, evenDay(YESTERDAY));
  const lock = await lockFolder(house.folders.journalDir, JOURNAL_LOCK);
  const run = house.digest().run();
  await new Promise((resolve) => setTimeout(resolve, 100));
  assert.deepEqual([house.digested, house.folders.names()], [[], ["2026-11-21.csv"]]);
  lock[Symbol.dispose]();
  assert.equal((await run).last?.date, YESTERDAY);
});
