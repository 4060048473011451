import { DatabaseSync } from "node:sqlite";
import { isDate } from "../calendar.ts";
import { APPLICATION_ID } from "../store/year_schema.ts";
import { OriginError } from "./origin_day.ts";
import type { OriginRow } from "./origin_tables.ts";

/** The origin may still run and write. */
const BUSY_MS = 2_000;

/** The origin's finest resolution is a minute: 1,441 rows. */
const MOST_ROWS = 2_000;

/** A yearly file `NAME.YYYY` of the origin, which is only read. All errors are {@linkcode OriginError}s. */
export class OriginFile implements Disposable {
  /** The days that it has a table of, in order. */
  readonly dates: readonly string[];
  /** What the origin's table `avg` tells, by date. */
  readonly kWh: ReadonlyMap<string, number>;
  readonly #db: DatabaseSync;

  constructor(path: string) {
    this.#db = guard(() => new DatabaseSync(path, { readOnly: true, timeout: BUSY_MS }));
    try {
      this.dates = guard(() => this.#check());
      this.kWh = guard(() => this.#avg());
    } catch (error) {
      this.#db.close();
      throw error;
    }
  }

  [Symbol.dispose](): void {
    this.#db.close();
  }

  /** The rows of a day's table. */
  rows(date: string): OriginRow[] {
    const rows = guard(() =>
      this.#arrays(`SELECT "index", "Wh" FROM "${date}" LIMIT ${MOST_ROWS}`)
    );
    if (rows.length === MOST_ROWS) throw new OriginError("it has too many rows for a day");
    return rows.map(([index, watts]) => [index, watts]);
  }

  #check(): string[] {
    const [[ours] = []] = this.#arrays("PRAGMA application_id");
    if (ours === APPLICATION_ID) {
      throw new OriginError("it is a yearly file of this program already");
    }
    const [[verdict] = []] = this.#arrays("PRAGMA quick_check(1)");
    if (verdict !== "ok") throw new OriginError(`it is damaged (${verdict})`);
    const dates = this.#tables().filter(isDate).sort();
    if (dates.length === 0) throw new OriginError("it has no table that is named by a day");
    return dates;
  }

  #avg(): Map<string, number> {
    if (!this.#tables().includes("avg")) return new Map();
    const rows = this.#arrays(`SELECT "index", "kWh" FROM avg`);
    return new Map(
      rows.flatMap(([index, kWh]): [string, number][] =>
        typeof index === "string" && typeof kWh === "number" ? [[index.slice(0, 10), kWh]] : []
      ),
    );
  }

  #tables(): string[] {
    return this.#arrays("SELECT name FROM sqlite_schema WHERE type = 'table'").map(String);
  }

  #arrays(sql: string): unknown[][] {
    return this.#db.prepare(sql).all().map((row) => Object.values(row));
  }
}

function guard<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Error) || error instanceof OriginError) throw error;
    throw new OriginError(`SQLite cannot read it (${error.message})`, { cause: error });
  }
}
