import type { Plan, Skipped } from "./plan.ts";
import { takeBatch, type TakeBatchOptions, type TakenDay } from "./take_batch.ts";

/** What became of days. */
export interface TakeOver {
  readonly taken: readonly TakenDay[];
  readonly skipped: readonly Skipped[];
  /** What could not be read or stored. */
  readonly broken: readonly Skipped[];
}

/** Where days come from and go to. */
export interface TakeOverOptions extends TakeBatchOptions {
  /** Why days could not be stored, for an error that the user can do something about. */
  readonly storeProblem: (error: unknown) => string | null;
  /** Runs `work` while no other process moves the journal's files. */
  readonly locked: <T>(work: () => T) => Promise<T>;
  /** Told how many days of the plan are done. */
  readonly onProgress: (done: number) => void;
}

/** Days that are stored in one transaction, during which a service waits that is to flush or digest. */
const BATCH = 30;

/** Takes the days of a plan over; doing it again changes nothing. Days that cannot be stored stop no others. */
export async function takeOver(plan: Plan, options: TakeOverOptions): Promise<TakeOver> {
  const parts: TakeOver[] = [{ taken: [], skipped: plan.skipped, broken: [] }];
  let done = 0;
  for (const days of Map.groupBy(plan.days, ({ date }) => date.slice(0, 4)).values()) {
    for (let start = 0; start < days.length; start += BATCH) {
      const batch = days.slice(start, start + BATCH);
      parts.push(await options.locked(() => takeOrName(batch, options)));
      options.onProgress(done += batch.length);
    }
  }
  return {
    taken: parts.flatMap(({ taken }) => taken),
    skipped: parts.flatMap(({ skipped }) => skipped),
    broken: parts.flatMap(({ broken }) => broken),
  };
}

function takeOrName(batch: Plan["days"], options: TakeOverOptions): TakeOver {
  try {
    return takeBatch(batch, options);
  } catch (error) {
    const reason = options.storeProblem(error);
    if (reason === null) throw error;
    const broken = batch.map(({ date, places }) => ({ date, path: places[0]!.path, reason }));
    return { taken: [], skipped: [], broken };
  }
}
