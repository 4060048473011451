import { DatabaseSync } from "node:sqlite";
import { diskProblem } from "../store/disk_problem.ts";
import type { Source } from "../store/digest.ts";
import { asYearFileError, damaged, YearFileError } from "../store/year_error.ts";
import { identify, inTransaction } from "../store/year_open.ts";
import { readReadings } from "../store/year_read.ts";
import { SCHEMA } from "../store/year_schema.ts";
import type { YearFacts } from "./years.ts";

/** A writer is done in milliseconds. */
const BUSY_MS = 500;
const MOST_UNPACKED = 12;

/** Looks whether a yearly file is whole. It is only read, and for as short a time as may be kept from being written. */
export async function checkYear(path: string): Promise<YearFacts> {
  // From the disk to memory while nothing is locked: the check then takes milliseconds.
  try {
    using file = await Deno.open(path, { read: true });
    for (const bytes = new Uint8Array(1 << 20); await file.read(bytes) !== null;);
    return { path, ...look(path), problem: null, isBusy: false };
  } catch (error) {
    const named = asYearFileError(path, error);
    const problem = diskProblem(path, named);
    return { path, days: 0, unpacked: 0, problem, isBusy: isBusy(path, named) };
  }
}

/** A read-only connection can neither wait for a long writer nor roll back what a crash left half-written. */
function isBusy(path: string, error: unknown): boolean {
  if (!(error instanceof YearFileError)) return false;
  return error.problem === "busy" || (error.problem === "disk" && hasJournal(path));
}

function hasJournal(path: string): boolean {
  try {
    return Deno.statSync(`${path}-journal`).size > 0;
  } catch {
    return false;
  }
}

function look(path: string): { readonly days: number; readonly unpacked: number } {
  const db = new DatabaseSync(path, { readOnly: true });
  try {
    // Deno 2.9 heeds the option `timeout` only where it may write.
    db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
    inTransaction(db, () => identify(db, path, SCHEMA.length), "DEFERRED");
    // In any version of the schema: nothing is brought to the newest here.
    const days = db.prepare("SELECT date, source FROM days ORDER BY date DESC")
      .all() as unknown as readonly { readonly date: string; readonly source: Source }[];
    const sample = days.filter((_, i) => i % Math.ceil(days.length / MOST_UNPACKED) === 0);
    for (const { date, source } of sample) {
      if (readReadings(db, date, source) === null) throw damaged(path);
    }
    return { days: days.length, unpacked: sample.length };
  } finally {
    db.close();
  }
}
