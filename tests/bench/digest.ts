import { addDays, dayBounds, type LocalDay } from "../../lib/calendar.ts";
import { parseConfig } from "../../lib/config.ts";
import { JOURNAL_LOCK } from "../../lib/store/folder_lock.ts";
import { formatLine } from "../../lib/store/journal_lines.ts";
import { YearFiles } from "../../lib/store/year_files.ts";
import { makeDigestRun } from "../../lib/task/digest_parts.ts";
import { houseDay } from "../support/house_day.ts";
import { type Bench, type Figure, type Run, spread } from "./bench.ts";

const ZONE = "Europe/Rome";
const DAYS = 365;
const DAY_MS = 86_400_000;
const PROCESSES = 20;

/** Writes a year of journal files, each alone in its folder: after midnight the next day's has hardly begun. */
async function writeJournals(folder: string): Promise<LocalDay[]> {
  const days = Array.from({ length: DAYS }, (_, i) => dayBounds(addDays("2026-01-01", i), ZONE));
  for (const [seed, { date, startMs, endMs }] of days.entries()) {
    const readings = houseDay({ startMs, hours: (endMs - startMs) / 3_600_000, seed });
    const lines = readings.filter(({ at }) => at < endMs).map(formatLine);
    await Deno.mkdir(`${folder}/${date}`, { recursive: true });
    await Deno.writeTextFile(`${folder}/${date}/${date}.csv`, lines.join(""));
    // A journal has had its lock's file since its first flush.
    await Deno.writeTextFile(`${folder}/${date}/${JOURNAL_LOCK}`, "");
  }
  return days;
}

/** Digests a year as the service does, a day at a time, into one yearly file; gives milliseconds a day. */
async function digestYear(
  folder: string,
): Promise<{ daysMs: number[]; readings: number; bytes: number }> {
  const days = await writeJournals(`${folder}/journal`);
  using years = new YearFiles(`${folder}/years/mcce`);
  const daysMs: number[] = [];
  let readings = 0;
  for (const { date } of days) {
    const env = { TIME_ZONE: ZONE, JOURNAL_DIR: `${folder}/journal/${date}` };
    const config = parseConfig({ ...env, RUNTIME_DIRECTORY: `${folder}/run` });
    const digest = makeDigestRun(config, years, {
      nowMs: () => Date.UTC(2027, 5),
      flush: () => Promise.resolve(),
      onDigested: ({ added }) => readings += added,
      onFailed: ([one]) => {
        throw new Error(one?.reason);
      },
    });
    const startMs = performance.now();
    await digest.run();
    daysMs.push(performance.now() - startMs);
  }
  return { daysMs, readings, bytes: (await Deno.stat(years.open(2026).path)).size };
}

/** The task as a user starts it, on a day each. */
async function wholeProcesses(folder: string): Promise<number[]> {
  const { date, startMs } = dayBounds("2026-05-05", ZONE);
  const lines = houseDay({ startMs }).filter(({ at }) => at < startMs + DAY_MS).map(formatLine);
  const processMs: number[] = [];
  for (let round = 0; round < PROCESSES; round++) {
    const JOURNAL_DIR = `${folder}/${round}`;
    await Deno.mkdir(JOURNAL_DIR, { recursive: true });
    await Deno.writeTextFile(`${JOURNAL_DIR}/${date}.csv`, lines.join(""));
    const command = new Deno.Command(Deno.execPath(), {
      args: ["task", "digest"],
      cwd: new URL("../../", import.meta.url),
      env: { TIME_ZONE: ZONE, JOURNAL_DIR, DATABASE_URL: `${JOURNAL_DIR}/mcce` },
    });
    const startedMs = performance.now();
    const { success, stdout } = await command.output();
    processMs.push(performance.now() - startedMs);
    if (!success || stdout.length === 0) throw new Error("deno task digest has failed");
  }
  return processMs;
}

/** The same without a disk, to tell what waiting for that costs. */
async function withoutDisk(): Promise<number | null> {
  try {
    const folder = await Deno.makeTempDir({ dir: "/dev/shm" });
    try {
      return spread((await digestYear(folder)).daysMs).median;
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  } catch {
    return null;
  }
}

async function run({ folder, tell }: Run): Promise<Figure[]> {
  tell(
    `${DAYS} days of a reading every 5 s: lock, read the journal, digest, pack, commit, read back`,
  );
  const { daysMs, readings, bytes } = await digestYear(folder);
  const days = spread(daysMs);
  tell("the same in memory");
  const inMemory = await withoutDisk();
  tell(`${PROCESSES} times deno task digest`);
  const processes = spread(await wholeProcesses(`${folder}/processes`));
  return [
    {
      name: "digest of a day",
      value: days.median,
      unit: "ms",
      atMost: 20,
      spread: days,
      ...(inMemory === null ? {} : { baseline: { name: "on a disk in memory", value: inMemory } }),
    },
    {
      name: "deno task digest, a day",
      value: processes.median,
      unit: "ms",
      atMost: 350,
      spread: processes,
      note: "the whole process from its start to its end, a new yearly file made",
    },
    {
      name: "a year's file",
      value: bytes / 1e6,
      unit: "MB",
      atMost: 9.5,
      note: `${readings} readings`,
    },
  ];
}

export default {
  name: "digest",
  about: "a day from the journal to the yearly file, a year's worth of them",
  durationS: 35,
  run,
} satisfies Bench;
