import type { AlarmStatus } from "../live/wire.ts";

type State = AlarmStatus["state"];

/**
 * What of the alarm a person has been told, as a fold: what gets worse is told at once, what gets better once that has
 * lasted, so that a load that comes and goes wakes nobody each time.
 */
export interface Damping {
  readonly told: State;
  /** When that was told, monotonic milliseconds. */
  readonly toldMs: number;
  /** Measured milliseconds for which the state has been better than `told`; `null` while it is not. */
  readonly betterForMs: number | null;
  /** When a status with a reading behind it last came; `null` after silence, of which nothing follows. */
  readonly heardMs: number | null;
  /** When the end of the cap's alarm was last told. */
  readonly clearMs: number;
}

const RANK: Readonly<Record<State, number>> = { ok: 0, above: 1, warning: 2, critical: 3 };
/** The end of the cap's alarm is told soon: somebody has just run to the oven. */
const CALM_MS = 60_000;
/** Any other end, and that of a cap's alarm which has come back within the hour, is told when the budget is full again. */
const LONG_CALM_MS = 600_000;
const FORGET_MS = 3_600_000;
/** The cap's alarm that comes back before its end was told is told again, at most so often. */
const AGAIN_MS = 300_000;

/** Nothing told yet. */
export const UNTOLD: Damping = {
  told: "ok",
  toldMs: -Infinity,
  betterForMs: null,
  heardMs: null,
  clearMs: -Infinity,
};

/**
 * Takes the alarm's state at `monoMs`: after each reading, and now and then between them.
 *
 * @param isKnown whether there is a reading that holds
 * @returns the fold, and whether the state is to be told now
 */
export function damp(
  damping: Damping,
  state: State,
  isKnown: boolean,
  monoMs: number,
): { readonly damping: Damping; readonly isToTell: boolean } {
  if (!isKnown) return { damping: { ...damping, heardMs: null }, isToTell: false };
  const heard = { ...damping, heardMs: monoMs };
  if (RANK[state] >= RANK[damping.told]) {
    const isToTell = RANK[state] > RANK[damping.told] || isBackAgain(damping, state, monoMs);
    return { damping: isToTell ? telling(heard, state, monoMs) : back(heard), isToTell };
  }
  const passedMs = damping.heardMs === null ? 0 : Math.max(0, monoMs - damping.heardMs);
  const betterForMs = damping.betterForMs === null ? 0 : damping.betterForMs + passedMs;
  const isToTell = betterForMs >= calmMs(damping, monoMs);
  return {
    damping: isToTell ? telling(heard, state, monoMs) : { ...heard, betterForMs },
    isToTell,
  };
}

function back(damping: Damping): Damping {
  return { ...damping, betterForMs: null };
}

function telling(damping: Damping, state: State, monoMs: number): Damping {
  const { told } = damping;
  const isEnd = told === "critical" && state !== "critical";
  const clearMs = isEnd ? monoMs : damping.clearMs;
  return { ...back(damping), told: state, toldMs: monoMs, clearMs };
}

function isBackAgain(damping: Damping, state: State, monoMs: number): boolean {
  const { betterForMs, toldMs } = damping;
  return state === "critical" && (betterForMs ?? 0) >= CALM_MS && monoMs - toldMs >= AGAIN_MS;
}

function calmMs({ told, clearMs }: Damping, monoMs: number): number {
  return told === "critical" && monoMs - clearMs >= FORGET_MS ? CALM_MS : LONG_CALM_MS;
}
