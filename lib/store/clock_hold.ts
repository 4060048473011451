import { type LiveReading, type Reading, roundAt } from "../reading.ts";
import { appendLines } from "./append.ts";
import {
  decidedPath,
  formatHeld,
  heldPath,
  type HeldReading,
  type HeldReadings,
  readHeldFiles,
} from "./held_file.ts";
import { ignoreAbsent } from "./line_file.ts";

/** Longest time that readings wait for network time. */
const LONGEST_HOLD_MS = 600_000;

/** Where systemd-timesyncd says whether it has set the clock (systemd-timesyncd.service(8)). */
const TIMESYNC_FOLDER = "/run/systemd/timesync";

/** Whether the wall clock can be trusted: `false` only where systemd-timesyncd runs and has not set it yet. */
export async function isClockSynchronised(folder = TIMESYNC_FOLDER): Promise<boolean> {
  const present = (path: string) => Deno.lstat(path).then(() => true, () => false);
  return !await present(folder) || await present(`${folder}/synchronized`);
}

/** What the hold needs to know of the machine. */
export interface ClockHoldOptions {
  /** Where held readings rest at once. */
  readonly spoolDir: string;
  /** Where a flush brings them, since the spool's folder may not outlive the machine's stop. */
  readonly journalDir: string;
  /** Tells this start of the machine from any other. */
  readonly bootId: string;
  /** Milliseconds since the machine started. */
  readonly bootMs: () => number;
  readonly nowMs: () => number;
  readonly monoMs: () => number;
  readonly isSynchronised: () => Promise<boolean>;
}

/** Readings that have their times now. */
export interface StampedReadings {
  readonly readings: readonly Reading[];
  /** Whether there are some whose time is the clock's as it stood, since network time never came. */
  readonly late: boolean;
}

interface HeldFile {
  readonly path: string;
  /** How many of the held readings it has. */
  written: number;
}

/**
 * Keeps readings back while the wall clock is not set yet, with the machine's own time, and stamps them when it is. They
 * rest in a file `spool.held.<boot>`, so that the death of the process loses none; it is renamed to
 * `spool.held.<boot>.<offset>` before any of them goes on, so that whoever stamps them again gives them the same times.
 * Calls are not to overlap.
 */
export class ClockHold {
  readonly #options: ClockHoldOptions;
  readonly #spoolFile: HeldFile;
  readonly #journalFile: HeldFile;
  #held: HeldReading[] = [];
  #holding = false;
  #stampedPaths: string[] = [];

  constructor(options: ClockHoldOptions) {
    const { spoolDir, journalDir, bootId } = options;
    this.#options = options;
    this.#spoolFile = { path: heldPath(spoolDir, bootId), written: 0 };
    this.#journalFile = spoolDir === journalDir
      ? this.#spoolFile
      : { path: heldPath(journalDir, bootId), written: 0 };
  }

  get holding(): boolean {
    return this.#holding;
  }

  /** Files of readings that are stamped: they go, by {@linkcode forget}, once the journal has these. */
  get stampedPaths(): readonly string[] {
    return this.#stampedPaths;
  }

  /** Starts to hold if the clock is not set; gives the readings of an earlier process or start that can be stamped now. */
  async start(): Promise<StampedReadings> {
    const { spoolDir, journalDir, bootId, isSynchronised } = this.#options;
    const readings: Reading[] = [];
    let [late, isDecided] = [false, false];
    for (const past of await readHeldFiles(new Set([spoolDir, journalDir]))) {
      const isOwn = past.bootId === bootId;
      if (isOwn && past.offsetMs === null) this.#goOn(past);
      else {
        readings.push(...past.held.map((one) => stamp(one, past.offsetMs)));
        this.#stampedPaths.push(...past.files.map(({ path }) => path));
        late ||= past.held.length > 0 && past.offsetMs === null;
        isDecided ||= isOwn;
      }
    }
    // Where the times of this start of the machine were decided, its clock is not waited for again.
    this.#holding = this.#held.length > 0 || !isDecided && !await isSynchronised();
    return { readings, late };
  }

  #goOn({ held, files }: HeldReadings): void {
    this.#held = [...held];
    for (const file of [this.#spoolFile, this.#journalFile]) {
      const lines = files.find(({ path }) => path === file.path)?.lines;
      file.written = lines === held.length ? lines : 0;
    }
  }

  /** Holds a reading; never throws, since it is kept in memory too. */
  async hold(reading: LiveReading): Promise<void> {
    const { monoMs, bootMs } = this.#options;
    const sinceMs = monoMs() - reading.monoMs;
    this.#held.push({
      at: reading.at,
      watts: reading.watts,
      bootMs: Math.round(bootMs() - sinceMs),
    });
    await this.#write(this.#spoolFile, false).catch(() => {});
  }

  /** Waits until the journal's disk has what is held. */
  async keep(): Promise<void> {
    await this.#write(this.#journalFile, true);
  }

  async #write(file: HeldFile, durable: boolean): Promise<void> {
    const missing = this.#held.slice(file.written);
    if (missing.length === 0) return;
    await appendLines(file.path, missing.map(formatHeld).join(""), { durable });
    file.written += missing.length;
  }

  /** The held readings, stamped, when the clock has been set or has not been for too long; `null` while they must wait. */
  async release(): Promise<StampedReadings | null> {
    const { bootMs, nowMs, isSynchronised } = this.#options;
    if (!this.#holding) return null;
    const late = bootMs() - (this.#held[0]?.bootMs ?? Infinity) >= LONGEST_HOLD_MS;
    if (!late && !await isSynchronised()) return null;
    const offsetMs = Math.round(nowMs() - bootMs());
    for (const { path } of new Set([this.#spoolFile, this.#journalFile])) {
      const decided = decidedPath(path, offsetMs);
      const isThere = await Deno.rename(path, decided).then(() => true, () => false);
      this.#stampedPaths.push(isThere ? decided : path);
    }
    const readings = this.#held.map((reading) => stamp(reading, offsetMs));
    this.#held = [];
    this.#holding = false;
    return { readings, late };
  }

  /** Removes files of stamped readings. */
  async forget(paths: readonly string[]): Promise<void> {
    for (const path of paths) await Deno.remove(path).catch(ignoreAbsent);
    this.#stampedPaths = this.#stampedPaths.filter((path) => !paths.includes(path));
  }
}

function stamp(reading: HeldReading, offsetMs: number | null): Reading {
  const at = offsetMs === null ? reading.at : roundAt(reading.bootMs + offsetMs);
  return { at, watts: reading.watts };
}
