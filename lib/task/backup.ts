import { join } from "node:path";
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

/** The end of an unfinished copy's name. */
const UNFINISHED = ".unfinished";

/**
 * `backup FOLDER`: makes in it a folder named by the time, with a checked copy of every yearly file and of the journal.
 * Throws ConfigError for bad use, and UserError when the backup is not made or not whole.
 */
export async function runBackup(
  args: readonly string[],
  config: Config,
  print: (line: string) => void,
): Promise<void> {
  const folder = await checkedFolder(args, config);
  const made = new Date(systemClock.nowMs()).toISOString();
  const copy = join(folder, made.replaceAll(/[:.]/g, "-"));
  try {
    using _lock = await lockFolder(config.journalDir, BACKUP_LOCK);
    await Deno.mkdir(folder, { recursive: true });
    await removeUnfinished(folder);
    const manifest = await makeIn(`${copy}${UNFINISHED}`, made, config);
    await Deno.rename(`${copy}${UNFINISHED}`, copy);
    await syncFolder(folder);
    report(copy, manifest, print);
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

async function checkedFolder(args: readonly string[], config: Config): Promise<string> {
  const [folder = "", ...more] = args;
  if (folder === "" || folder.startsWith("-") || more.length > 0) {
    throw new ConfigError([
      "backup takes one folder, best on another disk, such as /mnt/stick/mcce.",
    ]);
  }
  return await outsideData(folder, config, "name another folder, best on another disk");
}

/** A backup that was killed, or whose disk was pulled, leaves its unfinished copy. */
async function removeUnfinished(folder: string): Promise<void> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    if (!isDirectory || !/^\d{4}-\d\d-\d\dT[\d-]+Z\.unfinished$/.test(name)) continue;
    await Deno.remove(join(folder, name), { recursive: true });
  }
}
