import type { DatabaseSync, StatementSync } from "node:sqlite";

const prepared = new WeakMap<DatabaseSync, Map<string, StatementSync>>();

/**
 * A statement, prepared once for a connection: to make a new one costs more than to run most, and its memory stays until
 * the garbage collector finds it. Run it to its end each time, so that it holds no lock.
 */
export function statement(db: DatabaseSync, sql: string): StatementSync {
  const ofDb = prepared.get(db) ?? new Map<string, StatementSync>();
  prepared.set(db, ofDb);
  const known = ofDb.get(sql) ?? db.prepare(sql);
  ofDb.set(sql, known);
  return known;
}
