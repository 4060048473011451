import type { DatabaseSync } from "node:sqlite";
import { ABOUT } from "./year_about.ts";
import { damaged, YearFileError } from "./year_error.ts";
import { APPLICATION_ID } from "./year_schema.ts";

/**
 * Looks whether the file is ours, whole and of a version we know, before anything is written to it.
 *
 * @param isOnlyRead leaves out the look at each page, which takes longer than most questions, unless the schema is to
 * be brought up to date
 */
export function identify(
  db: DatabaseSync,
  path: string,
  newestVersion: number,
  isOnlyRead = false,
): void {
  const objects = number(db, "SELECT count(*) FROM sqlite_schema");
  const version = number(db, "PRAGMA user_version");
  const { size } = Deno.statSync(path);
  // New, or a crash while it was being made left it empty.
  if (size === 0) return;
  // SQLite takes the first bytes of a copy for an empty file, and fills up its last page.
  if (size !== number(db, "PRAGMA page_count") * number(db, "PRAGMA page_size")) {
    throw damaged(path);
  }
  if (number(db, "PRAGMA application_id") !== APPLICATION_ID) {
    const remedy = "move it away, or take a file of the origin over with the task import";
    throw new YearFileError(
      "foreign",
      path,
      `the file is no yearly file of this program; ${remedy}`,
    );
  }
  if (version > newestVersion) {
    throw new YearFileError("newer", path, "a later version made the file; install that version");
  }
  if (isOnlyRead && objects > 0 && version === newestVersion) return;
  const check = db.prepare("PRAGMA quick_check(1)").get();
  if (objects === 0 || Object.values(check ?? {})[0] !== "ok") throw damaged(path);
}

/** Brings an empty or older file to the newest version of the schema in one transaction: all steps or none. */
export function migrate(db: DatabaseSync, steps: readonly string[]): void {
  if (number(db, "PRAGMA user_version") === steps.length) return;
  inTransaction(db, () => {
    // Another process may have done it while this one waited for the lock.
    const version = number(db, "PRAGMA user_version");
    for (const step of steps.slice(version)) db.exec(step);
    const explain = db.prepare(
      "INSERT OR REPLACE INTO about (topic, since, text) VALUES (?, '', ?)",
    );
    for (const [topic, text] of Object.entries(ABOUT)) explain.run(topic, text);
    db.exec(`PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = ${steps.length}`);
  });
}

/** Does all of `work`'s writing or none of it; `DEFERRED` for reading alone, while nobody else writes. */
export function inTransaction<T>(
  db: DatabaseSync,
  work: () => T,
  mode: "IMMEDIATE" | "DEFERRED" = "IMMEDIATE",
): T {
  db.exec(`BEGIN ${mode}`);
  try {
    const result = work();
    db.exec("COMMIT");
    return result;
  } catch (error) {
    // A full disk has rolled back by itself.
    if (db.isTransaction) db.exec("ROLLBACK");
    throw error;
  }
}

function number(db: DatabaseSync, sql: string): number {
  return Number(Object.values(db.prepare(sql).get() ?? {})[0]);
}
