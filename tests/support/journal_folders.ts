import { ClockHold, type ClockHoldOptions } from "../../lib/store/clock_hold.ts";
import { Journal, type JournalOptions } from "../../lib/store/journal.ts";
import type { LiveReading, Reading } from "../../lib/reading.ts";

/** A hand-set clock: the wall's, the process's and the machine's. */
export class HandClock {
  wallMs: number;
  runMs = 1_000;
  /** The machine started 100 s before the process. */
  readonly nowMs = () => this.wallMs;
  readonly monoMs = () => this.runMs;
  readonly bootMs = () => this.runMs + 100_000;

  constructor(wall: string) {
    this.wallMs = Date.parse(wall);
  }

  /** Time passes. */
  pass(ms: number): void {
    this.wallMs += ms;
    this.runMs += ms;
  }

  /** Someone, or network time, sets the wall clock. */
  set(wall: string): void {
    this.wallMs = Date.parse(wall);
  }

  reading(watts: number): LiveReading {
    return { at: Math.round(this.wallMs / 100) * 100, watts, monoMs: this.runMs };
  }
}

export interface FolderOptions {
  readonly wall?: string;
  readonly spool?: "own folder" | "in the journal's";
  /** Both in a temporary folder by default. */
  readonly journalDir?: string;
  readonly spoolDir?: string;
}

/** The journal's two folders in a temporary one, and journals on them. */
export class JournalFolders implements AsyncDisposable {
  readonly root = Deno.makeTempDirSync({ prefix: "mcce-journal-" });
  readonly journalDir: string;
  readonly spoolDir: string;
  readonly clock: HandClock;
  readonly stamped: { readings: readonly Reading[]; late: boolean }[] = [];
  isSynchronised = true;

  constructor(options: FolderOptions = {}) {
    const { wall = "2026-11-21T12:00:00Z", spool = "own folder" } = options;
    this.clock = new HandClock(wall);
    this.journalDir = options.journalDir ?? `${this.root}/journal`;
    const ownSpoolDir = options.spoolDir ?? `${this.root}/run`;
    this.spoolDir = spool === "own folder" ? ownSpoolDir : this.journalDir;
  }

  hold(options: Partial<ClockHoldOptions> = {}): ClockHold {
    const { journalDir, spoolDir, clock: { nowMs, monoMs, bootMs } } = this;
    const isSynchronised = () => Promise.resolve(this.isSynchronised);
    const bootId = "boot-1";
    return new ClockHold({
      ...{ journalDir, spoolDir, bootId, nowMs, monoMs, bootMs, isSynchronised },
      ...options,
    });
  }

  /** As a process would make it; not opened yet. */
  journal(options: Partial<JournalOptions> = {}): Journal {
    const { journalDir, spoolDir, clock: { nowMs, monoMs } } = this;
    const onStamped = (readings: readonly Reading[], late: boolean) =>
      void this.stamped.push({ readings, late });
    return new Journal({
      ...{ journalDir, spoolDir, nowMs, monoMs, onStamped },
      timeZone: "Europe/Rome",
      mostWaiting: 17_280,
      hold: this.hold(),
      ...options,
    });
  }

  async opened(options: Partial<JournalOptions> = {}): Promise<Journal> {
    const journal = this.journal(options);
    await journal.open();
    return journal;
  }

  /** The text of a file of the journal's folder, `null` when it is not there. */
  text(name: string, folder = this.journalDir): string | null {
    try {
      return Deno.readTextFileSync(`${folder}/${name}`);
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return null;
      throw error;
    }
  }

  write(name: string, content: string | Uint8Array, folder = this.journalDir): void {
    Deno.mkdirSync(folder, { recursive: true });
    if (typeof content === "string") Deno.writeTextFileSync(`${folder}/${name}`, content);
    else Deno.writeFileSync(`${folder}/${name}`, content);
  }

  /** The names of the files in a folder that hold readings or what was to be one: all but the locks and the boot's mark. */
  names(folder = this.journalDir): string[] {
    const names = [...Deno.readDirSync(folder)].map(({ name }) => name);
    return names.filter((name) => !/\.(lock|mark)$/.test(name)).sort();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Deno.remove(this.root, { recursive: true });
  }
}

/** A reading's time by a wall clock's text. */
export function at(wall: string): number {
  return Date.parse(wall);
}
