import { houseLoad } from "./house_load.ts";
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
  const { link, fast, seed = 1, timeZone = Temporal.Now.timeZoneId() } = options;
  const pace = fast ? { baud: Infinity, replyDelayMs: 0 } : {};
  return new SimulatedMeter({ link, load: localHouseLoad(seed, timeZone), seed, ...pace });
}
