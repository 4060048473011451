import { isDate } from "../calendar.ts";
import { type Config, ConfigError } from "../config.ts";
import type { DigestRun } from "../store/digest_run.ts";
import { journalDates } from "../store/journal_overview.ts";
import { YearFiles } from "../store/year_files.ts";
import { UserError } from "../user_error.ts";
import { digestLine, makeDigestRun } from "./digest_parts.ts";

/**
 * `deno task digest [YYYY-MM-DD …]`: digests the named days or every pending one, also beside a running service. Throws
 * ConfigError for bad use, and UserError when a day could not be digested.
 */
export async function runDigestTask(
  args: readonly string[],
  config: Config,
  print: (line: string) => void,
): Promise<void> {
  using years = new YearFiles(config.databasePath);
  const failures: string[] = [];
  const digested = new Set<string>();
  const run = makeDigestRun(config, years, {
    nowMs: Date.now,
    // What a running service holds in its spool is read from there; only the service may move it.
    flush: () => Promise.resolve(),
    dates: () => journalDates(config),
    onDigested: (day) => {
      digested.add(day.day.date);
      print(digestLine(day));
    },
    onFailed: (failed) => {
      failures.push(...failed.map(({ date, reason }) => `${date} was not digested: ${reason}`));
    },
  });
  const dates = namedDates(args, run);
  const { failed } = await run.run(dates);
  for (const date of dates ?? []) {
    if (digested.has(date) || failed.some((one) => one.date === date)) continue;
    print(`${date}: no reading is known, neither of the journal nor of the yearly file`);
  }
  if (failures.length > 0) {
    const days = digested.size === 1 ? "1 day was" : `${digested.size} days were`;
    throw new UserError([...failures, `${days} digested.`].join("\n"));
  }
  if (!dates && digested.size === 0) print(`${config.journalDir}: there is nothing to digest`);
}

/** The dates that are named, oldest first; `undefined` when none is. */
function namedDates(args: readonly string[], run: DigestRun): string[] | undefined {
  const problems = args.flatMap((text) => {
    if (!isDate(text)) return [`${text} is no date: digest takes dates, YYYY-MM-DD.`];
    return run.isOver(text)
      ? []
      : [`${text} is not over yet: a day is digested when it has ended.`];
  });
  if (problems.length > 0) throw new ConfigError(problems);
  return args.length > 0 ? [...new Set(args)].sort() : undefined;
}
