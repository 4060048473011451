import type { Tier } from "../../alarm/tiers.ts";

const CYCLE_S = 20 * 60;
const FIRST_S = 45;
const OVER_S = 60;
const LONGEST_CAP_S = 75;
const AFTER_S = 30;

/**
 * Power that takes a house over its limits now and then, so that whoever looks sees the alarm within minutes: first over the
 * lowest tier, then over the cap for a part of what that allows, and back; budgets are full again before it returns. In
 * watts at `elapsedMs` after the start, 0 in between.
 *
 * @param tiers rising; the last is the cap
 */
export function overload(tiers: readonly Tier[], elapsedMs: number): number {
  const lowest = tiers[0];
  const cap = tiers.at(-1);
  if (lowest === undefined || cap === undefined) return 0;
  const capS = Math.min(LONGEST_CAP_S, 0.6 * cap.seconds);
  const second = elapsedMs / 1000 % CYCLE_S - FIRST_S;
  if (second < 0 || second >= OVER_S + capS + AFTER_S) return 0;
  const isAtCap = second >= OVER_S && second < OVER_S + capS;
  if (isAtCap) return Math.ceil(1.08 * cap.watts);
  return lowest === cap ? 0 : Math.ceil(1.03 * lowest.watts);
}
