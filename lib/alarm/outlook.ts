import type { Appliance } from "../config/values.ts";
import type { AlarmEvent, ApplianceAnswer } from "../live/wire.ts";
import { type LimiterState, secondsToTripAt, spentTier, status, WARNING_MS } from "./limiter.ts";

/**
 * What viewers are told of the limiter: how it stands, and what each appliance would do to it.
 *
 * @param silencedUntil epoch milliseconds until which a person wants the buzzer to be silent
 */
export function outlook(
  state: LimiterState,
  appliances: readonly Appliance[],
  silencedUntil: number | null,
): AlarmEvent {
  return {
    ...status(state),
    tierWatts: spentTier(state)?.watts ?? null,
    silencedUntil,
    appliances: appliances.map((appliance) => answer(state, appliance)),
  };
}

function answer(state: LimiterState, { name, watts }: Appliance): ApplianceAnswer {
  if (state.watts === null) return { name, watts, answer: "unknown", secondsToTrip: null };
  const secondsToTrip = secondsToTripAt(state, state.watts + watts);
  if (secondsToTrip === null) return { name, watts, answer: "yes", secondsToTrip };
  const isSoon = secondsToTrip * 1000 < WARNING_MS;
  return { name, watts, answer: isSoon ? "trips" : "for", secondsToTrip };
}
