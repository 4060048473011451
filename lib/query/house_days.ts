import type { Piece } from "./curve.ts";
import type { DayTable, KnownDay } from "./day_table.ts";
import type { FreshDay, FreshDays } from "./fresh_days.ts";
import { UserError } from "../user_error.ts";
import type { YearTables } from "./year_tables.ts";

/** A local day of which something is known; each is looked up when it is asked for. */
export interface DayEntry {
  readonly date: string;
  readonly day: KnownDay;
  /** Of the day only what a power curve takes. */
  readonly piece: Piece;
  readonly sixHourly: readonly Piece[];
  /** `null` where the yearly file has all of the day. */
  readonly fresh: FreshDay | null;
  /** Where it stands in its year, `null` where it is fresh. */
  readonly stored: { readonly table: DayTable; readonly index: number } | null;
}

/** What the days are put together from. */
export interface HouseDaysOptions {
  readonly fresh: FreshDays;
  readonly tables: YearTables;
  readonly pause: () => Promise<void>;
  /** Told, in one line, of a day of the journal that cannot be read. */
  readonly onProblem: (sentence: string) => void;
}

/** All days of the house, wherever they rest. */
export class HouseDays {
  readonly #options: HouseDaysOptions;

  constructor(options: HouseDaysOptions) {
    this.#options = options;
  }

  /** The days from one date to another, both included, in order. Throws YearFileError. */
  async between(
    fromDate: string,
    toDate: string,
    onProblem = this.#options.onProblem,
  ): Promise<DayEntry[]> {
    const { tables, pause } = this.#options;
    // The journal first: readings move from there to the yearly files, and so none is missed.
    const fresh = await this.#freshBetween(fromDate, toDate, onProblem);
    const entries: DayEntry[] = [];
    for (const year of tables.years()) {
      if (year < yearOf(fromDate) || year > yearOf(toDate)) continue;
      await pause();
      const table = await tables.of(year);
      if (table) addStored(entries, table, fromDate, toDate, fresh);
    }
    if (fresh.size === 0) return entries;
    entries.push(...[...fresh.values()].map(freshEntry));
    return entries.sort((a, b) => a.date < b.date ? -1 : 1);
  }

  /** The oldest date of which anything is known, `null` when there is none. */
  async firstDate(): Promise<string | null> {
    const { tables, fresh } = this.#options;
    const [oldestFresh = fresh.today.date] = await fresh.dates();
    for (const year of tables.years()) {
      const stored = await this.#storedDates(year);
      if (stored) return oldestFresh < stored.first ? oldestFresh : stored.first;
    }
    // Today is among the fresh dates whether it has a reading or not.
    return oldestFresh !== fresh.today.date || await this.#fresh(oldestFresh) ? oldestFresh : null;
  }

  /** The newest date of which anything is known, `null` when there is none. */
  async lastDate(): Promise<string | null> {
    const { tables, fresh } = this.#options;
    const { date } = fresh.today;
    if (await this.#fresh(date)) return date;
    const newestFresh = (await fresh.dates()).at(-2) ?? "";
    for (const year of tables.years().toReversed()) {
      const stored = await this.#storedDates(year);
      if (stored) return newestFresh > stored.last ? newestFresh : stored.last;
    }
    return newestFresh || null;
  }

  /** A year's first and last day; all of it when its file cannot be read, so that who asks for that is told why. */
  async #storedDates(year: number): Promise<{ first: string; last: string } | null> {
    try {
      const table = await this.#options.tables.of(year);
      const [first, last] = [table?.date(0), table?.date(table.length - 1)];
      return first && last ? { first, last } : null;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const name = String(year).padStart(4, "0");
      return { first: `${name}-01-01`, last: `${name}-12-31` };
    }
  }

  async #freshBetween(
    fromDate: string,
    toDate: string,
    onProblem: HouseDaysOptions["onProblem"],
  ): Promise<Map<string, FreshDay>> {
    const found = new Map<string, FreshDay>();
    for (const date of await this.#options.fresh.dates()) {
      if (date < fromDate || date > toDate) continue;
      const day = await this.#fresh(date, onProblem);
      if (day) found.set(date, day);
    }
    return found;
  }

  /** A file of the journal that cannot be read costs its own day. */
  async #fresh(date: string, onProblem = this.#options.onProblem): Promise<FreshDay | null> {
    try {
      return await this.#options.fresh.day(date);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      onProblem(`the readings of ${date} cannot be read: ${reason}`);
      return null;
    }
  }
}

/** A day in a table: of thousands, an object each with its numbers would cost more than all else. */
class StoredEntry implements DayEntry {
  readonly fresh = null;

  constructor(readonly table: DayTable, readonly index: number) {}

  get stored() {
    return this;
  }

  get date(): string {
    return this.table.date(this.index)!;
  }

  get day(): KnownDay {
    return this.table.day(this.index);
  }

  get piece(): Piece {
    return this.table.piece(this.index);
  }

  get sixHourly(): readonly Piece[] {
    return this.table.sixHourly(this.index);
  }
}

function freshEntry(fresh: FreshDay): DayEntry {
  const { day, sixHourly } = fresh;
  return { date: day.date, day, piece: day, sixHourly, fresh, stored: null };
}

function addStored(
  entries: DayEntry[],
  table: DayTable,
  fromDate: string,
  toDate: string,
  fresh: ReadonlyMap<string, FreshDay>,
): void {
  for (let i = table.indexFrom(fromDate);; i++) {
    const date = table.date(i);
    if (date === undefined || date > toDate) return;
    if (fresh.has(date)) continue;
    entries.push(new StoredEntry(table, i));
  }
}

function yearOf(date: string): number {
  return Number(date.slice(0, 4));
}
