import { nextTurn } from "../turn.ts";

/** Work in small pieces on the thread that it shares with the live loop. */
export interface Slices {
  /** Does work that pauses between its pieces. */
  work<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Waits, where work has gone on for a while, until whatever else is due has had its turn. */
  pause(): Promise<void>;
}

/** Long enough for most answers, short enough that it and a piece of a few milliseconds more delay no reading noticeably. */
const SLICE_MS = 4;
/** Of several who work, so many may go on before the first of them has been seen to take its time. */
const MOST_UNSEEN = 2;

/** Slices that all who work share: together they work for no longer than one and a piece, then the loop has its turn. */
export function makeSlices(monoMs: () => number): Slices {
  let working = 0;
  let sliceStartMs = 0;
  let unseen = 0;
  const startSlice = () => {
    sliceStartMs = monoMs();
    unseen = 0;
  };
  const waiting: (() => void)[] = [];
  const wakeAll = async () => {
    // One a turn: woken together, all would look at the clock before the first of them has worked.
    while (waiting.length > 0) {
      await nextTurn();
      startSlice();
      waiting.shift()!();
    }
  };
  return {
    work: async (work) => {
      if (working++ === 0) startSlice();
      try {
        return await work();
      } finally {
        working--;
      }
    },
    pause: async () => {
      const isAlone = working === 1;
      if (monoMs() - sliceStartMs <= SLICE_MS && (isAlone || unseen++ < MOST_UNSEEN)) return;
      await new Promise<void>((resolve) => {
        if (waiting.push(resolve) === 1) wakeAll();
      });
    },
  };
}
