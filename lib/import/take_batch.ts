import { addDays, dayBounds } from "../calendar.ts";
import type { Reading } from "../reading.ts";
import type { HeldReadings, Source } from "../store/digest.ts";
import type { StoredDay } from "../store/year_read.ts";
import type { DayStored, DayToStore } from "../store/year_store.ts";
import { counted, type OriginDay, OriginError } from "./origin_day.ts";
import type { Found, Plan, Skipped } from "./plan.ts";

/** A day of the origin that is in the yearly files now. */
export interface TakenDay {
  readonly date: string;
  /** Whether it was there before, value for value. */
  readonly isOld: boolean;
  readonly kWh: number;
  readonly remarks: readonly string[];
}

/** A yearly file, as far as it is needed here. */
export interface YearStore {
  readings(date: string, source: Source): HeldReadings | null;
  day(date: string): StoredDay | null;
  storeDays(days: Iterable<DayToStore>): (Pick<DayStored, "conflicts"> | null)[];
}

/** Where days come from and go to. */
export interface TakeBatchOptions {
  readonly timeZone: string;
  readonly minTimeRes: number;
  /** Reads a day; throws OriginError when that cannot be done. */
  readonly read: (place: Found) => OriginDay;
  /** The yearly file of a date, made when there is none. */
  readonly year: (date: string) => YearStore;
  /** The last measured reading of a date, `null` when none is known. */
  readonly lastReading: (date: string) => Reading | null;
}

type Batch = Plan["days"];

/** What a batch has come to so far; `taken` still without what the file says of it. */
interface Tally {
  readonly taken: { date: string; isOld: boolean; remarks: readonly string[] }[];
  readonly skipped: Skipped[];
  readonly broken: Skipped[];
}

/** Takes days of one year over in one transaction, each as far as it is not there in as much detail or more. */
export function takeBatch(
  batch: Batch,
  options: TakeBatchOptions,
): { taken: TakenDay[]; skipped: Skipped[]; broken: Skipped[] } {
  const file = options.year(batch[0]!.date);
  const tally: Tally = { taken: [], skipped: [], broken: [] };
  const stored = file.storeDays(freshDays(batch, file, tally, options)).values();
  const taken = tally.taken.map((day) => {
    const { date, isOld } = day;
    const conflicts = isOld ? 0 : stored.next().value?.conflicts ?? 0;
    return { ...day, ...outcome(date, file, day.remarks, conflicts) };
  });
  return { ...tally, taken };
}

/** The days of a batch that are to be stored, one at a time. */
function* freshDays(
  batch: Batch,
  file: YearStore,
  { taken, skipped, broken }: Tally,
  options: TakeBatchOptions,
): Generator<DayToStore> {
  const { timeZone, minTimeRes, lastReading } = options;
  for (const { date, places } of batch) {
    const { origin, path } = readFirst(places, options.read, skipped, broken);
    if (!origin) continue;
    const fate = fateOf(date, origin, file, timeZone);
    if (fate === "new" || fate === "old") {
      taken.push({ date, isOld: fate === "old", remarks: origin.remarks });
    } else skipped.push({ path, date, reason: fate });
    if (fate === "new") {
      const { readings, holdMs } = origin;
      const carriedIn = lastReading(addDays(date, -1));
      const day = dayBounds(date, timeZone);
      yield { day, zone: timeZone, source: "origin", readings, holdMs, carriedIn, minTimeRes };
    }
  }
}

/** The first of a day's places that can be read. */
function readFirst(
  places: readonly Found[],
  read: TakeBatchOptions["read"],
  skipped: Skipped[],
  broken: Skipped[],
): { readonly origin: OriginDay | null; readonly path: string } {
  for (const [i, { path, date }] of places.entries()) {
    try {
      const origin = read(places[i]!);
      const reason = "another file has the day, in more detail or first";
      skipped.push(...places.slice(i + 1).map(({ path }) => ({ path, date, reason })));
      return { origin, path };
    } catch (error) {
      if (!(error instanceof OriginError)) throw error;
      broken.push({ path, date, reason: error.message });
    }
  }
  return { origin: null, path: "" };
}

/** Whether a day is new or known already, value for value; else why it is left out. */
function fateOf(date: string, origin: OriginDay, file: YearStore, timeZone: string): string {
  const earlier = file.readings(date, "origin");
  if (!earlier || earlier.holdMs > origin.holdMs) return "new";
  if (earlier.holdMs < origin.holdMs) return "taken over before, in more detail";
  if (isSame(earlier.readings, origin.readings)) return "old";
  const zone = file.day(date)?.zone;
  // Its values would lie beside those of before, hours apart.
  return zone === timeZone ? "new" : `taken over before as a day of ${zone}, not of ${timeZone}`;
}

function isSame(a: readonly Reading[], b: readonly Reading[]): boolean {
  return a.length === b.length &&
    a.every(({ at, watts }, i) => at === b[i]!.at && watts === b[i]!.watts);
}

function outcome(
  date: string,
  file: YearStore,
  remarks: readonly string[],
  conflicts: number,
): Pick<TakenDay, "kWh" | "remarks"> {
  const kWh = file.day(date)!.wh / 1000;
  const own = file.readings(date, "measured")?.readings.length ?? 0;
  const more = [
    conflicts > 0 && `${counted(conflicts, "value")} of an earlier import stay`,
    own > 0 && `fills what ${counted(own, "reading")} of our own leave open`,
    kWh === 0 && "no energy at all",
  ];
  return { kWh, remarks: [...remarks, ...more.filter((remark) => remark !== false)] };
}
