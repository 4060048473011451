import { UserError } from "../user_error.ts";
import { diskProblem } from "./disk_problem.ts";

/** A lock that this process holds until it is disposed of or the process ends, however it ends. */
export type FolderLock = Disposable;

/** Held while the journal's files are moved or read for good: by flush, digest, import and backup, in any process. */
export const JOURNAL_LOCK = "journal.lock";

const SERVICE_LOCK = "service.lock";

/** Waits until no other process holds the lock `name` of `folder`. */
export async function lockFolder(folder: string, name: string): Promise<FolderLock> {
  const file = await openLock(folder, name);
  await file.lock(true);
  return file;
}

/**
 * Held by the service for as long as it runs. Throws a {@linkcode UserError} when a second service is to start on the
 * same folder; a disk that takes no lock at all is told to `warn`, and does not keep the readings from being shown.
 */
export async function lockService(
  folder: string,
  warn: (sentence: string) => void,
): Promise<FolderLock> {
  let file: Deno.FsFile;
  try {
    file = await openLock(folder, SERVICE_LOCK);
  } catch (error) {
    warn(diskProblem(folder, error));
    return { [Symbol.dispose]() {} };
  }
  if (await file.tryLock(true)) return file;
  file.close();
  throw new UserError(
    `Another MCCE already runs on ${folder}: stop that one first, or set JOURNAL_DIR to a folder of its own.`,
  );
}

async function openLock(folder: string, name: string): Promise<Deno.FsFile> {
  await Deno.mkdir(folder, { recursive: true });
  return await Deno.open(`${folder}/${name}`, { read: true, write: true, create: true });
}
