import { rowsByBand } from "../band_energy.ts";
import { addDays } from "../calendar.ts";
import type { PowerRow } from "../minute_sums.ts";
import { bandSpans } from "../tariff.ts";
import type { Level, StoredDay } from "../store/year_read.ts";
import { patiently } from "./patience.ts";
import { DayTable, type KnownDay } from "./day_table.ts";

/** A yearly file, as far as it is asked here. */
export interface YearReader {
  days(fromDate: string, toDate: string): readonly StoredDay[];
  rows(level: Level, fromMs: number, toMs: number): Iterable<PowerRow>;
}

/** The yearly files. */
export interface YearSource<File = YearReader> {
  /** The years that have a file, oldest first. */
  years(): readonly number[];
  /** What is another one after each change of a year's file; `null` when there is none. */
  version(year: number): string | null;
  /** A year's file, `null` when there is none; not to be kept across a wait. */
  existing(year: number): File | null;
}

/** Days that are read in one piece of work. */
const PIECE_DAYS = 32;

/** The days of all yearly files, kept in memory and read anew when a file has changed, whoever changed it. */
export class YearTables {
  readonly #years: YearSource;
  readonly #pause: () => Promise<void>;
  readonly #known = new Map<number, { readonly version: string; readonly table: DayTable }>();
  readonly #loading = new Map<string, Promise<DayTable>>();

  constructor(years: YearSource, pause: () => Promise<void>) {
    this.#years = years;
    this.#pause = pause;
  }

  /** The years that have a file, oldest first. */
  years(): readonly number[] {
    return this.#years.years();
  }

  /** A year's days, `null` when it has no file. Throws YearFileError. */
  async of(year: number): Promise<DayTable | null> {
    const version = this.#years.version(year);
    const known = this.#known.get(year);
    if (version === null) this.#known.delete(year);
    if (version === null || known?.version === version) return known?.table ?? null;
    const key = `${year} ${version}`;
    // Those who ask at the same time share the work.
    const loading = this.#loading.get(key) ?? patiently(() => this.#load(year));
    this.#loading.set(key, loading);
    try {
      const table = await loading;
      // A file that changes meanwhile has another version than this by the next question.
      this.#known.set(year, { version, table });
      return table;
    } finally {
      this.#loading.delete(key);
    }
  }

  /** A month at a time, whose objects are gone before they take more memory than all that is kept of the year. */
  async #load(year: number): Promise<DayTable> {
    const table = new DayTable();
    const name = String(year).padStart(4, "0");
    for (let from = `${name}-01-01`; from.startsWith(name); from = addDays(from, PIECE_DAYS)) {
      await this.#pause();
      const read = this.#years.existing(year)?.days(from, addDays(from, PIECE_DAYS - 1)) ?? [];
      const days: KnownDay[] = [];
      for (const day of read) days.push(await this.#withBands(year, day));
      const rows = this.#sixHourly(year, days);
      for (const day of days) {
        table.add(day, rows.filter(({ startMs }) => startMs >= day.startMs && startMs < day.endMs));
      }
    }
    return table;
  }

  #sixHourly(year: number, days: readonly KnownDay[]): readonly PowerRow[] {
    const [first, last] = [days[0], days.at(-1)];
    const file = first && last ? this.#years.existing(year) : null;
    return file ? [...file.rows("sixHourly", first!.startMs, last!.endMs)] : [];
  }

  /** Where a day was stored before there were bands, its history rows tell them, unless they are too coarse. */
  async #withBands(year: number, { zone, readings: _, ...day }: StoredDay): Promise<KnownDay> {
    if (day.bandsWh) return day;
    await this.#pause();
    const rows = this.#years.existing(year)?.rows("history", day.startMs, day.endMs) ?? [];
    return { ...day, bandsWh: rowsByBand([...rows], bandSpans(day, zone)) };
  }
}
