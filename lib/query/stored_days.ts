import { addDays } from "../calendar.ts";
import type { PowerRow } from "../minute_sums.ts";
import type { Reading } from "../reading.ts";
import type { HeldReadings, Source } from "../store/digest.ts";
import type { HeldColumns, Level, RowValues } from "../store/year_read.ts";
import type { DayColumns } from "./add_readings.ts";
import { patiently } from "./patience.ts";
import type { YearReader, YearSource } from "./year_tables.ts";

/** A yearly file and its readings. */
export interface ReadingsReader extends YearReader {
  readings(date: string, source: Source): HeldReadings | null;
  columns(date: string, source: Source): HeldColumns | null;
  lastReading(date: string): Reading | null;
  rowValues(level: Level, fromMs: number, toMs: number): readonly RowValues[];
}

/** What the yearly files have of single days; each look waits while another process keeps a file locked. Throws YearFileError. */
export class StoredDays {
  readonly #years: YearSource<ReadingsReader>;

  constructor(years: YearSource<ReadingsReader>) {
    this.#years = years;
  }

  /** What is another one after each change of the file of a date. */
  version(date: string): string | null {
    return this.#years.version(yearOf(date));
  }

  /** A day's readings from one source, `null` when there are none. */
  readings(date: string, source: Source): Promise<HeldReadings | null> {
    return this.#look(date, (file) => file.readings(date, source));
  }

  /** All of a day's readings in columns. */
  async columns(date: string): Promise<DayColumns> {
    const before = addDays(date, -1);
    return {
      measured: await this.#look(date, (file) => file.columns(date, "measured")),
      origin: await this.#look(date, (file) => file.columns(date, "origin")),
      carriedIn: await this.#look(before, (file) => file.lastReading(before)),
    };
  }

  /** The history rows that start in [fromMs, toMs), in the file of a date. */
  async rows(date: string, fromMs: number, toMs: number): Promise<readonly PowerRow[]> {
    return await this.#look(date, (file) => [...file.rows("history", fromMs, toMs)]) ?? [];
  }

  /** The same, each in the order of its columns. */
  async rowValues(date: string, fromMs: number, toMs: number): Promise<readonly RowValues[]> {
    return await this.#look(date, (file) => file.rowValues("history", fromMs, toMs)) ?? [];
  }

  #look<Found>(date: string, look: (file: ReadingsReader) => Found | null): Promise<Found | null> {
    return patiently(() => {
      const file = this.#years.existing(yearOf(date));
      return file && look(file);
    });
  }
}

function yearOf(date: string): number {
  return Number(date.slice(0, 4));
}
