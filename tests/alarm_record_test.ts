import assert from "node:assert/strict";
import { dayBounds, dayFinder } from "../lib/calendar.ts";
import type { Reading } from "../lib/reading.ts";
import { datesIn } from "../lib/store/day_files.ts";
import { readJournalDay } from "../lib/store/journal_day.ts";
import { mergeReadings } from "../lib/store/journal_lines.ts";
import { journalVersion } from "../lib/store/journal_overview.ts";
import { AlarmRecord } from "../lib/task/alarm_record.ts";
import { DigestHouse } from "./support/digest_house.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** The record of a house, as the service has it. */
function recordOf(house: DigestHouse): AlarmRecord {
  const { config, years, folders } = house;
  return new AlarmRecord({
    ...config,
    years,
    nowMs: folders.clock.nowMs,
    monoMs: folders.clock.monoMs,
    live: () => null,
    journalVersion: (date) => journalVersion(config, date),
    pendingDates: () => datesIn(config.journalDir),
    readDay: async (date) => {
      const { readings } = await readJournalDay(config, date);
      return mergeReadings([...house.stored(date), ...readings]).readings;
    },
  });
}

/** A reading every 10 s from one time up to another. */
function load(watts: number, fromMs: number, toMs: number): Reading[] {
  return Array.from({ length: (toMs - fromMs) / 10_000 }, (_, i) => ({
    at: fromMs + 10_000 * i,
    watts,
  }));
}

function write(house: DigestHouse, readings: Reading[]): void {
  const dayOf = dayFinder("Europe/Rome");
  const days = Map.groupBy(readings, ({ at }) => dayOf(at).date);
  for (const [date, ones] of days) house.write(date, ones);
}

const ALL = { startMs: 0, endMs: 1e14 };
const midnight = dayBounds("2027-01-01", "Europe/Rome").startMs;

Deno.test("an episode is the same before, while and after its days are digested", async () => {
  await using house = new DigestHouse({ wall: "2026-12-31T22:59:30Z" });
  const { clock } = house.folders;
  const record = recordOf(house);
  assert.deepEqual(await record.episodes(ALL), []);
  const all = [
    ...load(4300, midnight - MINUTE_MS, midnight + 20_000),
    ...load(500, midnight + 20_000, midnight + MINUTE_MS),
  ];
  const till = (ms: number) => all.filter(({ at }) => at <= ms);

  write(house, till(clock.nowMs()));
  const [going] = await record.episodes(ALL);
  assert.deepEqual([going?.isOpen, going?.from, going?.to, going?.secondsLeft], [
    true,
    midnight - MINUTE_MS,
    clock.nowMs(),
    90,
  ]);

  clock.pass(DAY_MS / 2);
  write(house, all);
  const [whole, none] = await record.episodes(ALL);
  assert.equal(none, undefined);
  assert.deepEqual(
    [whole?.isOpen, whole?.to, whole?.secondsLeft, whole?.secondsAbove],
    [false, midnight + 20_000, 40, 80],
  );
  await house.digest().run();
  assert.deepEqual(await datesIn(house.folders.journalDir), ["2027-01-01"]);
  assert.deepEqual(await record.episodes(ALL), [whole]);
  clock.pass(DAY_MS);
  assert.deepEqual(await record.episodes(ALL), [whole]);
  await house.digest().run();
  assert.deepEqual(await datesIn(house.folders.journalDir), []);
  assert.deepEqual(await record.episodes(ALL), [whole]);
  for (const date of ["2026-12-31", "2027-01-01"]) {
    assert.deepEqual(await record.episodes(dayBounds(date, "Europe/Rome")), [whole], date);
  }
  for (const date of ["2026-12-30", "2027-01-02"]) {
    assert.deepEqual(await record.episodes(dayBounds(date, "Europe/Rome")), [], date);
  }
});

Deno.test("a cut-off fills the budgets of today's episodes, and stands with the one that it ended", async () => {
  await using house = new DigestHouse({ wall: "2027-01-01T08:00:00Z" });
  const at = midnight + 100_000;
  write(house, [
    ...load(4300, at - 50_000, at + 1),
    ...load(4300, at + 200_000, at + 230_000),
    ...load(500, at + 230_000, at + 300_000),
  ]);
  house.years.open(2027).addCutOff({
    ...{ at: at, watts: 4300, secondsAbove: 50, tierWatts: 4200, endedBy: "meter" },
    ...{ limits: "3300:180m,4200:2m", suggestedLimits: "3300:180m,4200:50s" },
  });
  const found = await recordOf(house).episodes(ALL);
  assert.deepEqual(found.map(({ cutOff, secondsLeft }) => [cutOff?.at, secondsLeft]), [
    [at, 65],
    [undefined, 90],
  ]);
});

Deno.test("what may be left open in a question reaches from the first year to today", async () => {
  await using house = new DigestHouse({ wall: "2027-01-01T08:00:00Z" });
  const record = recordOf(house);
  assert.equal(record.days().firstDate, null);
  house.years.open(2025);
  assert.equal(record.days().firstDate, "2025-01-01");
  assert.equal(record.days().today.date, "2027-01-01");
});
