import { addDays, localDate } from "../calendar.ts";
import type { ReadingPlaces } from "../export/readings.ts";
import type { Reading } from "../reading.ts";
import { type JournalPlace, readJournalDay } from "../store/journal_day.ts";
import { journalDates } from "../store/journal_overview.ts";
import type { YearFiles } from "../store/year_files.ts";

/** What differs between the service and a command beside it. */
export interface ExportOwner {
  readonly nowMs: () => number;
  /** The readings of a local day that the journal has; by default those that a disk has. */
  readonly journal?: (date: string) => Promise<readonly Reading[]>;
}

/** Puts together where exports take their readings from. */
export function readingPlaces(
  place: JournalPlace,
  years: YearFiles,
  { nowMs, journal }: ExportOwner,
): ReadingPlaces {
  const { timeZone } = place;
  return {
    timeZone,
    years: () => years.years(),
    storedDays: (year) => years.existing(year)?.days(`${year}-01-01`, `${year}-12-31`) ?? [],
    stored: ({ date, startMs, endMs }, source) => {
      // Days that were stored in another zone reach into those beside them.
      const [from, to] = [addDays(date, -1), addDays(date, 1)];
      const files = [...new Set([yearOf(from), yearOf(to)])].map((year) => years.existing(year));
      return files.flatMap((file) =>
        (file?.days(from, to) ?? [])
          .filter((day) => day.startMs < endMs && day.endMs > startMs)
          .flatMap((day) => file!.columns(day.date, source) ?? [])
      );
    },
    journalDates: async () => {
      // What waits in memory, while the disk takes nothing, is of these days.
      const today = localDate(nowMs(), timeZone);
      return [...await journalDates(place), addDays(today, -1), today];
    },
    journal: journal ?? (async (date) => (await readJournalDay(place, date)).readings),
  };
}

function yearOf(date: string): number {
  return Number(date.slice(0, 4));
}
