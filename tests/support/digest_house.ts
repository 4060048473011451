import { dayBounds } from "../../lib/calendar.ts";
import { type Config, parseConfig } from "../../lib/config.ts";
import type { Reading } from "../../lib/reading.ts";
import type { DigestedDay, DigestRun, FailedDay } from "../../lib/store/digest_run.ts";
import { formatLine } from "../../lib/store/journal_lines.ts";
import { YearFiles } from "../../lib/store/year_files.ts";
import { type DigestOwner, makeDigestRun } from "../../lib/task/digest_parts.ts";
import { JournalFolders } from "./journal_folders.ts";

/** How a house differs from one in Rome that has just got a temporary folder. */
export interface DigestHouseOptions {
  /** Where the hand-set clock stands. */
  readonly wall: string;
  readonly zone?: string;
  readonly yearsDir?: string;
  readonly journalDir?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A journal and yearly files in temporary folders, and digests of them by a hand-set clock. */
export class DigestHouse implements AsyncDisposable {
  readonly folders: JournalFolders;
  readonly env: Readonly<Record<string, string>>;
  readonly config: Config;
  readonly years: YearFiles;
  /** What the digests told, in their order. */
  readonly digested: DigestedDay[] = [];
  readonly failed: FailedDay[] = [];

  constructor({ wall, zone = "Europe/Rome", yearsDir, journalDir, env }: DigestHouseOptions) {
    this.folders = new JournalFolders({ wall, ...(journalDir && { journalDir }) });
    this.env = {
      TIME_ZONE: zone,
      JOURNAL_DIR: this.folders.journalDir,
      RUNTIME_DIRECTORY: this.folders.spoolDir,
      DATABASE_URL: `${yearsDir ?? `${this.folders.root}/years`}/mcce`,
      ...env,
    };
    this.config = parseConfig(this.env);
    this.years = new YearFiles(this.config.databasePath);
  }

  /** A digest as the service has it, but for a journal to flush. */
  digest(change: Partial<DigestOwner> = {}, config = this.config): DigestRun {
    return makeDigestRun(config, this.years, {
      nowMs: this.folders.clock.nowMs,
      flush: () => Promise.resolve(),
      onDigested: (one) => this.digested.push(one),
      onFailed: (some) => this.failed.push(...some),
      ...change,
    });
  }

  /** Gives a day a file of the journal. */
  write(date: string, readings: readonly Reading[], rest = ""): void {
    this.folders.write(`${date}.csv`, readings.map(formatLine).join("") + rest);
  }

  yearPath(year: number): string {
    return `${this.config.databasePath}.${year}`;
  }

  /** The names in the folder of the yearly files. */
  yearNames(): string[] {
    return this.years.years().map((year) => `mcce.${year}`);
  }

  stored(date: string): readonly Reading[] {
    return this.years.existing(Number(date.slice(0, 4)))?.readings(date)?.readings ?? [];
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.years[Symbol.dispose]();
    await this.folders[Symbol.asyncDispose]();
  }
}

/** Readings of a local day, `everyS` apart from its first instant, of so many watts. */
export function evenDay(
  date: string,
  { watts = 1000, everyS = 10, zone = "Europe/Rome" } = {},
): Reading[] {
  const { startMs, endMs } = dayBounds(date, zone);
  return Array.from({ length: (endMs - startMs) / (1000 * everyS) }, (_, i) => (
    { at: startMs + 1000 * everyS * i, watts }
  ));
}
