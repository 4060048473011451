import type { Tier } from "../../alarm/tiers.ts";
import { houseLoad } from "./house_load.ts";
import { overload } from "./overloads.ts";
import { SimulatedMeter } from "./simulated_meter.ts";

/** Which house's meter to simulate; also the message that starts the simulator as a worker. */
export interface HouseMeterOptions {
  /** Path of the symbolic link that leads to the meter's port. */
  readonly link: string;
  /** Answers at once and in one piece. */
  readonly fast?: boolean;
  /** 1 by default. */
  readonly seed?: number;
  /** Whose local time the house lives by, an IANA name; the system's by default. */
  readonly timeZone?: string;
  /** The limits that the house is to exceed now and then; none by default. */
  readonly overloads?: readonly Tier[];
}

/** The power of a simulated house that lives by local time, in watts at an instant in epoch milliseconds. */
export function localHouseLoad(seed: number, timeZone: string): (epochMs: number) => number {
  const watts = houseLoad(seed);
  return (epochMs) => {
    const instant = Temporal.Instant.fromEpochMilliseconds(Math.floor(epochMs));
    return watts(epochMs + instant.toZonedDateTimeISO(timeZone).offsetNanoseconds / 1e6);
  };
}

/** The meter of such a house. @throws Error when the link cannot be made */
export function houseMeter(options: HouseMeterOptions): SimulatedMeter {
  const { link, fast, seed = 1, timeZone = Temporal.Now.timeZoneId(), overloads = [] } = options;
  const pace = fast ? { baud: Infinity, replyDelayMs: 0 } : {};
  const house = localHouseLoad(seed, timeZone);
  const startMs = Date.now();
  const load = (epochMs: number) =>
    Math.max(house(epochMs), overload(overloads, epochMs - startMs));
  return new SimulatedMeter({ link, load, seed, ...pace });
}
