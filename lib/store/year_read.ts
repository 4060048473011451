import { statement } from "./statement.ts";
import type { DatabaseSync, SQLInputValue, StatementSync } from "node:sqlite";
import type { PowerRow } from "../minute_sums.ts";
import type { Reading, ReadingColumns } from "../reading.ts";
import type { Band } from "../tariff.ts";
import type { DayRow, HeldReadings, Source } from "./digest.ts";
import { unpack, unpackColumns } from "./pack.ts";

/** A day's row. */
export interface StoredDay extends DayRow {
  /** IANA name of the zone whose day it is. */
  readonly zone: string;
}

/** The resolutions that are stored as rows. */
export type Level = "history" | "sixHourly";

/** The table of each level. */
export const LEVEL_TABLES: Readonly<Record<Level, string>> = {
  history: "history",
  sixHourly: "six_hourly",
};

/** Rows that one statement fetches: between statements nothing of the file is locked. */
const CHUNK_ROWS = 1000;

const DAY_COLUMNS = `date, zone, start_ms AS startMs, end_ms AS endMs, wh, mean_watts AS meanWatts,
  min_watts AS minWatts, max_watts AS maxWatts, max_at_ms AS maxAt, covered_s AS coveredS, readings,
  base_load_watts AS baseLoadWatts, source, f1_wh AS f1, f2_wh AS f2, f3_wh AS f3`;

const ROW_COLUMNS = "start_ms, seconds, mean_watts, min_watts, max_watts, covered_s";

/** A row in the order of its columns. */
export type RowValues = readonly [
  startMs: number,
  seconds: number,
  meanWatts: number,
  minWatts: number,
  maxWatts: number,
  coveredS: number,
];

type DayColumns = Omit<StoredDay, "bandsWh"> & Readonly<Record<Band, number | null>>;

/** The days from one date to another, both included, in order. */
export function readDays(db: DatabaseSync, fromDate: string, toDate: string): StoredDay[] {
  const where = "WHERE date >= ? AND date <= ? ORDER BY date";
  const rows = all<DayColumns>(db, `SELECT ${DAY_COLUMNS} FROM days ${where}`, fromDate, toDate);
  return rows.map(({ f1, f2, f3, ...day }) => ({
    ...day,
    bandsWh: f1 === null || f2 === null || f3 === null ? null : { f1, f2, f3 },
  }));
}

/** A day's last measured reading, without unpacking the others. */
export function readLast(db: DatabaseSync, date: string): Reading | null {
  const sql = `SELECT last_at_ms AS at, last_watts AS watts FROM days
    WHERE date = ? AND last_at_ms IS NOT NULL`;
  return all<Reading>(db, sql, date)[0] ?? null;
}

/** The end of the newest day before a date and the start of the oldest day after it, where there are such. */
export function readNeighbours(db: DatabaseSync, date: string): { endMs: number; startMs: number } {
  const sql = `SELECT (SELECT max(end_ms) FROM days WHERE date < ?) AS endMs,
    (SELECT min(start_ms) FROM days WHERE date > ?) AS startMs`;
  const [found] = all<{ endMs: number | null; startMs: number | null }>(db, sql, date, date);
  return { endMs: found?.endMs ?? -Infinity, startMs: found?.startMs ?? Infinity };
}

/** The rows that start in [fromMs, toMs), in order. */
export function* readRows(
  db: DatabaseSync,
  level: Level,
  fromMs: number,
  toMs: number,
): Generator<PowerRow> {
  const sql = `SELECT ${ROW_COLUMNS} FROM ${LEVEL_TABLES[level]}
    WHERE start_ms >= ? AND start_ms < ? ORDER BY start_ms LIMIT ${CHUNK_ROWS}`;
  for (let nextMs = fromMs;;) {
    const rows = arrays<RowValues>(db, sql, nextMs, toMs);
    for (const row of rows) yield powerRow(row);
    const last = rows.at(-1);
    if (!last || rows.length < CHUNK_ROWS) return;
    nextMs = last[0] + 1;
  }
}

/** The rows that start in [fromMs, toMs) at once, in order: for few, and for who can do without an object for each. */
export function readRowValues(
  db: DatabaseSync,
  level: Level,
  fromMs: number,
  toMs: number,
): readonly RowValues[] {
  const sql = `SELECT ${ROW_COLUMNS} FROM ${LEVEL_TABLES[level]}
    WHERE start_ms >= ? AND start_ms < ? ORDER BY start_ms`;
  return arrays<RowValues>(db, sql, fromMs, toMs);
}

function powerRow(
  [startMs, seconds, meanWatts, minWatts, maxWatts, coveredS]: RowValues,
): PowerRow {
  const endMs = startMs + seconds * 1000;
  return { startMs, endMs, meanWatts, minWatts, maxWatts, coveredS };
}

/** A day's readings from one source, `null` when there are none. Throws PackError when they are damaged. */
export function readReadings(db: DatabaseSync, date: string, source: Source): HeldReadings | null {
  const found = readPack(db, date, source);
  return found && { holdMs: found.holdMs, readings: unpack(found.packed) };
}

/** A day's readings in columns, and how long each holds when no next one comes. */
export interface HeldColumns extends ReadingColumns {
  readonly holdMs: number;
}

/** The same in columns. */
export function readColumns(
  db: DatabaseSync,
  date: string,
  source: Source,
): HeldColumns | null {
  const found = readPack(db, date, source);
  return found && { holdMs: found.holdMs, ...unpackColumns(found.packed) };
}

/** The same, packed. */
export function readPack(
  db: DatabaseSync,
  date: string,
  source: Source,
): { readonly holdMs: number; readonly packed: Uint8Array } | null {
  const sql = `SELECT hold_ms AS holdMs, readings AS packed FROM packs
    WHERE date = ? AND source = ?`;
  return all<{ holdMs: number; packed: Uint8Array }>(db, sql, date, source)[0] ?? null;
}

/** A dated fact of the `about` table. */
export interface Fact {
  readonly since: string;
  readonly text: string;
}

/** What is known of a topic, the newest last. */
export function readFacts(db: DatabaseSync, topic: string): Fact[] {
  return all<Fact>(db, "SELECT since, text FROM about WHERE topic = ? ORDER BY since", topic);
}

/** Runs a statement to its end, so that none stays open. */
function all<Row>(db: DatabaseSync, sql: string, ...values: SQLInputValue[]): Row[] {
  return statement(db, sql).all(...values) as unknown as Row[];
}

/** The same by the order of the columns, in half of the time. */
function arrays<Row>(db: DatabaseSync, sql: string, ...values: SQLInputValue[]): Row[] {
  // Deno 2.9 has it, its types do not (node:sqlite, added in v24.0.0).
  const prepared = statement(db, sql) as StatementSync & { setReturnArrays(on: boolean): void };
  prepared.setReturnArrays(true);
  return prepared.all(...values) as unknown as Row[];
}
