import { type OriginDay, OriginError } from "./origin_day.ts";
import type { Found, Plan, Skipped } from "./plan.ts";
import { type DayRead, storeDays, type StoreOptions, type TakenDay } from "./store_days.ts";

/** What became of a plan. */
export interface TakeOver {
  readonly taken: TakenDay[];
  readonly skipped: Skipped[];
  /** What could not be read or stored. */
  readonly broken: Skipped[];
}

/** Where days come from and go to. */
export interface TakeOverOptions extends StoreOptions {
  /** Reads a day; throws OriginError when that cannot be done. */
  readonly read: (place: Found) => Promise<OriginDay>;
  /** Why days could not be stored, for an error that the user can do something about. */
  readonly storeProblem: (error: unknown) => string | null;
  /** Runs `work` while no other process moves the journal's files. */
  readonly locked: <T>(work: () => T) => Promise<T>;
  /** Told how many days of the plan are done. */
  readonly onProgress: (done: number) => void;
}

/** Days that are stored in one transaction: the disk takes its time for each, and memory holds so many. */
const BATCH = 10;

/** Takes the days of a plan over; one that fails stops no other, and doing it again changes nothing. */
export async function takeOver(plan: Plan, options: TakeOverOptions): Promise<TakeOver> {
  const result: TakeOver = { taken: [], skipped: [...plan.skipped], broken: [] };
  const years = Map.groupBy(plan.days, ({ date }) => date.slice(0, 4));
  let done = 0;
  for (const days of years.values()) {
    for (let start = 0; start < days.length; start += BATCH) {
      const batch = days.slice(start, start + BATCH);
      await store(await readDays(batch, options, result), options, result);
      options.onProgress(done += batch.length);
    }
  }
  return result;
}

/** Of each day the first place that can be read. */
async function readDays(
  days: Plan["days"],
  { read }: TakeOverOptions,
  { skipped, broken }: TakeOver,
): Promise<DayRead[]> {
  const result: DayRead[] = [];
  for (const { date, places } of days) {
    let isRead = false;
    for (const place of places) {
      const { path } = place;
      if (isRead) {
        skipped.push({ path, date, reason: "another file has the day, in more detail or first" });
        continue;
      }
      try {
        result.push({ place, origin: await read(place) });
        isRead = true;
      } catch (error) {
        if (!(error instanceof OriginError)) throw error;
        broken.push({ path, date, reason: error.message });
      }
    }
  }
  return result;
}

async function store(
  days: readonly DayRead[],
  options: TakeOverOptions,
  { taken, skipped, broken }: TakeOver,
): Promise<void> {
  try {
    const stored = await options.locked(() => storeDays(days, options));
    taken.push(...stored.taken);
    skipped.push(...stored.skipped);
  } catch (error) {
    const reason = options.storeProblem(error);
    if (reason === null) throw error;
    broken.push(...days.map(({ place: { path, date } }) => ({ path, date, reason })));
  }
}
