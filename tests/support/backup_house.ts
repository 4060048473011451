import type { Manifest } from "../../lib/backup/manifest.ts";
import { type Config, parseConfig } from "../../lib/config.ts";
import { YearFile } from "../../lib/store/year_file.ts";
import { runBackup } from "../../lib/task/backup.ts";
import { JournalFolders } from "./journal_folders.ts";
import { localHouseDay, ROME, store } from "./year_fixture.ts";

/** Two years with two days each, a day in the journal and readings in the spool. */
export class House implements AsyncDisposable {
  readonly folders = new JournalFolders();
  readonly root = this.folders.root;
  readonly config: Config;

  constructor() {
    const { journalDir, spoolDir } = this.folders;
    this.config = parseConfig({
      TIME_ZONE: ROME,
      DATABASE_URL: `${this.root}/years/mcce`,
      JOURNAL_DIR: journalDir,
      RUNTIME_DIRECTORY: spoolDir,
    });
    for (const date of ["2025-12-30", "2025-12-31", "2026-01-01", "2026-01-02"]) {
      using file = YearFile.open(`${this.config.databasePath}.${date.slice(0, 4)}`);
      store(file, date, localHouseDay(date));
    }
    this.folders.write("2026-11-21.csv", "1795215600000,300\n1795215605000,310\n");
    this.folders.write("2026-11-20.bad", "damage\n");
    this.folders.write("spool", "1795218600000,500\n1795218605000,510\n17952186", spoolDir);
    this.folders.write("journal.lock", "");
  }

  /** Makes a backup in `backups/`; the folder of the copy and what was printed. */
  async backup(): Promise<{ readonly copy: string; readonly lines: string[] }> {
    const lines: string[] = [];
    await runBackup([`${this.root}/backups`], this.config, (line) => lines.push(line));
    return { copy: lines[0]!.split(": ")[0]!, lines };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.folders[Symbol.asyncDispose]();
  }
}

/** What a backup says of itself. */
export function manifestOf(copy: string): Manifest {
  return JSON.parse(Deno.readTextFileSync(`${copy}/manifest.json`));
}

/** The names in a folder, in order. */
export function names(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name).sort();
}
