import { dirname } from "node:path";
import { syncFolder } from "../store/append.ts";
import { diskProblem } from "../store/disk_problem.ts";
import { UserError } from "../user_error.ts";

/** Where bytes go. */
type Sink = { write(bytes: Uint8Array): Promise<number> };

/**
 * Writes a whole file or none: until the disk has all of it, it lies beside its place under the name `PATH.unfinished`,
 * and what stood at its place before stays. Gives its size.
 *
 * @throws UserError when the disk refuses; what `pieces` throws
 */
export async function writeWholeFile(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
): Promise<number> {
  const unfinished = `${path}.unfinished`;
  try {
    using file = await Deno.open(unfinished, { write: true, create: true, truncate: true });
    try {
      const bytes = await writePieces(file, pieces);
      await file.sync();
      await Deno.rename(unfinished, path);
      await syncFolder(dirname(path));
      return bytes;
    } catch (error) {
      await Deno.remove(unfinished).catch(() => {});
      throw error;
    }
  } catch (error) {
    throw asUserError(path, error);
  }
}

/** Writes to standard output. Throws UserError when it takes no more; what `pieces` throws. */
export async function writeOutput(pieces: AsyncIterable<Uint8Array>): Promise<void> {
  try {
    await writePieces(Deno.stdout, pieces);
  } catch (error) {
    throw asUserError("standard output", error);
  }
}

/** What an operating system's refusal is in a sentence; any other error as it is. */
function asUserError(path: string, error: unknown): unknown {
  if (error instanceof Deno.errors.BrokenPipe) {
    return new UserError(`${path}: it was closed before the end`, { cause: error });
  }
  const isOfSystem = error instanceof Error && "code" in error;
  return isOfSystem ? new UserError(diskProblem(path, error), { cause: error }) : error;
}

async function writePieces(sink: Sink, pieces: AsyncIterable<Uint8Array>): Promise<number> {
  let bytes = 0;
  for await (const piece of pieces) {
    for (let written = 0; written < piece.length;) {
      written += await sink.write(piece.subarray(written));
    }
    bytes += piece.length;
  }
  return bytes;
}
