import { dayBounds, dayFinder } from "../calendar.ts";
import type { Reading } from "../reading.ts";
import { datesIn } from "./day_files.ts";
import type { JournalPlace } from "./journal_day.ts";
import { readWithin } from "./line_file.ts";
import { leftSpoolPaths, spoolPath } from "./spool.ts";

const ALL_TIMES = { startMs: -Infinity, endMs: Infinity };

/** The dates of which the journal has readings, those that rest in the spool included, oldest first. */
export async function journalDates(place: JournalPlace): Promise<string[]> {
  const dayOf = dayFinder(place.timeZone);
  const dates = new Set<string>();
  for (const path of spoolPaths(place)) {
    const { readings } = await readWithin(path, ALL_TIMES);
    for (const { at } of readings) dates.add(dayOf(at).date);
  }
  for (const date of await datesIn(place.journalDir)) dates.add(date);
  return [...dates].sort();
}

/**
 * The last reading that the journal has of a local day in its own file or in the spool, `null` when there is none. To be
 * called while holding the folder's lock: it reads all at once.
 */
export async function lastInJournal(place: JournalPlace, date: string): Promise<Reading | null> {
  const day = dayBounds(date, place.timeZone);
  const paths = [...spoolPaths(place), `${place.journalDir}/${date}.csv`];
  // A file that cannot be read costs its own day, not the one that asks.
  const found = await Promise.all(
    paths.map((path) => readWithin(path, day).then(({ readings }) => readings, () => [])),
  );
  let last: Reading | null = null;
  for (const reading of found.flat()) if (reading.at > (last?.at ?? -Infinity)) last = reading;
  return last;
}

/** The newest lines first: read in the direction in which a flush moves them, none is missed. */
function spoolPaths({ spoolDir, journalDir }: JournalPlace): string[] {
  return [spoolPath(spoolDir), ...leftSpoolPaths(spoolDir, journalDir).reverse()];
}
