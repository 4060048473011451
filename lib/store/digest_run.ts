import { addDays, dayBounds } from "../calendar.ts";
import type { DigestEvidence } from "../health.ts";
import type { Reading } from "../reading.ts";
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

/** What the runs need; the journal and the yearly files know nothing of each other. */
export interface DigestRunOptions {
  readonly timeZone: string;
  readonly nowMs: () => number;
  /** Moves what the spool holds to the journal; only the process that fills the spool may. */
  readonly flush: () => Promise<void>;
  /** Runs `work` while no other process moves the journal's files. */
  readonly locked: <T>(work: () => Promise<T>) => Promise<T>;
  /** The dates that the journal has a file for. */
  readonly dates: () => Promise<string[]>;
  readonly readDay: (
    date: string,
  ) => Promise<{ readings: readonly Reading[]; conflicts: number; bad: number }>;
  /** The last reading of a day that is stored already, `null` when there is none. */
  readonly lastStored: (date: string) => Reading | null;
  /** Stores the union of what is stored and `readings`, and reads it back; `null` when neither has any. */
  readonly storeDay: (
    date: string,
    readings: readonly Reading[],
    carriedIn: Reading | null,
  ) => { day: StoredDay; added: number; conflicts: number } | null;
  readonly isStored: (date: string) => boolean;
  /** Removes the day's journal, every reading of which is in a committed pack now. */
  readonly removeDay: (date: string) => Promise<void>;
  readonly onDigested: (digested: DigestedDay) => void;
  readonly onFailed: (failed: FailedDay) => void;
}

/** Turns the journal of completed days into the yearly files, one day after the other; a day that fails stops none. */
export class DigestRun {
  readonly #options: DigestRunOptions;
  readonly #failed = new Map<string, FailedDay>();
  #last: DigestState["last"] = null;
  /** As the newest look at the journal found them. */
  #pending: readonly string[] = [];
  #running: Promise<unknown> = Promise.resolve();

  constructor(options: DigestRunOptions) {
    this.#options = options;
  }

  /** Whether the local day has ended, so that it can be digested. */
  isOver(date: string): boolean {
    return dayBounds(date, this.#options.timeZone).endMs <= this.#options.nowMs();
  }

  /** Completed days with a journal, oldest first. */
  async pending(): Promise<string[]> {
    return (await this.#options.dates()).filter((date) => this.isOver(date));
  }

  async state(): Promise<DigestState> {
    const pending = this.#pending = await this.pending();
    const failed = [...this.#failed.values()].filter(({ date }) => pending.includes(date));
    return { last: this.#last, pending, failed };
  }

  /** What `/health` follows from; a run a minute keeps it fresh. */
  evidence(): Pick<DigestEvidence, "waitingSince" | "failure" | "last"> {
    const [oldest] = this.#pending;
    return {
      waitingSince: oldest === undefined ? null : dayBounds(oldest, this.#options.timeZone).endMs,
      failure: oldest === undefined ? null : this.#failed.get(oldest)?.reason ?? null,
      last: this.#last,
    };
  }

  /** Digests the named days, or every pending one; never throws for a day. Two calls take turns. */
  run(dates?: readonly string[]): Promise<DigestState> {
    const run = this.#running.then(() => this.#run(dates));
    this.#running = run.catch(() => {});
    return run;
  }

  async #run(dates?: readonly string[]): Promise<DigestState> {
    if ((dates ?? await this.pending()).length > 0) await this.#options.flush();
    for (const date of dates ?? await this.pending()) {
      try {
        const digested = await this.#options.locked(() => this.#digest(date));
        this.#failed.delete(date);
        if (digested) this.#tell(digested);
      } catch (error) {
        const failed = { date, reason: error instanceof Error ? error.message : String(error) };
        this.#failed.set(date, failed);
        this.#options.onFailed(failed);
      }
    }
    return await this.state();
  }

  async #digest(date: string): Promise<DigestedDay | null> {
    const { readDay, storeDay, removeDay, isStored } = this.#options;
    const { readings, bad, conflicts } = await readDay(date);
    const stored = storeDay(date, readings, await this.#lastBefore(date));
    await removeDay(date);
    if (!stored) return null;
    // The last reading of a day holds into the next one; when it came late, that one counts anew.
    const next = addDays(date, 1);
    if (stored.added > 0 && isStored(next)) storeDay(next, [], await this.#lastBefore(next));
    return { ...stored, bad, conflicts: conflicts + stored.conflicts };
  }

  async #lastBefore(date: string): Promise<Reading | null> {
    const before = addDays(date, -1);
    const last = (await this.#options.readDay(before)).readings.at(-1) ?? null;
    const stored = this.#options.lastStored(before);
    return last && stored ? (last.at > stored.at ? last : stored) : last ?? stored;
  }

  #tell(digested: DigestedDay): void {
    const { date, wh } = digested.day;
    const at = this.#options.nowMs();
    if (!this.#last || date >= this.#last.date) this.#last = { date, at, kWh: wh / 1000 };
    this.#options.onDigested(digested);
  }
}
