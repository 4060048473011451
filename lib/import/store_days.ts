import { addDays, dayBounds } from "../calendar.ts";
import type { Reading } from "../reading.ts";
import type { HeldReadings, Source } from "../store/digest.ts";
import type { DayStored, DayToStore } from "../store/year_store.ts";
import type { StoredDay } from "../store/year_read.ts";
import { counted, type OriginDay } from "./origin_day.ts";
import type { Found, Skipped } from "./plan.ts";

/** A yearly file, as far as it is needed here. */
export interface YearStore {
  readings(date: string, source: Source): HeldReadings | null;
  day(date: string): StoredDay | null;
  storeDays(days: readonly DayToStore[]): (Pick<DayStored, "conflicts"> | null)[];
}

/** Where days go to. */
export interface StoreOptions {
  readonly timeZone: string;
  readonly minTimeRes: number;
  /** The yearly file of a date, made when there is none. */
  readonly year: (date: string) => YearStore;
  /** The last measured reading of a date, `null` when none is known. */
  readonly lastReading: (date: string) => Reading | null;
}

/** A day of the origin, and where it was read. */
export interface DayRead {
  readonly place: Found;
  readonly origin: OriginDay;
}

/** A day of the origin that is in the yearly files now. */
export interface TakenDay {
  readonly date: string;
  /** Whether it was there before, value for value. */
  readonly isOld: boolean;
  readonly kWh: number;
  readonly remarks: readonly string[];
}

/** Stores days of one year in one transaction, as far as they are not there in as much detail or more. */
export function storeDays(
  days: readonly DayRead[],
  options: StoreOptions,
): { readonly taken: TakenDay[]; readonly skipped: Skipped[] } {
  const taken: TakenDay[] = [];
  const skipped: Skipped[] = [];
  if (days.length === 0) return { taken, skipped };
  const file = options.year(days[0]!.place.date);
  const fates = days.map((day) => fate(day, file, options.timeZone));
  const fresh = days.filter((_, i) => fates[i]!.isTaken && !fates[i]!.isOld);
  const stored = file.storeDays(fresh.map((day) => toStore(day, options)));
  const conflicts = new Map(fresh.map((day, i) => [day, stored[i]!.conflicts]));
  days.forEach((day, i) => {
    const { isTaken, isOld, reason } = fates[i]!;
    const { date, path } = day.place;
    if (!isTaken) skipped.push({ path, date, reason });
    else taken.push({ date, isOld, ...outcome(day, file, conflicts.get(day) ?? 0) });
  });
  return { taken, skipped };
}

interface Fate {
  readonly isTaken: boolean;
  readonly isOld: boolean;
  readonly reason: string;
}

function fate({ place: { date }, origin }: DayRead, file: YearStore, timeZone: string): Fate {
  const earlier = file.readings(date, "origin");
  const skip = (reason: string) => ({ isTaken: false, isOld: false, reason });
  if (!earlier || earlier.holdMs > origin.holdMs) {
    return { isTaken: true, isOld: false, reason: "" };
  }
  if (earlier.holdMs < origin.holdMs) return skip("taken over before, in more detail");
  if (isSame(earlier.readings, origin.readings)) return { isTaken: true, isOld: true, reason: "" };
  const zone = file.day(date)?.zone;
  // Its values would lie beside the others, hours apart.
  if (zone !== timeZone) return skip(`taken over before as a day of ${zone}, not of ${timeZone}`);
  return { isTaken: true, isOld: false, reason: "" };
}

function isSame(a: readonly Reading[], b: readonly Reading[]): boolean {
  return a.length === b.length &&
    a.every(({ at, watts }, i) => at === b[i]!.at && watts === b[i]!.watts);
}

function toStore({ place: { date }, origin }: DayRead, options: StoreOptions): DayToStore {
  const { timeZone: zone, minTimeRes, lastReading } = options;
  const { readings, holdMs } = origin;
  const carriedIn = lastReading(addDays(date, -1));
  const day = dayBounds(date, zone);
  return { day, zone, source: "origin", readings, holdMs, carriedIn, minTimeRes };
}

function outcome(
  { place: { date }, origin }: DayRead,
  file: YearStore,
  conflicts: number,
): Pick<TakenDay, "kWh" | "remarks"> {
  const remarks = [...origin.remarks];
  if (conflicts > 0) remarks.push(`${counted(conflicts, "value")} of an earlier import stay`);
  const own = file.readings(date, "measured")?.readings.length ?? 0;
  if (own > 0) remarks.push(`fills what ${counted(own, "reading")} of our own leave open`);
  const kWh = file.day(date)!.wh / 1000;
  if (kWh === 0) remarks.push("no energy at all");
  return { kWh, remarks };
}
