import type { AlarmStatus } from "../live/wire.ts";
import type { LiveReading } from "../reading.ts";
import type { Tier } from "./tiers.ts";

/**
 * How long the house may go on, as a fold over its readings. How the grid's meter counts is not published; these rules
 * are the careful side of what users report:
 *
 * - A tier is being spent from the reading that reaches it until one that lies 1 % below it, or until power has been below it
 *   for a minute: a load at the edge neither flaps nor gets time for nothing.
 * - A budget is full again after 10 minutes below its tier, all at once; until then what is spent stays spent.
 * - A reading counts for as long as it holds. Beyond that nothing is known: nothing is spent, nothing refills, and no tier
 *   counts as being spent, so that a silent meter does not leave the alarm howling.
 * - 0 W is silence, since the display also gives it when its radio has missed the transmitter.
 * - After a cut-off every budget is full: start again from `initialLimiter`.
 */
export interface LimiterState {
  /** One a tier, rising; the last is the cap's. */
  readonly budgets: readonly Budget[];
  /** The newest reading's, as long as it holds; never 0. */
  readonly watts: number | null;
  /** Monotonic milliseconds up to which `budgets` are reckoned. */
  readonly monoMs: number;
  /** Monotonic milliseconds until which `watts` hold. */
  readonly heldUntilMs: number;
}

/** What is left of one tier. */
export interface Budget {
  readonly tier: Tier;
  /** From the tier's full time down to 0, when the cut-off is due. */
  readonly leftMs: number;
  /** Measured time since power was last at or above the tier; not kept while the budget is full. */
  readonly belowMs: number;
  readonly spending: boolean;
}

const CLEAR_AT = 0.99;
const CLEAR_AFTER_MS = 60_000;
/** Time below a tier after which its budget is full again. */
export const REFILL_AFTER_MS = 600_000;
/** With less than so much left the alarm is more than a hint. */
export const WARNING_MS = 30 * 60_000;

/** Every budget full: at the first start and after a cut-off. The tiers rise in watts; there is at least one. */
export function initialLimiter(tiers: readonly Tier[]): LimiterState {
  const budgets = tiers.map((tier) => ({
    tier,
    leftMs: tier.seconds * 1000,
    belowMs: 0,
    spending: false,
  }));
  return { budgets, watts: null, monoMs: 0, heldUntilMs: 0 };
}

/**
 * Takes a reading in, which holds for at most `holdMs`. Only the monotonic clock counts; a replay of stored readings, in
 * their order, may give `at` in its place.
 */
export function step(
  state: LimiterState,
  reading: Pick<LiveReading, "watts" | "monoMs">,
  holdMs: number,
): LimiterState {
  const { watts, monoMs } = reading;
  const now = tick(state, monoMs);
  if (watts === 0) return now;
  const budgets = each(now.budgets, (budget) => reach(budget, watts));
  return { budgets, watts, monoMs, heldUntilMs: monoMs + holdMs };
}

/** Lets time pass without a reading. However often it is called, the same readings lead to the same state. */
export function tick(state: LimiterState, monoMs: number): LimiterState {
  const { watts, heldUntilMs } = state;
  if (watts === null || monoMs <= state.monoMs) return state;
  const ms = Math.min(monoMs, heldUntilMs) - state.monoMs;
  const passed = each(state.budgets, (budget) => pass(budget, watts, ms));
  if (monoMs < heldUntilMs) return { budgets: passed, watts, monoMs, heldUntilMs };
  return { budgets: each(passed, stop), watts: null, monoMs, heldUntilMs };
}

/** What page, buzzer and notifications tell. `shedWatts` less, and the nearest tier ends at the next reading. */
export function status(state: LimiterState): AlarmStatus {
  const { budgets, watts } = state;
  const nearest = nearestOf(budgets.filter(({ spending }) => spending));
  if (nearest === null || watts === null) return { state: "ok", secondsToTrip: null, shedWatts: 0 };
  return {
    state: stateOf(nearest.leftMs, isCapSpent(state)),
    secondsToTrip: Math.floor(nearest.leftMs / 1000),
    shedWatts: Math.floor(watts - nearest.tier.watts * CLEAR_AT) + 1,
  };
}

/** What is told of a house that has so much left of its nearest tier, and spends the cap's or not. */
export function stateOf(leftMs: number, isCapSpent: boolean): Exclude<AlarmStatus["state"], "ok"> {
  if (isCapSpent) return "critical";
  return leftMs < WARNING_MS ? "warning" : "above";
}

/** Is the last tier being spent? */
export function isCapSpent({ budgets }: LimiterState): boolean {
  return budgets.at(-1)?.spending ?? false;
}

/** Nothing is spent: a reading below every tier changes no budget then. */
export function isFull({ budgets }: LimiterState): boolean {
  return budgets.every(({ tier, leftMs, spending }) => !spending && leftMs === tier.seconds * 1000);
}

/** Seconds until the cut-off if the house drew so many watts from now on; `null`: it may do so for ever. */
export function secondsToTripAt(state: LimiterState, watts: number): number | null {
  const nearest = nearestOf(state.budgets.filter(({ tier }) => watts >= tier.watts));
  return nearest === null ? null : Math.floor(nearest.leftMs / 1000);
}

/** The tier whose time `status` tells; `null` when none is being spent. */
export function spentTier(state: LimiterState): Tier | null {
  return nearestOf(state.budgets.filter(({ spending }) => spending))?.tier ?? null;
}

/** Is the cut-off due by this reckoning? */
export function isTripDue(state: LimiterState): boolean {
  return state.budgets.some(({ leftMs, spending }) => spending && leftMs === 0);
}

function nearestOf(budgets: readonly Budget[]): Budget | null {
  return budgets.reduce<Budget | null>(
    (nearest, budget) => nearest === null || budget.leftMs < nearest.leftMs ? budget : nearest,
    null,
  );
}

/** The budget after `ms` of `watts`. */
function pass(budget: Budget, watts: number, ms: number): Budget {
  const { tier, spending } = budget;
  const fullMs = tier.seconds * 1000;
  if (!spending && budget.leftMs === fullMs) return budget;
  const belowMs = watts < tier.watts ? budget.belowMs + ms : 0;
  if (belowMs >= REFILL_AFTER_MS) return { tier, leftMs: fullMs, belowMs: 0, spending };
  const leftMs = spending ? Math.max(0, budget.leftMs - ms) : budget.leftMs;
  return { tier, leftMs, belowMs, spending };
}

/** The budget at a reading of `watts`. */
function reach(budget: Budget, watts: number): Budget {
  const { tier, leftMs, belowMs, spending } = budget;
  if (watts >= tier.watts) return { tier, leftMs, belowMs: 0, spending: true };
  if (!spending) return budget;
  const atEdge = watts >= tier.watts * CLEAR_AT && belowMs < CLEAR_AFTER_MS;
  return atEdge ? budget : stop(budget);
}

function stop(budget: Budget): Budget {
  return budget.spending ? { ...budget, spending: false } : budget;
}

/** Maps the budgets; the same array when none changes, as in most of a house's time: a year has 6 million readings. */
function each(budgets: readonly Budget[], change: (budget: Budget) => Budget): readonly Budget[] {
  let changed: Budget[] | null = null;
  let i = 0;
  for (const budget of budgets) {
    const after = change(budget);
    if (after !== budget) (changed ??= budgets.slice())[i] = after;
    i++;
  }
  return changed ?? budgets;
}
