import { DatabaseSync } from "node:sqlite";
import { dirname } from "node:path";
import type { LocalDay } from "../calendar.ts";
import type { Reading } from "../reading.ts";
import type { PowerRow } from "../minute_sums.ts";
import { type DayUnion, joinReadings } from "./day_union.ts";
import { digestDay, type HeldReadings, type Source } from "./digest.ts";
import { holds } from "./pack.ts";
import { asYearFileError, damaged } from "./year_error.ts";
import { identify, inTransaction, migrate } from "./year_open.ts";
import {
  type Level,
  readDays,
  readLast,
  readNeighbours,
  readPack,
  readReadings,
  readRows,
  type StoredDay,
} from "./year_read.ts";
import { SCHEMA } from "./year_schema.ts";
import { writeDigest, writeFacts, writeReadings } from "./year_write.ts";

/** How long to wait for another process's lock: the live loop waits along. */
const BUSY_MS = 1000;

const NO_READINGS: HeldReadings = { readings: [], holdMs: 0 };

/** What {@linkcode YearFile.storeDay} takes: readings of a day from one source, in any order. */
export interface DayToStore extends HeldReadings {
  readonly day: LocalDay;
  readonly zone: string;
  readonly source: Source;
  /** The last measured reading before the day. */
  readonly carriedIn: Reading | null;
  readonly minTimeRes: number;
  /** Kept in `about` with the date from which they hold: `{ limits: "3300:180m" }`. */
  readonly facts?: Readonly<Record<string, string>>;
}

/** What became of a day. */
export interface DayStored extends Pick<DayUnion, "added" | "conflicts"> {
  readonly day: StoredDay;
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
  static open(path: string): YearFile {
    return guard(path, () => {
      Deno.mkdirSync(dirname(path), { recursive: true });
      const db = new DatabaseSync(path, { timeout: BUSY_MS });
      try {
        inTransaction(db, () => identify(db, path, SCHEMA.length), "DEFERRED");
        // One file to copy, also while the service runs; EXTRA makes the journal's removal durable as well.
        db.exec("PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA");
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

  /** {@linkcode storeDay} for several days in one transaction, since a disk takes its time for each: all of them or none. */
  storeDays(inputs: readonly DayToStore[]): (DayStored | null)[] {
    for (const { day: { date } } of inputs) {
      if (this.path.endsWith(`.${date.slice(0, 4)}`)) continue;
      throw new RangeError(`${date} is no day of ${this.path}`);
    }
    return guard(this.path, () => {
      const unions = inTransaction(this.#db, () => inputs.map((input) => this.#writeUnion(input)));
      // Without pages in memory it comes from the file.
      this.#db.exec("PRAGMA shrink_memory");
      return inputs.map((input, i) => this.#readBack(input, unions[i]!));
    });
  }

  #readBack({ day: { date }, source }: DayToStore, union: DayUnion): DayStored | null {
    if (union.readings.length === 0) return null;
    const back = readPack(this.#db, date, source);
    if (!back || !holds(back.packed, union.readings)) throw damaged(this.path);
    return { day: this.day(date)!, added: union.added, conflicts: union.conflicts };
  }

  #writeUnion(input: DayToStore): DayUnion {
    const { day: { date }, zone, source } = input;
    const known: Record<Source, HeldReadings | null> = {
      measured: readReadings(this.#db, date, "measured"),
      origin: readReadings(this.#db, date, "origin"),
    };
    const union = joinReadings(source, known[source], input);
    if (union.readings.length === 0) return union;
    known[source] = union;
    const { measured, origin } = known;
    const day = extent(input.day, this.day(date), readNeighbours(this.#db, date));
    const digest = digestDay({ ...input, day, measured: measured ?? NO_READINGS, origin });
    writeDigest(this.#db, digest!, zone);
    writeReadings(this.#db, date, source, union);
    writeFacts(this.#db, date, { zone, ...input.facts });
    return union;
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

  /** A day's readings from one source in the order of their times, `null` when there are none. */
  readings(date: string, source: Source = "measured"): HeldReadings | null {
    return guard(this.path, () => readReadings(this.#db, date, source));
  }

  /** A day's last measured reading, `null` when there is none. */
  lastReading(date: string): Reading | null {
    return guard(this.path, () => readLast(this.#db, date));
  }
}

/** TIME_ZONE may have been corrected meanwhile: a stored day keeps its time, and none takes that of a neighbour. */
function extent(
  { date, startMs, endMs }: LocalDay,
  known: StoredDay | null,
  neighbours: { readonly endMs: number; readonly startMs: number },
): LocalDay {
  return {
    date,
    startMs: Math.max(Math.min(startMs, known?.startMs ?? startMs), neighbours.endMs),
    endMs: Math.min(Math.max(endMs, known?.endMs ?? endMs), neighbours.startMs),
  };
}

function guard<T>(path: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw asYearFileError(path, error);
  }
}
