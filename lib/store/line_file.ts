import type { Bucket } from "../calendar.ts";
import type { Reading } from "../reading.ts";
import { parseLines } from "./journal_lines.ts";

const NEWLINE = 0x0a;
const TAIL_BYTES = 4096;
/** What is held in memory of a file at a time: two to three days of readings. */
const PIECE_BYTES = 1 << 20;
/** A line of which more is read is bad, whatever follows. */
const LONGEST_LINE = 64;

/** The size up to and with the last newline. */
export async function wholeLinesSize(file: Deno.FsFile): Promise<number> {
  const { size } = await file.stat();
  // All but a torn file end here at once, with a single byte read.
  for (let end = size, most = 1; end > 0; most = TAIL_BYTES) {
    const start = Math.max(0, end - most);
    const newline = (await readAt(file, start, end)).lastIndexOf(NEWLINE);
    if (newline !== -1) return start + newline + 1;
    end = start;
  }
  return 0;
}

/** The end of a file: the whole of a small one, else its last lines. `null` when there is no such file. */
export async function lastPiece(
  path: string,
): Promise<{ readonly startByte: number; readonly bytes: Uint8Array } | null> {
  using file = await openIfPresent(path);
  if (!file) return null;
  const { size } = await file.stat();
  const start = Math.max(0, size - PIECE_BYTES);
  const bytes = await readAt(file, start, size);
  const firstNewline = start === 0 ? -1 : bytes.indexOf(NEWLINE);
  // A line that fills the piece is no reading: it is cut, so that the rest can be had.
  const skipped = firstNewline === bytes.length - 1 ? 0 : firstNewline + 1;
  return { startByte: start + skipped, bytes: bytes.subarray(skipped) };
}

/** A file's readings of a span of time in the order in which they arrived, and how many of its lines are no reading. */
export interface ReadingsWithin {
  readonly readings: Reading[];
  readonly bad: number;
  /** Readings of other times. */
  readonly others: number;
}

/** Reads a file piece by piece, since a spool may have grown for months; one that is not there has nothing. */
export async function readWithin(
  path: string,
  { startMs, endMs }: Bucket,
): Promise<ReadingsWithin> {
  const readings: Reading[] = [];
  let [bad, others] = [0, 0];
  using file = await openIfPresent(path);
  if (!file) return { readings, bad, others };
  const { size } = await file.stat();
  const piece = new Uint8Array(LONGEST_LINE + Math.min(size + 1, PIECE_BYTES));
  for (let torn = 0, read; (read = await file.read(piece.subarray(torn))) !== null;) {
    const bytes = piece.subarray(0, torn + read);
    const parsed = parseLines(bytes);
    bad += parsed.bad.length;
    for (const one of parsed.readings) {
      if (one.at >= startMs && one.at < endMs) readings.push(one);
      else others++;
    }
    const rest = bytes.subarray(bytes.lastIndexOf(NEWLINE) + 1).subarray(0, LONGEST_LINE);
    piece.set(rest);
    torn = rest.length;
  }
  return { readings, bad, others };
}

/** For `catch`: a file that is not there is as good as an empty one. */
export function ignoreAbsent(error: unknown): null {
  if (error instanceof Deno.errors.NotFound) return null;
  throw error;
}

function openIfPresent(path: string): Promise<Deno.FsFile | null> {
  return Deno.open(path, { read: true }).catch(ignoreAbsent);
}

/** The bytes in [start, end), fewer when the file has become shorter. */
async function readAt(file: Deno.FsFile, start: number, end: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(end - start);
  await file.seek(start, Deno.SeekMode.Start);
  let length = 0;
  while (length < bytes.length) {
    const read = await file.read(bytes.subarray(length));
    if (read === null) break;
    length += read;
  }
  return bytes.subarray(0, length);
}
