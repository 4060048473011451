import { dayBounds, dayFinder } from "../calendar.ts";
import type { Reading } from "../reading.ts";
import { datesIn } from "./day_files.ts";
import { type JournalPlace, readPart } from "./journal_day.ts";
import { ignoreAbsent } from "./line_file.ts";
import { spoolPaths } from "./spool.ts";

const ALL_TIMES = { startMs: -Infinity, endMs: Infinity };

/** The dates of which the journal has readings, those that rest in the spool included, oldest first. */
export async function journalDates(place: JournalPlace): Promise<string[]> {
  // In the direction in which a flush moves readings, so that none is missed.
  const dates = new Set(await spooledDates(place));
  for (const date of await datesIn(place.journalDir)) dates.add(date);
  return [...dates].sort();
}

/** The dates of which readings rest in the spool. */
export async function spooledDates(place: JournalPlace): Promise<string[]> {
  const dayOf = dayFinder(place.timeZone);
  const dates = new Set<string>();
  for (const path of spoolPaths(place.spoolDir, place.journalDir)) {
    const { readings } = await readPart(place, path, ALL_TIMES);
    for (const { at } of readings) dates.add(dayOf(at).date);
  }
  return [...dates];
}

/** The readings that the journal has of a local day in its own file or in the spool, the newest files first. */
export async function readingsInJournal(place: JournalPlace, date: string): Promise<Reading[]> {
  const day = dayBounds(date, place.timeZone);
  const parts: Reading[][] = [];
  for (
    const path of [
      ...spoolPaths(place.spoolDir, place.journalDir),
      `${place.journalDir}/${date}.csv`,
    ]
  ) {
    // A file that cannot be read costs its own day, not the one that asks.
    parts.push(await readPart(place, path, day).then(({ readings }) => readings, () => []));
  }
  return parts.flat();
}

/** What is another one after each change of a day's own file. */
export function journalVersion({ journalDir }: JournalPlace, date: string): Promise<string> {
  return fileVersion(`${journalDir}/${date}.csv`);
}

/** What is another one after each change of a file that is appended to. Throws what the disk does. */
export async function fileVersion(path: string): Promise<string> {
  const found = await Deno.stat(path).catch(ignoreAbsent);
  return found ? [found.ino, found.size, found.mtime?.getTime()].join(".") : "absent";
}

/** The place with the files that are there now; to be called while holding the journal's lock. */
export async function listed<Place extends JournalPlace>(place: Place): Promise<Place> {
  const paths = new Set<string>();
  for (const folder of new Set([place.spoolDir, place.journalDir])) {
    for (const { name } of await entries(folder)) paths.add(`${folder}/${name}`);
  }
  return { ...place, present: paths };
}

async function entries(folder: string): Promise<Deno.DirEntry[]> {
  return await Array.fromAsync(Deno.readDir(folder)).catch(ignoreAbsent) ?? [];
}
