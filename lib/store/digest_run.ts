import type { Tier } from "../alarm/tiers.ts";
import { dayBounds, localDate } from "../calendar.ts";
import type { DigestEvidence } from "../health.ts";
import type { Reading } from "../reading.ts";
import { UserError } from "../user_error.ts";
import { diskProblem } from "./disk_problem.ts";
import type { StoredDay } from "./year_read.ts";

/** A day that could not be digested; it is tried again with the next run. */
export interface FailedDay {
  readonly date: string;
  /** One sentence. */
  readonly reason: string;
}

/** `GET /digest`. */
export interface DigestState {
  /** The newest day that this process has digested. */
  readonly last: { readonly date: string; readonly at: number; readonly kWh: number } | null;
  /** Completed days whose journal is not digested yet, oldest first. */
  readonly pending: readonly string[];
  /** Of the newest run, oldest first. */
  readonly failed: readonly FailedDay[];
}

/** What one day's digest did. */
export interface DigestedDay {
  readonly day: StoredDay;
  /** Readings that were not stored before. */
  readonly added: number;
  /** Lines of the journal that are no reading, and readings that differ from another one of the same time. */
  readonly bad: number;
  readonly conflicts: number;
}

/** What a day leaves to the next one, wherever its readings rest. */
export interface Evening {
  /** Its last reading, `null` when there is none. */
  readonly last: Reading | null;
  /** Its readings as far as these limits of the alarm ask for them. */
  readonly before: (limits: readonly Tier[]) => readonly Reading[];
}

/** What the runs need; the journal and the yearly files know nothing of each other. */
export interface DigestRunOptions {
  readonly journalDir: string;
  readonly timeZone: string;
  readonly nowMs: () => number;
  /** Moves what the spool holds to the journal; only the process that fills the spool may. */
  readonly flush: () => Promise<void>;
  /** Runs `work` while no other process moves the journal's files. */
  readonly locked: <T>(work: () => Promise<T>) => Promise<T>;
  /** The dates of which the journal has readings, oldest first. */
  readonly dates: () => Promise<string[]>;
  readonly readDay: (
    date: string,
  ) => Promise<{ readings: readonly Reading[]; conflicts: number; bad: number; others: number }>;
  readonly evening: (date: string) => Promise<Evening>;
  /** Stores the union of what is stored and `readings`, and reads it back; `null` when neither has any. */
  readonly storeDay: (
    date: string,
    readings: readonly Reading[],
    evening: Evening,
  ) => { day: StoredDay; added: number; conflicts: number } | null;
  readonly isStored: (date: string) => boolean;
  /** Removes the day's journal, every reading of which is in a committed pack now; `hasOthers`: its file has other lines. */
  readonly removeDay: (date: string, hasOthers: boolean) => Promise<void>;
  readonly onDigested: (digested: DigestedDay) => void;
  /** Told once a run of all days that failed in it, if any did, oldest first. */
  readonly onFailed: (failed: readonly FailedDay[]) => void;
}

/** Turns the journal of completed days into the yearly files, one day after the other; a day that fails stops none. */
export class DigestRun {
  readonly #options: DigestRunOptions;
  readonly #failed = new Map<string, FailedDay>();
  #last: DigestState["last"] = null;
  /** When each pending day was first seen to be one. */
  #pendingSince: ReadonlyMap<string, number> = new Map();
  #hasLooked = false;
  /** The date on which a run has flushed. */
  #flushedOn = "";
  #running: Promise<unknown> = Promise.resolve();

  constructor(options: DigestRunOptions) {
    this.#options = options;
  }

  /** Whether the local day has ended, so that it can be digested. */
  isOver(date: string): boolean {
    return dayBounds(date, this.#options.timeZone).endMs <= this.#options.nowMs();
  }

  async state(): Promise<DigestState> {
    const pending = await this.#look();
    const failed = [...this.#failed.values()].sort((a, b) => a.date < b.date ? -1 : 1);
    return { last: this.#last, pending, failed };
  }

  /** What `/health` follows from; a run a minute keeps it fresh. `hasLooked`: whether anything is known yet. */
  evidence(): Pick<DigestEvidence, "waiting" | "last"> & { readonly hasLooked: boolean } {
    const known = { last: this.#last, hasLooked: this.#hasLooked };
    const [longest] = [...this.#pendingSince].sort(([, a], [, b]) => a - b);
    if (!longest) return { waiting: null, ...known };
    const [date, since] = longest;
    const reason = this.#failed.get(date)?.reason ?? null;
    return { waiting: { date, since, reason }, ...known };
  }

  /** Digests the named days, or every pending one; never throws for a day. Two calls take turns. */
  run(dates?: readonly string[]): Promise<DigestState> {
    const run = this.#running.then(() => this.#run(dates));
    this.#running = run.catch(() => {});
    return run;
  }

  async #run(named?: readonly string[]): Promise<DigestState> {
    const dates = await this.#datesAfterFlush(named);
    if (!named) {
      for (const date of this.#failed.keys()) {
        if (!dates.includes(date)) this.#failed.delete(date);
      }
    }
    const failures: FailedDay[] = [];
    for (const date of dates) {
      try {
        const digested = await this.#options.locked(() => this.#digest(date, Boolean(named)));
        this.#failed.delete(date);
        if (digested) this.#tell(digested);
      } catch (error) {
        const failed = { date, reason: this.#sentence(error) };
        this.#failed.set(date, failed);
        failures.push(failed);
      }
    }
    if (failures.length > 0) this.#options.onFailed(failures);
    return await this.state();
  }

  /** What is to be digested; flushed before, and when a day has turned, since that may rest in the spool alone. */
  async #datesAfterFlush(named?: readonly string[]): Promise<readonly string[]> {
    const { flush, nowMs, timeZone } = this.#options;
    const today = localDate(nowMs(), timeZone);
    const isDue = today !== this.#flushedOn || (named ?? await this.#look()).length > 0;
    this.#flushedOn = today;
    if (isDue) await flush();
    return named ?? (isDue ? await this.#look() : []);
  }

  async #look(): Promise<string[]> {
    const { dates, nowMs } = this.#options;
    const found = await dates().catch((error) => {
      throw new UserError(this.#sentence(error));
    });
    const pending = found.filter((date) => this.isOver(date));
    const sinceMs = (date: string) => this.#pendingSince.get(date) ?? nowMs();
    this.#pendingSince = new Map(pending.map((date) => [date, sinceMs(date)]));
    this.#hasLooked = true;
    return pending;
  }

  async #digest(date: string, isNamed: boolean): Promise<DigestedDay | null> {
    const { timeZone, readDay, storeDay, removeDay, isStored } = this.#options;
    const { startMs, endMs } = dayBounds(date, timeZone);
    const { readings, bad, others, conflicts } = await readDay(date);
    // Another process may have digested it since this one looked.
    const hasWork = isNamed || readings.length > 0;
    const stored = hasWork ? storeDay(date, readings, await this.#eveningBefore(startMs)) : null;
    // The day's last reading holds into the next one, which was stored without it when this one comes late. It has its
    // turn before the journal goes, since what comes between the two is done again.
    const next = localDate(endMs, timeZone);
    if (stored && isStored(next)) storeDay(next, [], await this.#eveningBefore(endMs));
    await removeDay(date, bad + others > 0);
    return stored && { ...stored, bad, conflicts: conflicts + stored.conflicts };
  }

  #eveningBefore(startMs: number): Promise<Evening> {
    return this.#options.evening(localDate(startMs - 1, this.#options.timeZone));
  }

  #tell(digested: DigestedDay): void {
    const { date, wh } = digested.day;
    const at = this.#options.nowMs();
    if (!this.#last || date >= this.#last.date) this.#last = { date, at, kWh: wh / 1000 };
    this.#options.onDigested(digested);
  }

  #sentence(error: unknown): string {
    const isOfDisk = error instanceof UserError || error instanceof Error && "code" in error;
    return isOfDisk ? diskProblem(this.#options.journalDir, error) : String(error);
  }
}
