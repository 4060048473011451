import type { AlarmStatus } from "../live/wire.ts";
import type { Tier } from "./tiers.ts";

/**
 * A time during which the house spent its contract's limits, as `GET /alarm/episodes` tells it; interruptions of less than
 * ten minutes are part of it. Times are epoch milliseconds. All of it is reckoned as the alarm reckons: an estimate.
 */
export interface Episode {
  /** When the first tier was reached. */
  readonly from: number;
  /** When the last one was being spent no more; the time up to which it is reckoned while `isOpen`. */
  readonly to: number;
  /** Whether it goes on. */
  readonly isOpen: boolean;
  /** The worst that the alarm said. */
  readonly state: Exclude<AlarmStatus["state"], "ok">;
  /** The highest power, and when it was first drawn. */
  readonly maxWatts: number;
  readonly maxAt: number;
  /** Seconds during which a tier was being spent. */
  readonly secondsAbove: number;
  /** Energy drawn beyond the cap: at 4,840 W and a cap of 4,200 W only the 640 W count. */
  readonly whAboveCap: number;
  /** The nearest that it came to the cut-off, in seconds; 0 when that was due. */
  readonly secondsLeft: number;
  /** The tier that was nearest then, by its watts. */
  readonly tierWatts: number;
  /** The limits that held, rising in watts; the last is the cap. */
  readonly limits: readonly Tier[];
  /** The cut-off that ended it, or one of its parts; `null` when none is known. */
  readonly cutOff: CutOff | null;
}

/** A probable cut-off: readings ceased while a tier was being spent, and came back as they do after one. */
export interface CutOff {
  /** The last reading before it. */
  readonly at: number;
  readonly watts: number;
  /** For how long power had then been at or above `tierWatts`. */
  readonly secondsAbove: number;
  /** The level that the house was cut off at, as far as its readings tell: one of `LIMITS` or what should be. */
  readonly tierWatts: number;
  /** What ended the silence: a start of this machine, or the meter that answered again. */
  readonly endedBy: "boot" | "meter";
  /** `LIMITS` by which the alarm would have foreseen it; `null` when those that held did, or it teaches nothing. */
  readonly suggestedLimits: string | null;
}
