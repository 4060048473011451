import { addDays, localDate } from "../calendar.ts";
import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { exportDocument } from "../export/document.ts";
import type { ReadingPlaces } from "../export/readings.ts";
import type { ExportRequest } from "../export/request.ts";
import type { HouseQuery } from "../query/house_query.ts";
import { patiently } from "../query/patience.ts";
import { makeSlices, type Slices } from "../query/slices.ts";
import type { Reading } from "../reading.ts";
import type { Source } from "../store/digest.ts";
import { journalDates } from "../store/journal_overview.ts";
import { YearFiles } from "../store/year_files.ts";

/** Each is opened for the time of the export; at the end of a year two of them are read by turns. */
const MOST_OPEN_YEARS = 2;

/** Where readings and rows come from. */
export interface ExportParts {
  readonly query: Pick<HouseQuery, "withRows">;
  readonly journal: { readDay(date: string): Promise<{ readonly readings: readonly Reading[] }> };
  readonly clock: Pick<Clock, "nowMs" | "monoMs">;
}

/** What the configuration tells of it. */
export type ExportConfig = Pick<Config, "databasePath" | "journalDir" | "spoolDir" | "timeZone">;

/** Puts together what makes exports. */
export function makeExports(
  config: ExportConfig,
  parts: ExportParts,
): { open(request: ExportRequest): AsyncGenerator<Uint8Array<ArrayBuffer>> } {
  const slices = makeSlices(parts.clock.monoMs);
  return { open: (request) => open(request, slices, config, parts) };
}

/** The document that is asked for, in pieces between which everything else has its turn. */
async function* open(
  request: ExportRequest,
  slices: Slices,
  config: ExportConfig,
  { query, journal, clock }: ExportParts,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const options = { isOnlyRead: true, mostOpen: MOST_OPEN_YEARS };
  using years = new YearFiles(config.databasePath, options);
  const days = (from: string, to: string) => query.withRows(from, to);
  const { pause } = slices;
  const places = { ...readingPlaces(config, { years, journal, clock, pause }), days };
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  slices.work(() => ended);
  try {
    for await (const piece of exportDocument(request, places)) {
      yield piece;
      await pause();
    }
  } finally {
    end();
  }
}

/** Puts together where exports take their readings from. */
export function readingPlaces(
  config: ExportConfig,
  { years, journal, clock, pause }: Pick<ExportParts, "journal"> & {
    readonly years: YearFiles;
    readonly clock: Pick<Clock, "nowMs">;
    /** Lets everything else have its turn before the next piece of work. */
    readonly pause: Slices["pause"];
  },
): ReadingPlaces {
  const { timeZone } = config;
  const daysOf = async (year: number, from: string, to: string) => {
    await pause();
    return await patiently(() => years.existing(year)?.days(from, to) ?? []);
  };
  return {
    timeZone,
    years: () => years.years(),
    storedDays: (year) => daysOf(year, nameOf(year, "01-01"), nameOf(year, "12-31")),
    stored: async ({ date, startMs, endMs }, source) => {
      // Days that were stored in another zone reach into those beside them, and over a year's end.
      const [from, to] = [addDays(date, -1), addDays(date, 1)];
      const found = [];
      for (const year of new Set([yearOf(from), yearOf(to)])) {
        for (const day of await daysOf(year, from, to)) {
          if (day.startMs >= endMs || day.endMs <= startMs) continue;
          const columns = await patiently(() => columnsOf(years, day.date, source));
          if (columns) found.push(columns);
        }
      }
      return found;
    },
    journalDates: async () => {
      // What waits in memory, while the disk takes nothing, is of these days.
      const today = localDate(clock.nowMs(), timeZone);
      return [...await journalDates(config), addDays(today, -1), today];
    },
    journal: async (date) => (await journal.readDay(date)).readings,
  };
}

function columnsOf(years: YearFiles, date: string, source: Source) {
  return years.existing(yearOf(date))?.columns(date, source) ?? null;
}

function yearOf(date: string): number {
  return Number(date.slice(0, 4));
}

function nameOf(year: number, monthAndDay: string): string {
  return `${String(year).padStart(4, "0")}-${monthAndDay}`;
}
