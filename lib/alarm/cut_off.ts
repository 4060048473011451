import type { Reading } from "../reading.ts";
import type { CutOff } from "./episode.ts";
import type { DatedCutOff } from "./join_episodes.ts";
import { type Budget, initialLimiter, step } from "./limiter.ts";
import { formatTiers, type Tier } from "./tiers.ts";

/** What is known of a silence that a cut-off may have begun. */
export interface CutOffEvidence {
  /** The readings before it, as many hours as the limits ask for, in rising order of `at`. */
  readonly readings: readonly Reading[];
  readonly holdMs: number;
  /** The limits that hold. */
  readonly tiers: readonly Tier[];
  readonly endedBy: CutOff["endedBy"];
}

/** What the house was cut off at, and what its limits should be. */
type Lesson = Pick<CutOff, "tierWatts" | "secondsAbove" | "suggestedLimits">;

/** A cut-off at so much of a tier's time comes as foreseen: readings are seconds apart, and the display lags. */
const FORESEEN_SHARE = 0.9;
/** What lasts about the cap's time is between these shares of it; anything else was not ended by the cap. */
const CAP_SHARES = { least: 0.75, most: 1.5 };
/** A cut-off sooner than this after a tier is reached teaches nothing. */
const LEAST_LESSON_S = 10;
/** Nor does one before so much of a slower tier's time: power has failed elsewhere, more likely. */
const LEAST_SLOW_SHARE = 0.5;

/**
 * The cut-off that a silence after these readings was, had the grid's meter ended them; `null` when no tier was being
 * spent. A power failure at that moment looks just the same: it is probable at most.
 */
export function probableCutOff(evidence: CutOffEvidence): DatedCutOff | null {
  const { readings, holdMs, tiers, endedBy } = evidence;
  const powered = readings.filter(({ watts }) => watts > 0);
  const last = powered.at(-1);
  const { budgets } = powered.reduce(
    (state, { at, watts }) => step(state, { watts, monoMs: at }, holdMs),
    initialLimiter(tiers),
  );
  const spent = budgets.filter(({ spending }) => spending);
  if (!last || spent.length === 0) return null;
  const { at, watts } = last;
  const lesson = lessonOf(powered, holdMs, tiers, spent);
  return { at, watts, ...lesson, endedBy, limits: formatTiers(tiers) };
}

function lessonOf(
  readings: readonly Reading[],
  holdMs: number,
  tiers: readonly Tier[],
  spent: readonly Budget[],
): Lesson {
  const nearest = spent.reduce((one, other) => shareOf(other) > shareOf(one) ? other : one);
  const { tier } = nearest;
  const secondsAbove = secondsOf(nearest);
  const told = { tierWatts: tier.watts, secondsAbove };
  if (shareOf(nearest) >= FORESEEN_SHARE) return { ...told, suggestedLimits: null };
  const cap = tiers.at(-1)!;
  if (spent.at(-1)!.tier === cap) {
    const seconds = secondsOf(spent.at(-1)!);
    const above = { tierWatts: cap.watts, secondsAbove: seconds };
    return { ...above, suggestedLimits: changed(tiers, cap, { seconds }) };
  }
  const lower = lowerCap(readings, holdMs, tiers);
  if (lower) return lower;
  if (shareOf(nearest) < LEAST_SLOW_SHARE) return { ...told, suggestedLimits: null };
  const seconds = Math.floor(secondsAbove / 60) * 60;
  return { ...told, suggestedLimits: changed(tiers, tier, { seconds }) };
}

/** The cap that readings below it would mean: the power that the house had reached for about the cap's time. */
function lowerCap(
  readings: readonly Reading[],
  holdMs: number,
  tiers: readonly Tier[],
): Lesson | null {
  const cap = tiers.at(-1)!;
  const floorWatts = tiers.at(-2)?.watts ?? 0;
  const run = runAbove(readings, holdMs, floorWatts);
  const endMs = readings.at(-1)!.at;
  const fromMs = endMs - 1000 * cap.seconds * FORESEEN_SHARE;
  const atEnd = run.filter(({ at }) => at >= fromMs).map(({ watts }) => watts);
  // Whole tens: nobody sets a contract to the watt.
  const watts = Math.floor(Math.min(...atEnd) / 10) * 10;
  const secondsAbove = Math.round((endMs - runAbove(run, holdMs, watts)[0]!.at) / 1000);
  const share = secondsAbove / cap.seconds;
  if (watts <= floorWatts || share < CAP_SHARES.least || share > CAP_SHARES.most) return null;
  return { tierWatts: watts, secondsAbove, suggestedLimits: changed(tiers, cap, { watts }) };
}

/** The readings at the end that are all at or above so many watts, without a gap. */
function runAbove(readings: readonly Reading[], holdMs: number, watts: number): readonly Reading[] {
  let first = readings.length - 1;
  while (first > 0) {
    const { at, watts: before } = readings[first - 1]!;
    if (before < watts || readings[first]!.at - at > holdMs) break;
    first--;
  }
  return readings.slice(first);
}

function changed(tiers: readonly Tier[], tier: Tier, change: Partial<Tier>): string | null {
  if (change.seconds !== undefined && change.seconds < LEAST_LESSON_S) return null;
  return formatTiers(tiers.map((one) => one === tier ? { ...one, ...change } : one));
}

function shareOf({ tier, leftMs }: Budget): number {
  return 1 - leftMs / (1000 * tier.seconds);
}

function secondsOf({ tier, leftMs }: Budget): number {
  return Math.round(tier.seconds - leftMs / 1000);
}
