import type { Tier } from "../alarm/tiers.ts";
import type { MeterStatus } from "../meter/status.ts";

/** Power by the minute of one local day: index `i` covers `startMs + i * stepS * 1000`; `null` where nothing was measured. */
export interface Curve {
  readonly startMs: number;
  readonly stepS: number;
  readonly meanWatts: readonly (number | null)[];
  readonly minWatts: readonly (number | null)[];
  readonly maxWatts: readonly (number | null)[];
}

/** Totals of the local day so far. Extremes are `null` before the day's first reading. */
export interface DayTotals {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** The day is [startMs, endMs): 23, 24 or 25 hours. */
  readonly startMs: number;
  readonly endMs: number;
  readonly kWhToday: number;
  readonly minWatts: number | null;
  readonly minAt: number | null;
  readonly maxWatts: number | null;
  readonly maxAt: number | null;
  /** 0..1 of the day so far that was really measured. */
  readonly coverage: number;
}

/** What the contract's limits say of the newest readings. */
export interface AlarmStatus {
  readonly state: "ok" | "above" | "warning" | "critical";
  /** An estimate; `null` when nothing is being spent. */
  readonly secondsToTrip: number | null;
  /** What to switch off to stop spending, 0 when nothing is. */
  readonly shedWatts: number;
}

/** The alarm as `/live` and `/live/now` tell it. */
export interface AlarmEvent extends AlarmStatus {
  /** The tier whose time runs down; `null` when none is being spent. */
  readonly tierWatts: number | null;
  /** Epoch milliseconds until which the buzzer is silent because a person wants it so; `null`: it is not. */
  readonly silencedUntil: number | null;
  /** In the order of `APPLIANCES`. */
  readonly appliances: readonly ApplianceAnswer[];
}

/** Can it be switched on now, beside all that runs? */
export interface ApplianceAnswer {
  readonly name: string;
  readonly watts: number;
  /** `for`: for a good while; `trips`: the cut-off is less than half an hour away then; `unknown`: there is no reading that holds. */
  readonly answer: "yes" | "for" | "trips" | "unknown";
  /** An estimate of how long; `null` with `yes` and `unknown`. */
  readonly secondsToTrip: number | null;
}

/** Where readings rest. `ok` is false while the disk takes nothing and they wait in memory. */
export interface StoreStatus {
  readonly ok: boolean;
  /** Epoch milliseconds since which `ok` holds. */
  readonly since: number;
  /** One sentence; empty when all is well. */
  readonly detail: string;
  /** Readings that wait in memory. */
  readonly waiting: number;
}

/** `event: snapshot`, first on each connection. */
export interface Snapshot {
  /** Version of the program, so that an open page reloads after an upgrade. */
  readonly version: string;
  /** The server's wall clock, to tell ages without trusting the browser's. */
  readonly now: number;
  readonly timeZone: string;
  readonly sampleSeconds: number;
  /** The contract's tiers, rising; the last is the cap. */
  readonly limits: readonly Tier[];
  /** The newest reading, of yesterday where today has none; `null`s before the first. */
  readonly at: number | null;
  readonly watts: number | null;
  /** As in {@linkcode LiveNow}, at the time of `now`. */
  readonly stale: boolean;
  readonly today: DayTotals;
  /** Today by the minute: at most 1,500 points. */
  readonly curve: Curve;
  /** Yesterday's mean watts at the same local time as each minute of today, `null` when nothing is known of it. */
  readonly yesterday: readonly (number | null)[] | null;
  /** The readings of the last hour, thinned to at most 1,500; where the next is further than a reading holds is a gap. */
  readonly lastHour: { readonly at: readonly number[]; readonly watts: readonly number[] };
  readonly meter: MeterStatus;
  readonly alarm: AlarmEvent | null;
  readonly store: StoreStatus;
}

/** `event: reading`, at each sample. `date` tells a page that the day has changed. */
export interface ReadingEvent extends DayTotals {
  readonly at: number;
  readonly watts: number;
}

/** `event: status`, when the meter's or the store's state changes; counters ride along with it at most every 15 s. */
export interface StatusEvent {
  readonly meter: MeterStatus;
  readonly store: StoreStatus;
}

/** `GET /live/now`. */
export interface LiveNow {
  /** The newest reading, `null`s before the first. */
  readonly at: number | null;
  readonly watts: number | null;
  readonly kWhToday: number;
  /** Whether the newest reading no longer holds: max(15 s, 3 × SAMPLE_SECONDS) old, or from before the service started. */
  readonly stale: boolean;
  readonly alarm: AlarmEvent | null;
  readonly meter: Pick<MeterStatus, "state" | "since" | "good" | "wrong" | "missed" | "zero">;
}
