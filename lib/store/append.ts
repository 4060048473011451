import { wholeLinesSize } from "./line_file.ts";

/**
 * Appends whole lines to a file, making it and its folder where they are missing: all of them or, when the disk refuses,
 * none. A last line that an earlier power cut left torn is cut off first.
 *
 * @param options.durable waits until the disk has them (fdatasync)
 * @returns the file's size before, for {@linkcode takeBack}
 */
export async function appendLines(
  path: string,
  text: string,
  options: { readonly durable: boolean },
): Promise<number> {
  using file = await openMakingFolder(path);
  const size = await wholeLinesSize(file);
  try {
    if (size !== (await file.stat()).size) await file.truncate(size);
    await file.seek(size, Deno.SeekMode.Start);
    await writeAll(file, new TextEncoder().encode(text));
    if (options.durable) await file.syncData();
    // POSIX leaves a new file's name out of what its own sync makes durable.
    if (options.durable && size === 0) await syncFolder(folderOf(path));
  } catch (error) {
    await takeBack(path, size);
    throw error;
  }
  return size;
}

/** Gives a file the size that it had before {@linkcode appendLines}, as far as the disk allows; an empty one goes. */
export async function takeBack(path: string, sizeBefore: number): Promise<void> {
  const done = sizeBefore === 0 ? Deno.remove(path) : Deno.truncate(path, sizeBefore);
  await done.catch(() => {});
}

/** Waits until the disk has the names of a folder's files. */
export async function syncFolder(folder: string): Promise<void> {
  using opened = await Deno.open(folder, { read: true });
  await opened.sync();
}

/** Opens a file for reading and writing, and makes it and its folder where they are missing. */
export async function openMakingFolder(path: string): Promise<Deno.FsFile> {
  const open = () => Deno.open(path, { read: true, write: true, create: true });
  try {
    return await open();
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    await Deno.mkdir(folderOf(path), { recursive: true });
    return await open();
  }
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/") + 1) || ".";
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += await file.write(bytes.subarray(written));
  }
}
