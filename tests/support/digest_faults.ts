import assert from "node:assert/strict";
import { addDays, dayFinder } from "../../lib/calendar.ts";
import type { Reading } from "../../lib/reading.ts";
import { datesIn } from "../../lib/store/day_files.ts";
import { formatLine } from "../../lib/store/journal_lines.ts";
import { DigestHouse, evenDay } from "./digest_house.ts";
import { startProgram } from "./service.ts";
import { query } from "./year_fixture.ts";

const FIRST_DATE = "2025-12-20";
/** About what the digest of a day takes. */
const A_DAY_MS = 15;

const sleep = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A house whose days are all over by the machine's clock, which is the programs' clock as well. */
export function oldHouse(): DigestHouse {
  return new DigestHouse({ wall: new Date().toISOString(), env: { SAMPLE_SECONDS: "60" } });
}

/** Runs a command to its end, which is to be a good one; gives what it prints. */
export async function runWell(
  house: DigestHouse,
  command: string,
  ...words: string[]
): Promise<string[]> {
  const { process, lines, printed, drained } = startProgram(command, house.env, ...words);
  const { code } = await process.status;
  await drained;
  assert.equal(code, 0, lines.join("\n"));
  return printed;
}

/** Every measured reading is stored, once, and nothing else; the files are whole, the journal is empty. */
export async function assertStored(house: DigestHouse, made: readonly Reading[]): Promise<void> {
  const dayOf = dayFinder(house.config.timeZone);
  const days = Map.groupBy(made, ({ at }) => dayOf(at).date);
  for (const [date, readings] of days) assert.deepEqual(house.stored(date), readings, date);
  const dates: unknown[] = [];
  for (const year of house.years.years()) {
    const path = house.yearPath(year);
    assert.deepEqual(query(path, "PRAGMA integrity_check"), [{ integrity_check: "ok" }]);
    const measured = "SELECT date FROM packs WHERE source = 'measured' ORDER BY date";
    dates.push(...query(path, measured).map(({ date }) => date));
  }
  assert.deepEqual(dates, [...days.keys()].sort());
  assert.deepEqual(await datesIn(house.folders.journalDir), []);
}

/** What became of digests that were killed. */
export interface KilledDigests {
  /** How many died with some days done and others not. */
  readonly midway: number;
  readonly readings: number;
}

/**
 * Kills so many digests, every other one at a random moment of its life, the rest soon after their first day. Each has
 * two new days before it, of which every third reading comes late: with the next two. Then one is let be, and all must
 * be stored.
 */
export async function killDigests(house: DigestHouse, rounds: number): Promise<KilledDigests> {
  const made: Reading[] = [];
  let late: Reading[] = [];
  let longestMs = 0;
  let midway = 0;
  for (let round = 0; round <= rounds; round++) {
    const fresh = [0, 1].flatMap((i) =>
      evenDay(addDays(FIRST_DATE, 2 * round + i), { everyS: 20 })
    );
    appendToJournal(house, [...fresh.filter((_, i) => i % 3 !== 0), ...late]);
    late = fresh.filter((_, i) => i % 3 === 0);
    made.push(...fresh);
    const before = (await datesIn(house.folders.journalDir)).length;
    const startMs = performance.now();
    if (round === 0) await runWell(house, "digest");
    else {await killDigest(
        house,
        round % 2 === 0 ? longestMs * Math.random() : "when a day is done",
      );}
    longestMs ||= performance.now() - startMs;
    const left = (await datesIn(house.folders.journalDir)).length;
    if (left > 0 && left < before) midway++;
  }
  appendToJournal(house, late);
  await runWell(house, "digest");
  await assertStored(house, made);
  return { midway, readings: made.length };
}

async function killDigest(
  house: DigestHouse,
  moment: number | "when a day is done",
): Promise<void> {
  const { process, printed, drained } = startProgram("digest", house.env);
  let isDead = false;
  const ended = process.status.finally(() => isDead = true);
  if (typeof moment === "number") {
    let timer: ReturnType<typeof setTimeout> | undefined;
    await Promise.race([ended, new Promise((resolve) => timer = setTimeout(resolve, moment))]);
    // The digest may have been faster.
    clearTimeout(timer);
  } else {
    while (!isDead && printed.length === 0) await sleep(1);
    await sleep(Math.random() * A_DAY_MS);
  }
  if (!isDead) process.kill("SIGKILL");
  const { signal, code } = await ended;
  await drained;
  if (signal === null) assert.equal(code, 0);
}

function appendToJournal(house: DigestHouse, readings: readonly Reading[]): void {
  const dayOf = dayFinder(house.config.timeZone);
  const days = Map.groupBy(readings, ({ at }) => dayOf(at).date);
  Deno.mkdirSync(house.folders.journalDir, { recursive: true });
  for (const [date, ones] of days) {
    const path = `${house.folders.journalDir}/${date}.csv`;
    Deno.writeTextFileSync(path, ones.map(formatLine).join(""), { append: true });
  }
}
