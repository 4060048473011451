import type { Tier } from "../alarm/tiers.ts";
import { addDays, dayBounds } from "../calendar.ts";
import { holdMs } from "../reading.ts";
import { YearFileError } from "../store/year_error.ts";
import { YearFiles } from "../store/year_files.ts";
import type { DayToStore } from "../store/year_store.ts";
import { type PastHouse, pastReadings, pastStepMs } from "./demo_year.ts";

/** Which history to make; the message that starts this file as a worker. The message `"stop"` ends it early. */
export interface DemoHistoryOptions extends PastHouse {
  /** As in `DATABASE_URL`. */
  readonly databasePath: string;
  /** `YYYY-MM-DD`; this day and the one before are the service's own. */
  readonly today: string;
  readonly minTimeRes: number;
  readonly limits: readonly Tier[];
}

/** The worker's last message: no file is written any more. `error`: one sentence. */
export interface DemoHistoryEnd {
  readonly error?: string;
}

/** This year and those before it. */
const YEARS = 3;
/** Days in one transaction: a digest of the service beside it waits no longer than these take. */
const BATCH = 5;
const PAUSE_MS = 20;
/** Each try waits a second for the lock by itself. */
const BUSY_TRIES = 20;

/** Writes the years, the newest day first, until `isStopped`. Throws what the yearly files do. */
async function writeHistory(options: DemoHistoryOptions, isStopped: () => boolean): Promise<void> {
  using years = new YearFiles(options.databasePath);
  for (const dates of batches(options.today)) {
    await patiently(isStopped, () => {
      const days = dates.map((date) => dayToStore(date, options));
      years.open(Number(dates[0]!.slice(0, 4))).storeDays(days);
    });
    await pause(PAUSE_MS);
    if (isStopped()) return;
  }
}

/** The dates of the history, newest first, in batches of one year each. */
function* batches(today: string): Generator<string[]> {
  const firstYear = Number(today.slice(0, 4)) - YEARS + 1;
  let batch: string[] = [];
  for (let date = addDays(today, -2); Number(date.slice(0, 4)) >= firstYear;) {
    batch.push(date);
    const before = addDays(date, -1);
    if (batch.length === BATCH || before.slice(0, 4) !== date.slice(0, 4)) {
      yield batch;
      batch = [];
    }
    date = before;
  }
}

function dayToStore(date: string, options: DemoHistoryOptions): DayToStore {
  const { today, timeZone, minTimeRes, limits } = options;
  const day = dayBounds(date, timeZone);
  const stepMs = pastStepMs(date, today);
  return {
    day,
    zone: timeZone,
    source: "measured",
    readings: pastReadings(day, stepMs, options),
    holdMs: holdMs(stepMs / 1000),
    // A day without a gap at its start has a reading there.
    carriedIn: null,
    minTimeRes,
    alarm: { limits, before: () => [] },
  };
}

/** Does `work` again while the service keeps the file locked. */
async function patiently(isStopped: () => boolean, work: () => void): Promise<void> {
  for (let tries = 1;; tries++) {
    try {
      return work();
    } catch (error) {
      const isBusy = error instanceof YearFileError && error.problem === "busy";
      if (!isBusy || tries === BUSY_TRIES) throw error;
    }
    await pause(PAUSE_MS);
    if (isStopped()) return;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

function runWorker(): void {
  let isStopped = false;
  self.onmessage = async ({ data }: MessageEvent<DemoHistoryOptions | "stop">) => {
    if (data === "stop") {
      isStopped = true;
      return;
    }
    const end: DemoHistoryEnd = await writeHistory(data, () => isStopped).then(
      () => ({}),
      (error) => ({ error: error instanceof Error ? error.message : String(error) }),
    );
    self.postMessage(end);
    self.close();
  };
}

if ("DedicatedWorkerGlobalScope" in globalThis) runWorker();
