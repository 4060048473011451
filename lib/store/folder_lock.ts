import { resolve } from "node:path";
import { systemClock } from "../clock.ts";
import { UserError } from "../user_error.ts";
import { openMakingFolder } from "./append.ts";
import { diskProblem } from "./disk_problem.ts";

/** A lock that this process holds until it is disposed of or the process ends, however it ends. */
export type FolderLock = Disposable;

/** Held while the journal's files are moved or read for good: by flush, digest, import and backup, in any process. */
export const JOURNAL_LOCK = "journal.lock";

const SERVICE_LOCK = "service.lock";
const TRY_AGAIN_MS = 20;

/** How long a lock is worth waiting for. */
export interface LockPatience {
  /** Infinity by default. */
  readonly patienceMs?: number;
  /** Ends the wait. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Waits until no other process holds the lock `name` of `folder`. By asking again and again: a wait in the kernel could
 * not be given up. Throws a {@linkcode UserError} when patience has run out, and the signal's reason when that aborts.
 */
export async function lockFolder(
  folder: string,
  name: string,
  { patienceMs = Infinity, signal = new AbortController().signal }: LockPatience = {},
): Promise<FolderLock> {
  const file = await openMakingFolder(`${folder}/${name}`);
  const startMs = systemClock.monoMs();
  try {
    while (!await file.tryLock(true)) {
      if (systemClock.monoMs() - startMs >= patienceMs) throw heldError(folder, name, patienceMs);
      await systemClock.sleep(TRY_AGAIN_MS, signal);
      signal.throwIfAborted();
    }
    return file;
  } catch (error) {
    file.close();
    throw error;
  }
}

function heldError(folder: string, name: string, patienceMs: number): UserError {
  return new UserError(
    `Another program has held ${folder}/${name} for ${patienceMs / 1000} s: ` +
      "let its digest, import or backup finish, or stop it.",
  );
}

/**
 * Held by the service for as long as it runs, and tells commands beside it where its spool lies. Throws a
 * {@linkcode UserError} when a second service is to start on the same folder; a disk that takes no lock at all is told
 * to `warn`, and does not keep the readings from being shown.
 */
export async function lockService(
  folder: string,
  spoolDir: string,
  warn: (sentence: string) => void,
): Promise<FolderLock> {
  let file: Deno.FsFile | undefined;
  let isFree: boolean;
  try {
    file = await openMakingFolder(`${folder}/${SERVICE_LOCK}`);
    isFree = await file.tryLock(true);
  } catch (error) {
    file?.close();
    warn(diskProblem(folder, error));
    return { [Symbol.dispose]() {} };
  }
  if (isFree) {
    await Deno.writeTextFile(`${folder}/${SERVICE_LOCK}`, resolve(spoolDir)).catch(() => {});
    return file;
  }
  file.close();
  throw new UserError(
    `Another MCCE already runs on ${folder}: stop that one first, or set JOURNAL_DIR to a folder of its own.`,
  );
}

/** The file that the service keeps locked, whose journal lies in `folder`. */
export function serviceLockPath(folder: string): string {
  return `${folder}/${SERVICE_LOCK}`;
}

/** Where the spool of the service lies that runs on `folder` or did last; `null` when that is not known. */
export async function serviceSpoolDir(folder: string): Promise<string | null> {
  const text = await Deno.readTextFile(`${folder}/${SERVICE_LOCK}`).catch(() => "");
  return text || null;
}
