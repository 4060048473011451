import { dayBounds, dayFinder, isDate } from "../calendar.ts";
import type { StoreStatus } from "../live/wire.ts";
import type { LiveReading, Reading } from "../reading.ts";
import { appendLines } from "./append.ts";
import type { ClockHold } from "./clock_hold.ts";
import { diskProblem } from "./disk_problem.ts";
import { JOURNAL_LOCK, lockFolder } from "./folder_lock.ts";
import { formatLine, type MergedReadings, mergeReadings, parseLines } from "./journal_lines.ts";
import { Spool } from "./spool.ts";

/** What the journal needs to know. */
export interface JournalOptions {
  readonly journalDir: string;
  /** Where the spool lies: the `RUNTIME_DIRECTORY`, else `journalDir`. */
  readonly spoolDir: string;
  readonly timeZone: string;
  /** Readings that may wait in memory while the disk takes none. */
  readonly mostWaiting: number;
  readonly hold: ClockHold;
  readonly nowMs: () => number;
  /** Held readings have their times now; `late` when network time never came. */
  readonly onStamped: (readings: readonly Reading[], late: boolean) => void;
}

/** Readings until their day is digested: the spool, and a file `YYYY-MM-DD.csv` for each local day. */
export class Journal {
  readonly #options: JournalOptions;
  readonly #spool: Spool;
  #holdTurn: Promise<void> = Promise.resolve();
  #flushing: Promise<void> | null = null;
  #flushProblem: string | null = null;
  #status: StoreStatus;

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#spool = new Spool(options.spoolDir, options.mostWaiting);
    this.#status = { ok: true, since: options.nowMs(), detail: "", waiting: 0 };
  }

  /** Makes the folders and takes in what an earlier process left; what the disk refuses stays and shows in the status. */
  async open(): Promise<void> {
    const { journalDir, spoolDir, hold } = this.#options;
    try {
      for (const folder of [journalDir, spoolDir]) await Deno.mkdir(folder, { recursive: true });
      for (const reading of await hold.start()) await this.#spool.append(reading);
      using _lock = await lockFolder(journalDir, JOURNAL_LOCK);
      for (const path of this.#spoolPaths()) await this.#moveToDays(path);
      if (this.#spool.waiting.length === 0) await hold.forget();
      this.#flushProblem = null;
    } catch (error) {
      this.#flushProblem = diskProblem(journalDir, error);
    }
  }

  /** Resolves when the spool has the reading or the disk has refused it, and then it waits in memory; never throws. */
  append(reading: LiveReading): Promise<void> {
    if (!this.#options.hold.holding) return this.#spool.append(reading);
    return this.#holdTurn = this.#holdTurn.then(() => this.#appendHeld(reading));
  }

  async #appendHeld(reading: LiveReading): Promise<void> {
    const { hold, onStamped } = this.#options;
    if (!hold.holding) return this.#spool.append(reading);
    await hold.hold(reading);
    const released = await hold.release();
    if (!released) return;
    await Promise.all(released.readings.map((one) => this.#spool.append(one)));
    // Their file stays while the disk refuses the spool: its times are decided, so taking it in again changes nothing.
    if (this.#spool.waiting.length === 0) await hold.forget().catch(() => {});
    onStamped(released.readings, released.late);
  }

  /** Moves the spool's readings to the files of their days; never throws, {@linkcode status} tells of failure. */
  flush(): Promise<void> {
    this.#flushing ??= this.#flush().finally(() => this.#flushing = null);
    return this.#flushing;
  }

  async #flush(): Promise<void> {
    const { journalDir } = this.#options;
    try {
      await Deno.mkdir(journalDir, { recursive: true });
      using _lock = await lockFolder(journalDir, JOURNAL_LOCK);
      // Twice, since the first round may have had to finish what an earlier flush left.
      for (let round = 0; round < 2; round++) {
        await this.#spool.rotate();
        await this.#moveToDays(this.#spool.flushingPath);
      }
      this.#flushProblem = null;
    } catch (error) {
      this.#flushProblem = diskProblem(journalDir, error);
    }
  }

  /** Appends a spool file's lines to their days' files, all of them or none, and removes it. */
  async #moveToDays(path: string): Promise<void> {
    const { readings, bad } = parseLines(await readIfPresent(path));
    const dayOf = dayFinder(this.#options.timeZone);
    const texts = new Map<string, string>();
    const add = (name: string, line: string) => texts.set(name, (texts.get(name) ?? "") + line);
    for (const reading of readings) add(`${dayOf(reading.at).date}.csv`, formatLine(reading));
    const badDate = dayOf(readings.at(-1)?.at ?? this.#options.nowMs()).date;
    for (const line of bad) add(`${badDate}.bad`, `${line}\n`);
    await appendToAll(this.#options.journalDir, texts);
    await Deno.remove(path).catch(ignoreAbsent);
  }

  /** The readings of a local day that the journal has, those still in the spool or in memory included, in the order of their times. */
  async readDay(date: string): Promise<MergedReadings & { readonly bad: number }> {
    const { journalDir, timeZone } = this.#options;
    const { startMs, endMs } = dayBounds(date, timeZone);
    const waiting = [...this.#spool.waiting];
    // Lines move from the spool to the day's file: read against that direction, none is missed.
    const spools: string[] = [];
    for (const path of this.#spoolPaths().reverse()) spools.unshift(await readIfPresent(path));
    const day = parseLines(await readIfPresent(`${journalDir}/${date}.csv`));
    const arrivals = [day, ...spools.map(parseLines)].flatMap(({ readings }) => readings);
    const inDay = [...arrivals, ...waiting].filter(({ at }) => at >= startMs && at < endMs);
    return { ...mergeReadings(inDay), bad: day.bad.length };
  }

  /** The dates of the days that have a file, oldest first. */
  async dates(): Promise<string[]> {
    const dates: string[] = [];
    for await (const { name } of Deno.readDir(this.#options.journalDir)) {
      const date = name.slice(0, -".csv".length);
      if (name.endsWith(".csv") && isDate(date)) dates.push(date);
    }
    return dates.sort();
  }

  /** Whether readings reach the disk, as `/health` tells it. */
  status(): StoreStatus {
    const problem = this.#spool.problem ?? this.#flushProblem;
    const waiting = this.#spool.waiting.length;
    const lost = this.#spool.dropped > 0 ? `; ${this.#spool.dropped} found no room at all` : "";
    const detail = problem ? `${problem}; ${waiting} readings wait in memory${lost}` : "";
    const ok = problem === null;
    const since = ok === this.#status.ok ? this.#status.since : this.#options.nowMs();
    return this.#status = { ok, since, detail, waiting };
  }

  /** Every file that may hold readings before they reach their day's, the oldest lines first. */
  #spoolPaths(): string[] {
    const { journalDir, spoolDir } = this.#options;
    const folders = [...new Set([spoolDir, journalDir])];
    return folders.flatMap((folder) => [`${folder}/spool.flushing`, `${folder}/spool`]);
  }
}

/** Appends to several files of a folder; when one is refused, those before it are taken back. */
async function appendToAll(folder: string, texts: ReadonlyMap<string, string>): Promise<void> {
  const done: [path: string, sizeBefore: number][] = [];
  try {
    for (const [name, text] of texts) {
      const path = `${folder}/${name}`;
      done.push([path, await appendLines(path, text, { durable: true })]);
    }
  } catch (error) {
    for (const [path, size] of done) await Deno.truncate(path, size).catch(() => {});
    throw error;
  }
}

async function readIfPresent(path: string): Promise<string> {
  try {
    return await Deno.readTextFile(path);
  } catch (error) {
    ignoreAbsent(error);
    return "";
  }
}

function ignoreAbsent(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}
