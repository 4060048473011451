import type { Clock } from "./clock.ts";

/** Since when a state holds. */
export interface Since {
  /** Epoch milliseconds. */
  readonly at: number;
  /** The same moment by the monotonic clock. */
  readonly monoMs: number;
}

/** By so little two readings of the clocks differ, or network time has slewed the wall clock: no news for anybody. */
const SLEWED_MS = 1_000;

/** The state begins now. */
export function beginning(clock: Pick<Clock, "nowMs" | "monoMs">): Since {
  return { at: clock.nowMs(), monoMs: clock.monoMs() };
}

/** The same moment by the wall clock as it stands now, which network time may have set meanwhile. */
export function redated(since: Since, clock: Pick<Clock, "nowMs" | "monoMs">): Since {
  const at = Math.round(clock.nowMs() - (clock.monoMs() - since.monoMs));
  return Math.abs(at - since.at) < SLEWED_MS ? since : { ...since, at };
}
