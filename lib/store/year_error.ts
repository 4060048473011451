import { UserError } from "../user_error.ts";
import { PackError } from "./pack.ts";

/**
 * `damaged`: not whole, left as it is. `foreign`: a file of another program. `newer`: made by a later version of this
 * one. `busy`: another process keeps it locked. `disk`: the disk refuses.
 */
export type YearFileProblem = "damaged" | "foreign" | "newer" | "busy" | "disk";

/** What is wrong with a yearly file, in one sentence that names it and the remedy. */
export class YearFileError extends UserError {
  constructor(
    readonly problem: YearFileProblem,
    readonly path: string,
    reason: string,
    options?: ErrorOptions,
  ) {
    super(`${path}: ${reason}`, options);
  }
}

const DAMAGED =
  "the file is damaged and was left as it is; move it away and put its copy from a backup there";

/** By SQLite's messages (sqlite3_errstr), since node:sqlite gives the code with some calls only. */
const REASONS: readonly [message: RegExp, problem: YearFileProblem, reason: string][] = [
  [/malformed|is not a database/, "damaged", DAMAGED],
  [/is locked/, "busy", "another program keeps the file locked; close it there and try again"],
  [/is full/, "disk", "no room is left on the disk"],
  [/readonly/, "disk", "the file or its folder may not be written by this user"],
  [/unable to open/, "disk", "the file cannot be opened; look at its folder and permissions"],
  [/disk I\/O error/, "disk", "the disk has an input/output error"],
];

/** What SQLite threw, as a {@linkcode YearFileError} where it is one; anything else as it is. */
export function asYearFileError(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof YearFileError) return error;
  if (error instanceof PackError) return damaged(path, error);
  const found = REASONS.find(([message]) => message.test(error.message));
  if (!found || !("code" in error) || error.code !== "ERR_SQLITE_ERROR") return error;
  return new YearFileError(found[1], path, found[2], { cause: error });
}

/** Something in the file is not as it was written. */
export function damaged(path: string, cause?: unknown): YearFileError {
  return new YearFileError("damaged", path, DAMAGED, { cause });
}
