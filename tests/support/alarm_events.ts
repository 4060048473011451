import type { AlarmEvent } from "../../lib/live/wire.ts";

/** The alarm of a house at the default limits: within them, over the slow tier at 3440 W, over the cap at 4790 W. */
export const OK: AlarmEvent = {
  state: "ok",
  secondsToTrip: null,
  shedWatts: 0,
  tierWatts: null,
  silencedUntil: null,
  appliances: [],
};
export const ABOVE: AlarmEvent = {
  ...OK,
  state: "above",
  secondsToTrip: 10_795,
  shedWatts: 174,
  tierWatts: 3300,
};
export const CRITICAL: AlarmEvent = {
  ...OK,
  state: "critical",
  secondsToTrip: 118,
  shedWatts: 633,
  tierWatts: 4200,
};
