import { addDays, dayBounds, type LocalDay } from "../../lib/calendar.ts";
import { formatLine } from "../../lib/store/journal_lines.ts";
import { readJournalDay } from "../../lib/store/journal_day.ts";
import { YearFile } from "../../lib/store/year_file.ts";
import { houseDay } from "../support/house_day.ts";
import { type Bench, type Figure, type Run, spread } from "./bench.ts";

const ZONE = "Europe/Rome";
const DAYS = 365;

/** Writes a year of journal files, each alone in its folder: after midnight the next day's has hardly begun. */
async function writeJournals(folder: string): Promise<LocalDay[]> {
  const days = Array.from({ length: DAYS }, (_, i) => dayBounds(addDays("2026-01-01", i), ZONE));
  for (const [seed, { date, startMs, endMs }] of days.entries()) {
    const readings = houseDay({ startMs, hours: (endMs - startMs) / 3_600_000, seed });
    const lines = readings.filter(({ at }) => at < endMs).map(formatLine);
    await Deno.mkdir(`${folder}/${date}`, { recursive: true });
    await Deno.writeTextFile(`${folder}/${date}/${date}.csv`, lines.join(""));
  }
  return days;
}

/** Digests a year, day after day, from the journal's files into one yearly file; gives milliseconds a day. */
async function digestYear(
  folder: string,
): Promise<{ daysMs: number[]; readings: number; bytes: number }> {
  const days = await writeJournals(`${folder}/journal`);
  using file = YearFile.open(`${folder}/years/mcce.2026`);
  const daysMs: number[] = [];
  let readings = 0;
  for (const day of days) {
    const journalDir = `${folder}/journal/${day.date}`;
    const place = { journalDir, spoolDir: `${folder}/run`, timeZone: ZONE };
    const startMs = performance.now();
    const stored = file.storeDay({
      day,
      zone: ZONE,
      source: "measured",
      readings: (await readJournalDay(place, day.date)).readings,
      holdMs: 15_000,
      carriedIn: file.lastReading(addDays(day.date, -1)),
      minTimeRes: 15,
    });
    await Deno.remove(`${journalDir}/${day.date}.csv`);
    daysMs.push(performance.now() - startMs);
    readings += stored?.added ?? 0;
  }
  return { daysMs, readings, bytes: (await Deno.stat(file.path)).size };
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
  tell(`${DAYS} days of a reading every 5 s: read the journal, digest, pack, commit, read back`);
  const { daysMs, readings, bytes } = await digestYear(folder);
  const days = spread(daysMs);
  tell("the same in memory");
  const inMemory = await withoutDisk();
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
  durationS: 25,
  run,
} satisfies Bench;
