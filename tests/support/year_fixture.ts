import { DatabaseSync } from "node:sqlite";
import { dayBounds } from "../../lib/calendar.ts";
import type { Reading } from "../../lib/reading.ts";
import type { YearFile } from "../../lib/store/year_file.ts";
import type { DayStored, DayToStore } from "../../lib/store/year_store.ts";
import { houseDay } from "./house_day.ts";

export const ROME = "Europe/Rome";

/** Readings that a house's display gives over a local day, all within it. */
export function localHouseDay(date: string, zone = ROME, seed = 1): Reading[] {
  const { startMs, endMs } = dayBounds(date, zone);
  const hours = (endMs - startMs) / 3_600_000;
  return houseDay({ startMs, hours, seed }).filter(({ at }) => at >= startMs && at < endMs);
}

/** Stores measured readings as the digest would. */
export function store(
  file: YearFile,
  date: string,
  readings: readonly Reading[],
  options: Partial<DayToStore> & { readonly zone?: string } = {},
): DayStored | null {
  const { zone = ROME } = options;
  return file.storeDay({
    day: dayBounds(date, zone),
    zone,
    readings,
    source: "measured",
    holdMs: 15_000,
    carriedIn: null,
    minTimeRes: 15,
    ...options,
  });
}

/** What any SQLite tool reads from a file. */
export function query(path: string, sql: string): Record<string, unknown>[] {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    return db.prepare(sql).all().map((row) => ({ ...row }));
  } finally {
    db.close();
  }
}

/** All that a file holds. */
export function contents(path: string): unknown {
  const tables = query(path, "SELECT type, name, sql FROM sqlite_schema ORDER BY name");
  const rows = ["about", "days", "history", "six_hourly", "packs", "episodes"].map((table) =>
    query(path, `SELECT * FROM ${table} ORDER BY 1, 2`)
  );
  return [tables, rows];
}
