import { isDate } from "../calendar.ts";
import { type Config, ConfigError } from "../config.ts";
import type { DigestedDay } from "../store/digest_run.ts";
import { YearFiles } from "../store/year_files.ts";
import { UserError } from "../user_error.ts";
import { makeDigestRun } from "./digest_parts.ts";

/** `deno task digest [YYYY-MM-DD …]`: digests the named days or every pending one, also beside a running service. */
export async function runDigestTask(
  dates: readonly string[],
  config: Config,
  print: (line: string) => void,
): Promise<void> {
  const wrong = dates.filter((date) => !isDate(date));
  if (wrong.length > 0) {
    throw new ConfigError(wrong.map((text) => `${text} is no date: it takes YYYY-MM-DD.`));
  }
  using years = new YearFiles(config.databasePath);
  const failures: string[] = [];
  let digested = 0;
  const run = makeDigestRun(config, years, {
    nowMs: Date.now,
    // What a running service holds in its spool is read from there; only the service may move it.
    flush: () => Promise.resolve(),
    onDigested: (day) => {
      digested++;
      print(digestLine(day));
    },
    onFailed: ({ date, reason }) => failures.push(`${date} was not digested: ${reason}`),
  });
  const early = dates.filter((date) => !run.isOver(date));
  if (early.length > 0) throw new ConfigError(early.map((date) => `${date} is not over yet.`));
  await run.run(dates.length > 0 ? dates : undefined);
  if (failures.length > 0) {
    throw new UserError([...failures, `${digested} days were digested.`].join("\n"));
  }
  if (digested === 0) print("There was nothing to digest.");
}

/** What became of a day, in one line. */
export function digestLine({ day, added, bad, conflicts }: DigestedDay): string {
  const kWh = (day.wh / 1000).toFixed(2);
  const notes = [
    day.wh === 0 ? "no energy at all: was the main switch off?" : "",
    bad > 0 ? `${bad} damaged lines kept in ${day.date}.bad` : "",
    conflicts > 0 ? `${conflicts} readings differ from another of the same time` : "",
  ].filter(Boolean);
  const tail = notes.map((note) => `; ${note}`).join("");
  return `${day.date}: ${kWh} kWh from ${day.readings} readings, ${added} of them new${tail}`;
}
