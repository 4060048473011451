import assert from "node:assert/strict";
import { localDate } from "../../lib/calendar.ts";
import type { Config } from "../../lib/config.ts";
import type { Reading } from "../../lib/reading.ts";
import { readJournalDay } from "../../lib/store/journal_day.ts";
import { journalDates } from "../../lib/store/journal_overview.ts";
import { YearFiles } from "../../lib/store/year_files.ts";
import { assertStored, oldHouse, runWell } from "./digest_faults.ts";
import type { DigestHouse } from "./digest_house.ts";
import { OtherProcess } from "./other_process.ts";
import { writeOriginDays } from "./origin_installation.ts";

const MINUTE_MS = 60_000;
/** Days that the origin has left: one of it alone, and two that were measured as well. */
const ORIGIN_DATES = ["2025-12-30", "2025-12-31", "2026-01-01"];

/** The readings that a fast service makes, a minute apart over the turn of a year. */
export function fastReading(i: number): Reading {
  return { at: Date.UTC(2025, 11, 31, 12) + i * MINUTE_MS, watts: i % 5_000 };
}

/**
 * Runs `digest`, `import` and `backup`, all three at once, round by round beside a service that flushes and digests as
 * fast as it can. Each backup must have what there was when it was begun; when the service has ended, all that it made
 * must be stored, and all that was taken over.
 */
export async function runBesideService(
  house: DigestHouse,
  rounds: number,
): Promise<{ readonly readings: number }> {
  const days = `${house.folders.root}/days`;
  writeOriginDays(days, originDays());
  await using service = new OtherProcess("flushing_service.ts", [JSON.stringify(house.env)]);
  assert.equal(await service.firstLine(), "up");
  for (let round = 0; round < rounds; round++) {
    const known = await allReadings(house.config);
    const [, , [backup]] = await Promise.all([
      runWell(house, "digest"),
      runWell(house, "import", days),
      runWell(house, "backup", `${house.folders.root}/backups`),
    ]);
    await assertHolds(backup!.slice(0, backup!.indexOf(": ")), known, house.config);
  }
  const rest = Array.fromAsync(service.child.stdout, (bytes) => new TextDecoder().decode(bytes));
  await service.end();
  const { made, failed, ok } = JSON.parse((await rest).join(""));
  assert.deepEqual({ failed, ok }, { failed: [], ok: true });
  await runWell(house, "digest");
  await assertStored(house, Array.from({ length: made }, (_, i) => fastReading(i)));
  await assertTakenOver(house, days);
  return { readings: made };
}

function originDays(): Map<string, number[]> {
  return new Map(ORIGIN_DATES.map((date, day) => [
    date,
    Array.from({ length: 17_281 }, (_, i) => (i * (day + 3)) % 3_000),
  ]));
}

/** All that is measured, as anyone can read it: the journal first, since lines move from there to the yearly files. */
async function allReadings(config: Config): Promise<Map<number, number>> {
  const found = new Map<number, number>();
  const add = (readings: readonly Reading[] = []) => {
    for (const { at, watts } of readings) found.set(at, watts);
  };
  for (const date of await journalDates(config)) add((await readJournalDay(config, date)).readings);
  using years = new YearFiles(config.databasePath);
  for (const file of years.years().map((year) => years.open(year))) {
    for (const { date } of file.days("0000", "9999")) add(file.readings(date)?.readings);
  }
  return found;
}

async function assertHolds(
  backup: string,
  known: ReadonlyMap<number, number>,
  config: Config,
): Promise<void> {
  const journalDir = `${backup}/journal`;
  const databasePath = `${backup}/years/mcce`;
  const kept = await allReadings({ ...config, journalDir, spoolDir: journalDir, databasePath });
  const lost = [...known].filter(([at, watts]) => kept.get(at) !== watts)
    .map(([at]) => localDate(at, config.timeZone));
  assert.deepEqual([...new Set(lost)], [], "dates of readings that the backup lacks");
  await Deno.remove(backup, { recursive: true });
}

/** Of the origin the same is stored as if nothing else had been going on. */
async function assertTakenOver(house: DigestHouse, days: string): Promise<void> {
  await using quiet = oldHouse();
  await runWell(quiet, "import", days);
  for (const date of ORIGIN_DATES) {
    const year = Number(date.slice(0, 4));
    const [found, expected] = [house, quiet].map(({ years }) =>
      years.existing(year)?.readings(date, "origin")
    );
    assert.ok(expected);
    assert.deepEqual(found, expected, date);
  }
}
