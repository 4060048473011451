/** A lock that this process holds until it is disposed of or the process ends, however it ends. */
export type FolderLock = Disposable;

/** Held while the journal's files are moved or read for good: by flush, digest, import and backup, in any process. */
export const JOURNAL_LOCK = "journal.lock";

/** Held by the service for as long as it runs, so that a second one on the same folder does not start. */
export const SERVICE_LOCK = "service.lock";

/** Waits until no other process holds the lock `name` of `folder`. */
export async function lockFolder(folder: string, name: string): Promise<FolderLock> {
  const file = await openLock(folder, name);
  await file.lock(true);
  return file;
}

/** Takes the lock `name` of `folder`, or gives `null` when another process holds it. */
export async function tryLockFolder(folder: string, name: string): Promise<FolderLock | null> {
  const file = await openLock(folder, name);
  if (await file.tryLock(true)) return file;
  file.close();
  return null;
}

function openLock(folder: string, name: string): Promise<Deno.FsFile> {
  return Deno.open(`${folder}/${name}`, { read: true, write: true, create: true });
}
