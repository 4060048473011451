const NEWLINE = 0x0a;
const CHUNK_BYTES = 4096;

/**
 * Appends whole lines to a file, creating it: all of them or, when the disk refuses, none. A last line that an earlier
 * power cut left torn is cut off first.
 *
 * @param options.durable waits until the disk has them (fdatasync)
 * @returns the file's size before, to take the append back with {@linkcode Deno.truncate}
 */
export async function appendLines(
  path: string,
  text: string,
  options: { readonly durable: boolean },
): Promise<number> {
  using file = await Deno.open(path, { read: true, write: true, create: true });
  const size = await wholeLinesSize(file);
  try {
    if (size !== (await file.stat()).size) await file.truncate(size);
    await file.seek(size, Deno.SeekMode.Start);
    await writeAll(file, new TextEncoder().encode(text));
    if (options.durable) await file.syncData();
  } catch (error) {
    await file.truncate(size).catch(() => {});
    throw error;
  }
  return size;
}

/** The size up to and with the last newline. */
async function wholeLinesSize(file: Deno.FsFile): Promise<number> {
  const { size } = await file.stat();
  const chunk = new Uint8Array(CHUNK_BYTES);
  // All but a torn file end here at once, with a single byte read.
  for (let end = size, length = 1; end > 0; end -= length, length = CHUNK_BYTES) {
    length = Math.min(length, end);
    await file.seek(end - length, Deno.SeekMode.Start);
    const read = await readAll(file, chunk.subarray(0, length));
    const newline = read.lastIndexOf(NEWLINE);
    if (newline !== -1) return end - length + newline + 1;
  }
  return 0;
}

async function readAll(file: Deno.FsFile, into: Uint8Array): Promise<Uint8Array> {
  let length = 0;
  while (length < into.length) {
    const read = await file.read(into.subarray(length));
    if (read === null) break;
    length += read;
  }
  return into.subarray(0, length);
}

async function writeAll(file: Deno.FsFile, bytes: Uint8Array): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    written += await file.write(bytes.subarray(written));
  }
}
