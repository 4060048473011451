import { dayFinder } from "../calendar.ts";
import type { StoreStatus } from "../live/wire.ts";
import { Tally } from "../metrics/tally.ts";
import type { LiveReading, Reading } from "../reading.ts";
import { beginning, redated, type Since } from "../since.ts";
import type { ClockHold } from "./clock_hold.ts";
import { datesIn, DayFiles } from "./day_files.ts";
import { diskProblem } from "./disk_problem.ts";
import { JOURNAL_LOCK, lockFolder } from "./folder_lock.ts";
import { type JournalDay, type JournalPlace, readJournalDay } from "./journal_day.ts";
import { leftSpoolPaths, Spool } from "./spool.ts";
import { SpooledDates } from "./spooled_dates.ts";

/** What the journal needs to know. */
export interface JournalOptions extends JournalPlace {
  /** Readings that may wait in memory while the disk takes none. */
  readonly mostWaiting: number;
  readonly hold: ClockHold;
  readonly nowMs: () => number;
  readonly monoMs: () => number;
  /** Held readings have their times now; `late` when network time never came. */
  readonly onStamped: (readings: readonly Reading[], late: boolean) => void;
}

/** How long a flush waits while another process holds the journal; at the start the page waits too. */
const LOCK_PATIENCE_MS = 20_000;
const START_PATIENCE_MS = 1_000;
/** A disk that has not answered for so long takes nothing. */
const DISK_PATIENCE_MS = 30_000;

/** Readings until their day is digested: the spool, and a file `YYYY-MM-DD.csv` for each local day. */
export class Journal {
  /** How often it was flushed, and how long that took. */
  readonly flushes: Tally;
  readonly #options: JournalOptions;
  readonly #spool: Spool;
  readonly #days: DayFiles;
  readonly #spooledDates: SpooledDates;
  #holdTurn: Promise<void> = Promise.resolve();
  #flushTurn: Promise<void> = Promise.resolve();
  #queuedFlush: { readonly done: Promise<void>; readonly signal: AbortSignal | undefined } | null =
    null;
  #flushProblem: string | null = null;
  #flushBusySinceMs: number | null = null;
  #straysMoved = false;
  #isOk = true;
  #since: Since;

  constructor(options: JournalOptions) {
    const { journalDir, spoolDir, timeZone, mostWaiting, nowMs, monoMs } = options;
    this.#options = options;
    this.flushes = new Tally(monoMs);
    this.#spool = new Spool(spoolDir, mostWaiting, monoMs);
    this.#days = new DayFiles({ folder: journalDir, timeZone, nowMs });
    this.#spooledDates = new SpooledDates(options);
    this.#since = beginning(options);
  }

  /** Takes in what an earlier process left; what the disk refuses stays and shows in the status. Never throws. */
  async open(): Promise<void> {
    const { hold, onStamped } = this.#options;
    const { readings, late } = await hold.start();
    for (const reading of readings) this.#spool.append(reading);
    await (this.#flushTurn = this.#flush(START_PATIENCE_MS));
    if (late) onStamped(readings, late);
  }

  /** Resolves when the spool has the reading or the disk has refused it, and then it waits in memory; never throws. */
  append(reading: LiveReading): Promise<void> {
    const { hold } = this.#options;
    const { at, watts } = reading;
    if (!hold.holding) return this.#spool.append({ at, watts });
    return this.#inHoldTurn(async () => {
      if (!hold.holding) return await this.#spool.append({ at, watts });
      await hold.hold(reading);
      await this.#release();
    });
  }

  async #release(): Promise<void> {
    const released = await this.#options.hold.release();
    if (!released) return;
    await Promise.all(released.readings.map((reading) => this.#spool.append(reading)));
    this.#options.onStamped(released.readings, released.late);
  }

  #inHoldTurn(action: () => Promise<void>): Promise<void> {
    const done = this.#holdTurn.then(action);
    this.#holdTurn = done.catch(() => {});
    return done;
  }

  /**
   * Moves all readings appended so far to the files of their days; never throws, {@linkcode status} tells of failure.
   *
   * @param signal ends it early: what has not been moved rests in the spool
   */
  flush(signal?: AbortSignal): Promise<void> {
    // One at most stands in the queue behind the one at work, which may have passed the newest reading by; and one more
    // where a stop has ended that one.
    if (this.#queuedFlush && !this.#queuedFlush.signal?.aborted) return this.#queuedFlush.done;
    const done = this.#flushTurn.then(() => {
      if (this.#queuedFlush?.done === done) this.#queuedFlush = null;
      const flush = () => this.#flush(LOCK_PATIENCE_MS, signal);
      return this.flushes.time(flush, () => this.#flushProblem === null);
    });
    this.#queuedFlush = { done, signal };
    return this.#flushTurn = done;
  }

  async #flush(patienceMs: number, signal?: AbortSignal): Promise<void> {
    const { journalDir, hold, monoMs } = this.#options;
    this.#flushBusySinceMs = monoMs();
    try {
      await this.#inHoldTurn(() => this.#release());
      const stamped = hold.stampedPaths;
      using _lock = await lockFolder(journalDir, JOURNAL_LOCK, { patienceMs, signal });
      await this.#moveSpool(signal);
      await hold.forget(stamped);
      await this.#inHoldTurn(() => hold.keep());
      if (!this.#straysMoved) await this.#days.moveStrays();
      this.#straysMoved = true;
      this.#flushProblem = null;
    } catch (error) {
      if (error !== signal?.reason) this.#flushProblem = diskProblem(journalDir, error);
    } finally {
      this.#flushBusySinceMs = null;
    }
  }

  async #moveSpool(signal: AbortSignal | undefined): Promise<void> {
    const takeIn = async (path: string) => {
      do {
        signal?.throwIfAborted();
        this.#flushBusySinceMs = this.#options.monoMs();
      } while (await this.#days.takeIn(path));
    };
    const { journalDir, spoolDir } = this.#options;
    for (const path of leftSpoolPaths(spoolDir, journalDir)) {
      if (!await this.#spool.isAt(path)) await takeIn(path);
    }
    await this.#spool.rotate();
    await takeIn(this.#spool.flushingPath);
    await this.#spool.writeElsewhere((readings) =>
      this.#days.append({ readings: [...readings], bad: [] }, async () => {})
    );
  }

  /** The readings of a local day, those still in the spool or in memory included. */
  readDay(date: string): Promise<JournalDay> {
    return readJournalDay(this.#options, date, this.#spool.waiting);
  }

  /** The dates of the days that have a file, oldest first; while the disk takes nothing, of those that wait for one too. */
  async dates(): Promise<string[]> {
    const { journalDir, timeZone } = this.#options;
    // Else the spool has today's readings, and it would take long to look at them for each question.
    if (this.#problem() === null) return await datesIn(journalDir);
    const dayOf = dayFinder(timeZone);
    const dates = new Set(this.#spool.waiting.map(({ at }) => dayOf(at).date));
    // Of a spool that cannot be read the status tells.
    for (const date of await this.#spooledDates.get().catch(() => [])) dates.add(date);
    for (const date of await datesIn(journalDir)) dates.add(date);
    return [...dates].sort();
  }

  /** Removes the file of a day whose readings are all kept elsewhere. To be called while holding {@linkcode JOURNAL_LOCK}. */
  removeDay(date: string): Promise<void> {
    return this.#days.remove(date);
  }

  /** Whether readings reach the disk, as `/health` tells it. */
  status(): StoreStatus {
    const problem = this.#problem();
    const waiting = this.#spool.waiting.length;
    const lost = this.#spool.dropped > 0 ? `; ${this.#spool.dropped} found no room at all` : "";
    const rest = waiting > 0 ? `${waiting} readings wait in memory` : "readings rest in the spool";
    const detail = problem ? `${problem}; ${rest}${lost}` : "";
    const ok = problem === null;
    this.#since = ok === this.#isOk
      ? redated(this.#since, this.#options)
      : beginning(this.#options);
    this.#isOk = ok;
    return { ok, since: this.#since.at, detail, waiting };
  }

  #problem(): string | null {
    return this.#spool.problem ?? this.#stalled() ?? this.#flushProblem;
  }

  #stalled(): string | null {
    const { monoMs, journalDir } = this.#options;
    const owed = [[this.#spool.path, this.#spool.busySinceMs], [
      journalDir,
      this.#flushBusySinceMs,
    ]] as const;
    const stalled = owed.find(([, sinceMs]) =>
      sinceMs !== null && monoMs() - sinceMs > DISK_PATIENCE_MS
    );
    return stalled ? `${stalled[0]}: the disk does not answer: it may be failing` : null;
  }
}
