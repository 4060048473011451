import { addDays, type Bucket, dayBounds, type LocalDay } from "../calendar.ts";
import { datesOf } from "../query/span.ts";
import type { Reading, ReadingColumns } from "../reading.ts";
import type { Source } from "../store/digest.ts";
import { toColumns, unionOf, within } from "./union.ts";

/** Where readings rest. Each is asked when its turn has come, since readings move meanwhile. */
export interface ReadingPlaces {
  /** IANA name of the zone that rules the local days. */
  readonly timeZone: string;
  /** The years that have a yearly file. */
  readonly years: () => readonly number[];
  /** The days of a yearly file. */
  readonly storedDays: (
    year: number,
  ) => Promise<readonly { readonly date: string; readonly zone: string }[]>;
  /** The readings from one source of the stored days that share time with a day; each in the order of their times. */
  readonly stored: (day: LocalDay, source: Source) => Promise<readonly ReadingColumns[]>;
  /** The dates of which the journal may have readings. */
  readonly journalDates: () => Promise<readonly string[]>;
  /** A day's readings of the journal in the order of their times. */
  readonly journal: (date: string) => Promise<readonly Reading[]>;
}

/** Which readings are wanted. */
export interface WantedReadings {
  readonly span: Bucket;
  /** `null`: both. */
  readonly source: Source | null;
}

/**
 * All readings of a span in rising order of their times, each time once, a day at a time. Of two readings at the same time
 * a stored one stays before one of the journal, and a measured one before one of the origin.
 */
export async function* readingsOf(
  { span, source }: WantedReadings,
  places: ReadingPlaces,
): AsyncGenerator<ReadingColumns> {
  const wanted = datesOf(span, places.timeZone);
  if (!wanted) return;
  const inJournal = source === "origin" ? [] : await places.journalDates();
  // A change of TIME_ZONE leaves readings in the files beside their own.
  const journalDates = new Set(inJournal.flatMap(besides));
  for await (const date of knownDates(wanted, journalDates, places)) {
    const day = dayBounds(date, places.timeZone);
    // The journal first: readings move from there to the yearly file, and so none is missed.
    const journal = journalDates.has(date) ? await places.journal(date) : [];
    const accounts = [
      ...(source === "origin" ? [] : await places.stored(day, "measured")),
      toColumns(journal),
      ...(source === "measured" ? [] : await places.stored(day, "origin")),
    ];
    const readings = within(unionOf(accounts.map((account) => within(account, day))), span);
    if (readings.at.length > 0) yield readings;
  }
}

/** Every wanted date that may have readings, in order; a yearly file is opened only when its turn has come. */
async function* knownDates(
  { fromDate, toDate }: { readonly fromDate: string; readonly toDate: string },
  journalDates: ReadonlySet<string>,
  { timeZone, years, storedDays }: ReadingPlaces,
): AsyncGenerator<string> {
  const stored = new Set(years());
  const touched = new Set([...stored].flatMap((year) => [year - 1, year, year + 1]));
  for (const date of journalDates) touched.add(yearOf(date));
  for (const year of [...touched].sort((a, b) => a - b)) {
    if (year < yearOf(fromDate) || year > yearOf(toDate)) continue;
    const prefix = `${String(year).padStart(4, "0")}-`;
    // The days of another zone reach into those beside them, at the ends of a year into another year's.
    const dates = new Set([`${prefix}01-01`, `${prefix}12-31`, ...journalDates]);
    for (const { date, zone } of stored.has(year) ? await storedDays(year) : []) {
      for (const one of zone === timeZone ? [date] : besides(date)) dates.add(one);
    }
    const isWanted = (date: string) =>
      date.startsWith(prefix) && date >= fromDate && date <= toDate;
    yield* [...dates].filter(isWanted).sort();
  }
}

function yearOf(date: string): number {
  return Number(date.slice(0, 4));
}

/** A date between those beside it. */
function besides(date: string): string[] {
  return [addDays(date, -1), date, addDays(date, 1)];
}
