/** One instantaneous power value of the house. */
export interface Reading {
  /** Epoch milliseconds by the wall clock when the reply was complete, rounded to 100. */
  readonly at: number;
  /** Whole watts. */
  readonly watts: number;
}

/** Very many readings without an object for each: the times and the watts of {@linkcode Reading}s, equally many. */
export interface ReadingColumns {
  readonly at: Float64Array;
  readonly watts: Float64Array;
}

/** A reading of this run: `monoMs` is what limiter, rates and schedules use, since no clock step reaches it. */
export interface LiveReading extends Reading {
  /** Milliseconds of the monotonic clock (`performance.now()`). */
  readonly monoMs: number;
}

/** The resolution of `at`: the display itself lags by seconds, finer only costs bytes. */
export const AT_RESOLUTION_MS = 100;

/** Rounds a wall-clock time to the resolution of readings. */
export function roundAt(epochMs: number): number {
  return Math.round(epochMs / AT_RESOLUTION_MS) * AT_RESOLUTION_MS;
}

/** How long a reading holds when no next one comes, in milliseconds; what lies beyond is a gap. */
export function holdMs(sampleSeconds: number): number {
  return Math.max(15_000, 3_000 * sampleSeconds);
}

/** When a reading stops holding: at the next one, but after `longestMs` at the latest. Epoch milliseconds. */
export function heldUntil(at: number, nextAt: number, longestMs: number): number {
  return Math.min(nextAt, at + longestMs);
}
