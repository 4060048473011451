import type { Reading } from "../reading.ts";
import type { LimiterState } from "./limiter.ts";

/** What tells a cut-off when the meter answers again: the machine itself may have another supply than the house. */
export interface GapWatch {
  /** The newest reading with power; `null` before the first. */
  readonly last: {
    readonly at: number;
    /** Until when it holds, monotonic milliseconds. */
    readonly heldUntilMs: number;
    /** The lowest tier that was being spent then. */
    readonly spentWatts: number | null;
  } | null;
  /** Whether the meter has not answered since, or has said that the house draws nothing. */
  readonly isGone: boolean;
}

/** Before the first reading. */
export const UNWATCHED: GapWatch = { last: null, isGone: false };

/** The meter does not answer, or its port has gone. */
export function meterGone(watch: GapWatch): GapWatch {
  return watch.isGone ? watch : { ...watch, isGone: true };
}

/**
 * Whether this reading ends a probable cut-off: the last one before it spent a tier, the meter was gone for longer than
 * that one holds, and the house draws less than that tier now. With the load still there, only the meter was away.
 */
export function endsCutOff(
  { last, isGone }: GapWatch,
  { watts }: Reading,
  monoMs: number,
): boolean {
  if (!isGone || last === null || last.spentWatts === null || watts === 0) return false;
  return monoMs > last.heldUntilMs && watts < last.spentWatts;
}

/** The watch after a reading; `limiter` has taken it in already. */
export function afterReading(
  watch: GapWatch,
  { at, watts }: Reading,
  limiter: LimiterState,
): GapWatch {
  if (watts === 0) return meterGone(watch);
  const spent = limiter.budgets.find(({ spending }) => spending);
  const { heldUntilMs } = limiter;
  return { last: { at, heldUntilMs, spentWatts: spent?.tier.watts ?? null }, isGone: false };
}
