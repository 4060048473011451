import { dayAt, dayBounds } from "../calendar.ts";
import { systemClock } from "../clock.ts";
import { type Config, ConfigError } from "../config.ts";
import { parseDaysText } from "../import/days_text.ts";
import { findOrigin, type OriginPaths } from "../import/find.ts";
import { type OriginDay, OriginError } from "../import/origin_day.ts";
import { parseOriginTable } from "../import/origin_tables.ts";
import { type Found, planImport } from "../import/plan.ts";
import { importReport } from "../import/report.ts";
import { takeOver } from "../import/take_over.ts";
import type { Reading } from "../reading.ts";
import { JOURNAL_LOCK, lockFolder } from "../store/folder_lock.ts";
import { YearFileError } from "../store/year_error.ts";
import { yearFilePath } from "../store/year_file.ts";
import { YearFiles } from "../store/year_files.ts";
import { UserError } from "../user_error.ts";

/** Where a command writes: its result, and how far it is. */
export interface TaskOutput {
  print(line: string): void;
  progress(line: string): void;
}

/** A day's file has a tenth of this; what is larger is none, and is not read. */
const MOST_BYTES = 1_000_000;

const PROGRESS_MS = 1_000;
/** A service that is to flush or digest waits so long at most, or as long as one transaction takes. */
const LONGEST_TURN_MS = 1_000;
/** Longer than the time after which it looks again. */
const PAUSE_MS = 25;

/**
 * `import PATH …`: takes over what the origin has recorded. Repeatable. Throws ConfigError for bad use, and UserError
 * after the report when something could not be read or stored.
 */
export async function runImport(
  args: readonly string[],
  config: Config,
  { print, progress }: TaskOutput,
): Promise<void> {
  const { timeZone, minTimeResMinutes: minTimeRes, databasePath, journalDir } = config;
  await checkArguments(args);
  using origin = await findOrigin(args);
  await checkPlaces(origin, databasePath);
  using years = new YearFiles(databasePath);
  const plan = planImport(origin.found, dayAt(systemClock.nowMs(), timeZone).date);
  let toldMs = systemClock.monoMs();
  const { taken, skipped, broken } = await takeOver(plan, {
    timeZone,
    minTimeRes,
    read: (place) => readDay(place, origin, timeZone),
    year: (date) => years.open(yearOf(date)),
    lastReading: (date) => lastReading(years, date),
    storeProblem: (error) => error instanceof YearFileError ? error.message : null,
    locked: inTurns(journalDir),
    onProgress: (done) => {
      const nowMs = systemClock.monoMs();
      if (nowMs - toldMs < PROGRESS_MS && done < plan.days.length) return;
      toldMs = nowMs;
      progress(`${done} of ${plan.days.length} days`);
    },
  });
  const report = {
    taken,
    skipped: [...origin.skipped, ...skipped],
    broken: [...origin.broken, ...broken],
  };
  for (const line of importReport(report, originKWh(origin))) print(line);
  if (report.broken.length > 0) {
    throw new UserError("Not all was taken over: see what is broken above; the rest is stored.");
  }
}

/** Runs work under the journal's lock; whoever waits for that looks for it now and then, and is let in between. */
function inTurns(journalDir: string): <T>(work: () => T) => Promise<T> {
  const never = new AbortController().signal;
  let turnMs = systemClock.monoMs();
  return async (work) => {
    if (systemClock.monoMs() - turnMs > LONGEST_TURN_MS) {
      await systemClock.sleep(PAUSE_MS, never);
      turnMs = systemClock.monoMs();
    }
    using _lock = await lockFolder(journalDir, JOURNAL_LOCK);
    return work();
  };
}

function yearOf(date: string): number {
  return Number(date.slice(0, 4));
}

function lastReading(years: YearFiles, date: string): Reading | null {
  try {
    return years.existing(yearOf(date))?.lastReading(date) ?? null;
  } catch (error) {
    // What is wrong with the year before keeps nothing out of this one.
    if (error instanceof YearFileError) return null;
    throw error;
  }
}

async function checkArguments(paths: readonly string[]): Promise<void> {
  if (paths.length === 0 || paths.some((path) => path.startsWith("-"))) {
    const what = "yearly SQLite files, a days/ folder or single files of it";
    throw new ConfigError([`import takes the paths of what the origin has recorded: ${what}.`]);
  }
  const missing = await Promise.all(
    paths.map((path) =>
      Deno.stat(path).then(() => [], (error) => [`${path} cannot be read: ${error.message}.`])
    ),
  );
  if (missing.flat().length > 0) throw new ConfigError(missing.flat());
}

/** The origin's files are left alone, so its years cannot lie where this program's are to be. */
async function checkPlaces({ yearly }: OriginPaths, databasePath: string): Promise<void> {
  const problems: string[] = [];
  for (const path of yearly.keys()) {
    const year = path.slice(-4);
    const own = await Deno.realPath(yearFilePath(databasePath, year)).catch(() => null);
    if (own !== await Deno.realPath(path)) continue;
    problems.push(`${path} lies where this program's own file of ${year} goes: move it elsewhere.`);
  }
  if (problems.length > 0) throw new ConfigError(problems);
}

function readDay(
  { kind, path, date }: Found,
  { yearly }: OriginPaths,
  timeZone: string,
): OriginDay {
  const day = dayBounds(date, timeZone);
  if (kind === "table") return parseOriginTable(yearly.get(path)!.rows(date), day);
  try {
    const { size } = Deno.statSync(path);
    if (size > MOST_BYTES) throw new OriginError("it is too long for a day");
    return parseDaysText(Deno.readFileSync(path), day);
  } catch (error) {
    if (!(error instanceof Error) || error instanceof OriginError) throw error;
    throw new OriginError(`it cannot be read (${error.message})`, { cause: error });
  }
}

/** What the origin's own tables say, of whichever file tells it first. */
function originKWh({ yearly }: OriginPaths): Map<string, number> {
  const all = [...yearly.values()].reverse().flatMap(({ kWh }) => [...kWh]);
  return new Map(all);
}
