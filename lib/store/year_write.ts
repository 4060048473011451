import { statement } from "./statement.ts";
import type { DatabaseSync } from "node:sqlite";
import { timeLabels } from "../calendar.ts";
import type { PowerRow } from "../minute_sums.ts";
import type { Digest, Source } from "./digest.ts";
import { LEVEL_TABLES, readFacts } from "./year_read.ts";
import { dayView } from "./year_schema.ts";

const INSERT_DAY = `INSERT OR REPLACE INTO days (date, zone, start_ms, end_ms, wh, mean_watts,
  min_watts, max_watts, max_at_ms, covered_s, readings, last_at_ms, last_watts, base_load_watts,
  source, f1_wh, f2_wh, f3_wh) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;

/** Puts a day's row, its rows and its view in the place of what was stored of them. */
export function writeDigest(db: DatabaseSync, digest: Digest, zone: string): void {
  const { day, last, history, sixHourly } = digest;
  statement(db, INSERT_DAY)
    .run(
      day.date,
      zone,
      day.startMs,
      day.endMs,
      day.wh,
      day.meanWatts,
      day.minWatts,
      day.maxWatts,
      day.maxAt,
      day.coveredS,
      day.readings,
      last?.at ?? null,
      last?.watts ?? null,
      day.baseLoadWatts,
      day.source,
      day.bandsWh?.f1 ?? null,
      day.bandsWh?.f2 ?? null,
      day.bandsWh?.f3 ?? null,
    );
  for (const [level, rows] of [["history", history], ["sixHourly", sixHourly]] as const) {
    statement(db, `DELETE FROM ${LEVEL_TABLES[level]} WHERE start_ms >= ? AND start_ms < ?`)
      .run(day.startMs, day.endMs);
    writeRows(db, LEVEL_TABLES[level], rows, zone);
  }
  db.exec(dayView(day.date));
}

/** Puts a day's packed readings from one source in the place of those that were stored. */
export function writePack(
  db: DatabaseSync,
  date: string,
  source: Source,
  { holdMs, packed }: { readonly holdMs: number; readonly packed: Uint8Array },
): void {
  statement(db, "INSERT OR REPLACE INTO packs VALUES (?, ?, ?, ?)")
    .run(date, source, holdMs, packed);
}

function writeRows(
  db: DatabaseSync,
  table: string,
  rows: readonly PowerRow[],
  zone: string,
): void {
  const insert = statement(db, `INSERT INTO ${table} VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const offset = offsets(zone);
  for (const { startMs, endMs, meanWatts, minWatts, maxWatts, coveredS } of rows) {
    const seconds = (endMs - startMs) / 1000;
    insert.run(startMs, seconds, offset(startMs), meanWatts, minWatts, maxWatts, coveredS);
  }
}

/** Notes from which date on facts hold that a reader in ten years will ask for; a day that comes late changes none. */
export function writeFacts(
  db: DatabaseSync,
  date: string,
  facts: Readonly<Record<string, string>>,
): void {
  const insert = statement(db, "INSERT INTO about (topic, since, text) VALUES (?, ?, ?)");
  for (const [topic, text] of Object.entries(facts)) {
    const newest = readFacts(db, topic).at(-1);
    if (!newest || (newest.text !== text && newest.since < date)) insert.run(topic, date, text);
  }
}

/** The seconds that local time is ahead of UTC. */
function offsets(zone: string): (atMs: number) => number {
  const { localTime } = timeLabels(zone);
  return (atMs) => (Date.parse(`${localTime(atMs)}Z`) - atMs) / 1000;
}
