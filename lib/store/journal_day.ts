import { addDays, type Bucket, dayBounds } from "../calendar.ts";
import type { Reading } from "../reading.ts";
import { type MergedReadings, mergeReadings } from "./journal_lines.ts";
import { type ReadingsWithin, readWithin } from "./line_file.ts";
import { spoolPaths } from "./spool.ts";

/** Where a journal lies and which days it is cut into. */
export interface JournalPlace {
  readonly journalDir: string;
  /** Where the spool lies: the `RUNTIME_DIRECTORY`, else `journalDir`. */
  readonly spoolDir: string;
  readonly timeZone: string;
  /** The files that are there, for who holds the journal's lock: no other is looked for, which takes longer than to read. */
  readonly present?: ReadonlySet<string>;
}

/** A local day's readings in the order of their times, each time once. */
export interface JournalDay extends MergedReadings {
  /** Lines of its file that are no reading. */
  readonly bad: number;
  /** Readings in its file that are another day's. */
  readonly others: number;
}

/**
 * Reads all that the journal has of a local day, in any process and also while a flush is at work. A day's readings may
 * lie in the files beside its own, where a change of `TIME_ZONE` leaves some until the service has moved them.
 *
 * @param waiting readings in memory that no file may have yet
 */
export async function readJournalDay(
  place: JournalPlace,
  date: string,
  waiting: readonly Reading[] = [],
): Promise<JournalDay> {
  const { journalDir, spoolDir, timeZone } = place;
  const day = dayBounds(date, timeZone);
  const inMemory = waiting.filter(({ at }) => at >= day.startMs && at < day.endMs);
  // Lines move from memory to the spool to a day's file to the right day's: read in that direction, none is missed.
  const spooled: Reading[][] = [];
  for (const path of spoolPaths(spoolDir, journalDir)) {
    spooled.unshift((await readPart(place, path, day)).readings);
  }
  const csv = (one: string) => `${journalDir}/${one}.csv`;
  const beside: Reading[][] = [];
  for (const other of [addDays(date, -1), addDays(date, 1)]) {
    // A file that cannot be read costs its own day, not this one.
    beside.push(await readPart(place, csv(other), day).then(({ readings }) => readings, () => []));
  }
  const { readings, bad, others } = await readPart(place, csv(date), day);
  const arrivals = [...readings, ...beside.flat(), ...spooled.flat(), ...inMemory];
  return { ...mergeReadings(arrivals), bad, others };
}

/** A file's readings of a span of time, none where the place says that it is not there. */
export async function readPart(
  { present }: JournalPlace,
  path: string,
  span: Bucket,
): Promise<ReadingsWithin> {
  const isThere = present?.has(path) ?? true;
  return isThere ? await readWithin(path, span) : { readings: [], bad: 0, others: 0 };
}
