import { nextTurn } from "../turn.ts";

/** Work in small pieces on the thread that it shares with the live loop. */
export interface Slices {
  /** Does work that pauses between its pieces, when all that came before is done. */
  work<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Waits, where work has gone on for a while, until whatever else is due has had its turn. */
  pause(): Promise<void>;
}

/** Long enough for most answers, short enough that it and a piece of a few milliseconds more delay no reading noticeably. */
const SLICE_MS = 4;

/**
 * Slices of those who work one after the other: none is done later than if all went on at the same time, and what each
 * leaves behind is gone before the garbage collector takes it for something that lasts, which holds up the loop for long.
 */
export function makeSlices(monoMs: () => number): Slices {
  let queued = 0;
  let last: Promise<unknown> = Promise.resolve();
  let sliceStartMs = 0;
  const pause = async () => {
    if (monoMs() - sliceStartMs <= SLICE_MS) return;
    await nextTurn();
    sliceStartMs = monoMs();
  };
  return {
    pause,
    work: (work) => {
      if (queued++ === 0) sliceStartMs = monoMs();
      const done = last.then(pause).then(work).finally(() => queued--);
      last = done.catch(() => {});
      return done;
    },
  };
}
