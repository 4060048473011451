import { DatabaseSync } from "node:sqlite";
import { dirname } from "node:path";
import type { DatedCutOff, DayEpisode } from "../alarm/join_episodes.ts";
import type { PowerRow } from "../minute_sums.ts";
import type { Reading } from "../reading.ts";
import type { HeldReadings, Source } from "./digest.ts";
import { asYearFileError, damaged } from "./year_error.ts";
import { identify, inTransaction, migrate } from "./year_open.ts";
import {
  type HeldColumns,
  type Level,
  readColumns,
  readDays,
  readLast,
  readReadings,
  readRows,
  readRowValues,
  type RowValues,
  type StoredDay,
} from "./year_read.ts";
import { readCutOffs, readEpisodes, readHighest, writeCutOff } from "./year_record.ts";
import { SCHEMA } from "./year_schema.ts";
import { type DayStored, type DayToStore, storeDays } from "./year_store.ts";

/** How long to wait for another process's lock: the live loop waits along. */
const BUSY_MS = 1000;

/** What a reader has of the file in memory, in kibibytes: the system keeps it there anyway. */
const READER_CACHE_KIB = 256;

/** How a yearly file is opened. */
export interface OpenOptions {
  /**
   * For who asks while others wait, and changes nothing: it looks at no page that it does not need, and finds a file that
   * another process has locked `busy` at once.
   */
  readonly isOnlyRead?: boolean;
}

/** The yearly file that a date belongs to. */
export function yearFilePath(databaseUrl: string, date: string): string {
  return `${databaseUrl}.${date.slice(0, 4)}`;
}

/** One calendar year of a house in one SQLite file. Errors are {@linkcode YearFileError}s. */
export class YearFile implements Disposable {
  readonly path: string;
  readonly #db: DatabaseSync;

  private constructor(path: string, db: DatabaseSync) {
    this.path = path;
    this.#db = db;
  }

  /** Opens a yearly file, makes it when there is none, and brings it to the present schema. A file that is not ours or not whole stays untouched. */
  static open(path: string, { isOnlyRead = false }: OpenOptions = {}): YearFile {
    return guard(path, () => {
      Deno.mkdirSync(dirname(path), { recursive: true });
      const db = new DatabaseSync(path, { timeout: isOnlyRead ? 0 : BUSY_MS });
      try {
        inTransaction(db, () => identify(db, path, SCHEMA.length, isOnlyRead), "DEFERRED");
        // One file to copy, also while the service runs; EXTRA makes the journal's removal durable as well.
        db.exec("PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA");
        if (isOnlyRead) db.exec(`PRAGMA cache_size = -${READER_CACHE_KIB}`);
        migrate(db, SCHEMA);
        return new YearFile(path, db);
      } catch (error) {
        db.close();
        throw error;
      }
    });
  }

  close(): void {
    this.#db.close();
  }

  [Symbol.dispose](): void {
    this.close();
  }

  /**
   * Joins readings with what the file has of their day, digests it anew and reads it back. All or nothing; doing it again
   * changes nothing. `null` when there is no reading at all.
   */
  storeDay(input: DayToStore): DayStored | null {
    return this.storeDays([input])[0]!;
  }

  /** {@linkcode storeDay} for several days in one transaction: all of them or none. Each is asked for when the one before it is done with. */
  storeDays(inputs: Iterable<DayToStore>): (DayStored | null)[] {
    return guard(this.path, () => storeDays(this.#db, this.#own(inputs), () => damaged(this.path)));
  }

  *#own(inputs: Iterable<DayToStore>): Generator<DayToStore> {
    for (const input of inputs) {
      const { date } = input.day;
      if (this.path.endsWith(`.${date.slice(0, 4)}`)) yield input;
      else throw new RangeError(`${date} is no day of ${this.path}`);
    }
  }

  /** A day's row, `null` when nothing is known of it. */
  day(date: string): StoredDay | null {
    return this.days(date, date)[0] ?? null;
  }

  /** The days from one date to another, both included, in order. */
  days(fromDate: string, toDate: string): StoredDay[] {
    return guard(this.path, () => readDays(this.#db, fromDate, toDate));
  }

  /** The rows that start in [fromMs, toMs), in order. The file is not locked between them: take as long as you like. */
  *rows(level: Level, fromMs: number, toMs: number): Generator<PowerRow> {
    try {
      yield* readRows(this.#db, level, fromMs, toMs);
    } catch (error) {
      throw asYearFileError(this.path, error);
    }
  }

  /** The same at once, each in the order of its columns; holds up whoever waits for half of the time. */
  rowValues(level: Level, fromMs: number, toMs: number): readonly RowValues[] {
    return guard(this.path, () => readRowValues(this.#db, level, fromMs, toMs));
  }

  /** A day's readings from one source in the order of their times, `null` when there are none. */
  readings(date: string, source: Source = "measured"): HeldReadings | null {
    return guard(this.path, () => readReadings(this.#db, date, source));
  }

  /** The same without an object for each: in three quarters of the time, and with no garbage to collect. */
  columns(date: string, source: Source): HeldColumns | null {
    return guard(this.path, () => readColumns(this.#db, date, source));
  }

  /** A day's last measured reading, `null` when there is none. */
  lastReading(date: string): Reading | null {
    return guard(this.path, () => readLast(this.#db, date));
  }

  /** The highest power of the history rows that touch [fromMs, toMs), `null` when there are none. */
  highestWatts(fromMs: number, toMs: number): number | null {
    return guard(this.path, () => readHighest(this.#db, fromMs, toMs));
  }

  /** The alarm's episodes from one date to another, both included, in order. */
  episodes(fromDate: string, toDate: string): DayEpisode[] {
    return guard(this.path, () => readEpisodes(this.#db, fromDate, toDate));
  }

  /** The probable cut-offs whose last reading lies in [fromMs, toMs), in order. */
  cutOffs(fromMs: number, toMs: number): DatedCutOff[] {
    return guard(this.path, () => readCutOffs(this.#db, fromMs, toMs));
  }

  /** Notes a probable cut-off; doing it again changes nothing. Gives whether it is a new one. */
  addCutOff(cutOff: DatedCutOff): boolean {
    return guard(this.path, () => inTransaction(this.#db, () => writeCutOff(this.#db, cutOff)));
  }
}

function guard<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asYearFileError(path, error);
  }
}
