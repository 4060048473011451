import { systemClock } from "../../clock.ts";

/** How bytes go over the line. */
export interface Pace {
  /** 0: all at once. */
  readonly msPerByte: number;
  /** In pieces of 1 to 3 bytes with uneven pauses between them. */
  readonly split: boolean;
  /** Numbers in [0, 1). */
  readonly random: () => number;
}

const CHUNK_MS = 8;
const LONGEST_PIECE = 3;
const LONGEST_PAUSE_BYTES = 15;

/** Hands all bytes to `write` at the line's pace, or as many as there are until `signal` aborts. */
export async function sendPaced(
  bytes: Uint8Array<ArrayBuffer>,
  write: (part: Uint8Array<ArrayBuffer>) => void,
  pace: Pace,
  signal: AbortSignal,
): Promise<void> {
  const startMs = performance.now();
  for (let sent = 0; sent < bytes.length && !signal.aborted;) {
    if (pace.split) {
      const end = sent + 1 + Math.floor(pace.random() * LONGEST_PIECE);
      write(bytes.subarray(sent, end));
      sent = end;
      await systemClock.sleep(pace.random() * LONGEST_PAUSE_BYTES * pace.msPerByte, signal);
    } else {
      const elapsedMs = performance.now() - startMs;
      const due = pace.msPerByte === 0 ? bytes.length : Math.floor(elapsedMs / pace.msPerByte);
      if (due > sent) write(bytes.subarray(sent, due));
      sent = due;
      const leftMs = (bytes.length - sent) * pace.msPerByte;
      if (leftMs > 0) await systemClock.sleep(Math.min(CHUNK_MS, leftMs), signal);
    }
  }
}
