import { basename, dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { copyName, removeOldCopies, removeUnfinished, UNFINISHED } from "../backup/copies.ts";
import { makeBackup } from "../backup/make_backup.ts";
import type { Manifest } from "../backup/manifest.ts";
import { systemClock } from "../clock.ts";
import { type Config, ConfigError } from "../config.ts";
import { syncFolder } from "../store/append.ts";
import { diskProblem } from "../store/disk_problem.ts";
import { JOURNAL_LOCK, lockFolder } from "../store/folder_lock.ts";
import { YearFileError } from "../store/year_error.ts";
import { YearFiles } from "../store/year_files.ts";
import { UserError } from "../user_error.ts";
import { outsideData } from "./data_folders.ts";

/** Held as long as a backup runs, so that no other one takes its unfinished copy for one that was left. */
const BACKUP_LOCK = "backup.lock";

/**
 * `backup FOLDER [--keep N]`: makes in it a folder named by the time, with a checked copy of every yearly file and of the
 * journal; then the oldest copies go until N are left. Throws ConfigError for bad use, and UserError when the backup is not made or not whole.
 */
export async function runBackup(
  args: readonly string[],
  config: Config,
  print: (line: string) => void,
): Promise<void> {
  const { named, keep } = parseWords(args);
  const remedy = "name another folder, best on another disk";
  const folder = await outsideData(named, config, remedy);
  const nowMs = systemClock.nowMs();
  const made = new Date(nowMs).toISOString();
  const copy = join(folder, copyName(nowMs));
  try {
    using _lock = await lockFolder(config.journalDir, BACKUP_LOCK);
    await Deno.mkdir(folder, { recursive: true });
    await removeUnfinished(folder);
    const manifest = await makeIn(`${copy}${UNFINISHED}`, made, config);
    await Deno.rename(`${copy}${UNFINISHED}`, copy);
    await syncFolder(folder);
    report(copy, manifest, print);
    for (const old of await thinOut(copy, keep)) {
      print(`${join(folder, old)}: removed, for there are ${keep} newer ones`);
    }
  } catch (error) {
    await Deno.remove(`${copy}${UNFINISHED}`, { recursive: true }).catch(() => {});
    if (error instanceof UserError && !(error instanceof YearFileError)) throw error;
    throw new UserError(`No backup was made. ${diskProblem(folder, error)}`, { cause: error });
  }
}

async function makeIn(folder: string, made: string, config: Config): Promise<Manifest> {
  const { journalDir, spoolDir, databasePath, timeZone } = config;
  using years = new YearFiles(databasePath);
  const yearPaths = years.years().map((year) => `${databasePath}.${year}`);
  const manifest = await makeBackup(folder, {
    ...{ journalDir, spoolDir, yearPaths, timeZone, made },
    locked: async (work) => {
      using _lock = await lockFolder(journalDir, JOURNAL_LOCK);
      return await work();
    },
  });
  if (manifest.files.length + manifest.missing.length > 0) return manifest;
  throw new UserError(
    `There is nothing to back up: no file ${databasePath}.YYYY, and nothing in ${journalDir}.`,
  );
}

async function thinOut(copy: string, keep: number): Promise<string[]> {
  try {
    return await removeOldCopies(dirname(copy), basename(copy), keep);
  } catch (error) {
    throw new UserError(
      `${copy} is made, but older ones stay. ${diskProblem(dirname(copy), error)}`,
      { cause: error },
    );
  }
}

function report(copy: string, { files, missing }: Manifest, print: (line: string) => void): void {
  const years = files.filter(({ path }) => path.startsWith("years/")).length;
  const megabytes = files.reduce((sum, { bytes }) => sum + bytes, 0) / 1e6;
  const journal = files.length - years;
  print(
    `${copy}: yearly files: ${years}, files of the journal: ${journal}, ` +
      `${megabytes.toFixed(1)} MB, all checked`,
  );
  if (missing.length === 0) return;
  const reasons = missing.map(({ reason }) => reason);
  throw new UserError([`${copy} lacks what is damaged:`, ...reasons].join("\n"));
}

/** The folder as it was named, and how many copies may be there. */
function parseWords(args: readonly string[]): { readonly named: string; readonly keep: number } {
  try {
    const options = { keep: { type: "string" } } as const;
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true });
    const { keep } = values;
    const [named = "", ...more] = positionals;
    if (named !== "" && more.length === 0 && (keep === undefined || /^[1-9]\d{0,3}$/.test(keep))) {
      return { named, keep: keep === undefined ? Infinity : Number(keep) };
    }
  } catch {
    // A word that parseArgs does not know is told below.
  }
  throw new ConfigError([
    "backup takes one folder, best on another disk, and the number of copies that may be there: " +
    "backup /mnt/stick/mcce --keep 8",
  ]);
}
