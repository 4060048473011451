import { backup, DatabaseSync } from "node:sqlite";
import { asYearFileError, damaged, YearFileError } from "../store/year_error.ts";

const BUSY_MS = 5_000;
/** Pages that are copied at a time: all of a yearly file, so that no writer comes between. */
const PAGES = 1_000_000;

/**
 * Copies a yearly file as it stands between two transactions, and checks the copy with SQLite's `integrity_check`. Throws
 * {@linkcode YearFileError}: `damaged` for a file that is not whole, `disk` when the copy finds no room.
 */
export async function copyYear(path: string, copy: string): Promise<void> {
  try {
    // Not read-only: what a crash left beside the file has to be rolled back first.
    const source = new DatabaseSync(path, { timeout: BUSY_MS });
    try {
      await backup(source, copy, { rate: PAGES });
    } finally {
      source.close();
    }
    const db = new DatabaseSync(copy, { readOnly: true });
    try {
      const [verdict] = Object.values(db.prepare("PRAGMA integrity_check(1)").get() ?? {});
      if (verdict !== "ok") throw damaged(path);
    } finally {
      db.close();
    }
  } catch (error) {
    const named = asYearFileError(path, error);
    // It is the copy's disk then: the file itself is only read.
    const isDisk = named instanceof YearFileError && named.problem === "disk";
    throw isDisk ? asYearFileError(copy, error) : named;
  }
}
