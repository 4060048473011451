// The tone's thread: it waits for orders and carries them out. It has nothing to wait for besides, so it may block.
import { libc, SystemError, unwrap } from "../libc.ts";
import { playPulses } from "./pulse_train.ts";
import { sweepHz } from "./sweep.ts";
import { END, orderOf, SOUND, type ToneReport, type ToneStart } from "./tone_order.ts";

const LEVELS = [Uint8Array.of(0x30), Uint8Array.of(0x31)] as const;

self.onmessage = ({ data }: MessageEvent<ToneStart>) => {
  const { cell } = data;
  let order = 0;
  libc(); // takes its time
  report("ready");
  while (orderOf(order) !== END) {
    Atomics.wait(cell, 0, order);
    order = Atomics.load(cell, 0);
    if (orderOf(order) === SOUND) order = sound(data, order);
  }
  report("ended");
  self.close();
};

/** Sounds until another order comes, or the same has not come again for too long; gives the newest. */
function sound({ fd, cell, longestMs }: ToneStart, order: number): number {
  const write = (level: 0 | 1) => {
    unwrap(libc().pwrite(fd, LEVELS[level], 1n, 0n), "write");
  };
  let orderedMs = 0;
  const goesOn = (sinceMs: number) => {
    const newest = Atomics.load(cell, 0);
    if (newest !== order) [order, orderedMs] = [newest, sinceMs];
    return orderOf(order) === SOUND && sinceMs - orderedMs < longestMs;
  };
  try {
    playPulses({ write, hz: sweepHz, goesOn });
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    report({ code: error.code });
  }
  return order;
}

function report(what: ToneReport): void {
  self.postMessage(what);
}
