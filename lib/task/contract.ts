import { Replay, type ReplayResult } from "../alarm/replay.ts";
import { contractTiers, formatTiers } from "../alarm/tiers.ts";
import { type Config, ConfigError } from "../config.ts";
import { textTable } from "../text_table.ts";
import { YearFileError } from "../store/year_error.ts";
import type { YearFile } from "../store/year_file.ts";
import { YearFiles } from "../store/year_files.ts";
import { UserError } from "../user_error.ts";

/** The contracts that are offered to a house, in kW. */
const CONTRACTS_KW = [2, 2.5, 3, 3.5, 4, 4.5, 5, 5.5, 6];

/** The days that a replay has looked at. */
interface Days {
  measured: number;
  /** Of the origin alone. */
  imported: number;
  first: string;
  last: string;
}

/**
 * `contract`: replays every stored reading through the limits of contracts of 2 to 6 kW and through `LIMITS`, and prints
 * how often each would have cut off. Throws ConfigError for bad use, and UserError after the table when a yearly file
 * could not be read.
 */
export function runContract(
  args: readonly string[],
  config: Config,
  print: (line: string) => void,
): void {
  if (args.length > 0) {
    throw new ConfigError([`${args.join(" ")} is not understood: contract takes no words.`]);
  }
  const present = new Replay(config.limits);
  const contracts = CONTRACTS_KW.map((kw) => [`${kw} kW`, new Replay(contractTiers(kw))] as const);
  const replays = [...contracts.map(([, replay]) => replay), present];
  const days: Days = { measured: 0, imported: 0, first: "", last: "" };
  const broken: string[] = [];
  using years = new YearFiles(config.databasePath);
  for (const year of years.years()) {
    try {
      replayYear(years.open(year), replays, days);
    } catch (error) {
      if (!(error instanceof YearFileError)) throw error;
      broken.push(error.message);
    }
  }
  const rows = [...contracts, ["LIMITS now", present] as const];
  for (const line of report(rows.map(([name, { result }]) => [name, result]), days)) print(line);
  if (broken.length === 0) return;
  throw new UserError([...broken, "The table lacks what lies there."].join("\n"));
}

/** One day after the other: memory holds the readings of one. */
function replayYear(file: YearFile, replays: readonly Replay[], days: Days): void {
  for (const { date } of file.days("0000-01-01", "9999-12-31")) {
    const measured = file.columns(date, "measured");
    if (!measured) {
      days.imported++;
      continue;
    }
    const highestWatts = measured.watts.reduce((a, b) => Math.max(a, b), 0);
    for (const replay of replays) replay.takeDay({ ...measured, date, highestWatts });
    days.measured++;
    days.first ||= date;
    days.last = date;
  }
}

function report(rows: readonly (readonly [string, ReplayResult])[], days: Days): string[] {
  const { measured, imported, first, last } = days;
  const leftOut = imported === 0 ? [] : [
    `${counted(imported, "day")} of the origin left out: the times of their values are not exact.`,
  ];
  if (measured === 0) return ["There is no digested day to replay yet.", ...leftOut];
  return [
    `${counted(measured, "day")} with readings, ${first} to ${last}:`,
    "",
    ...textTable([
      ["contract", "limits", "cut-offs", "on days", "nearest otherwise", "time above"],
      ...rows.map(([name, result]) => cells(name, result)),
    ]),
    "",
    "An estimate: how the grid's meter counts is not published, and it does not see these readings.",
    "An overload that goes on counts as one cut-off; nearest otherwise: the least time left without one.",
    "To try other limits, set LIMITS.",
    ...leftOut,
  ];
}

function cells(name: string, result: ReplayResult): string[] {
  const { tiers, cutOffs, daysCutOff, nearestSeconds, secondsAbove } = result;
  return [
    name,
    formatTiers(tiers),
    String(cutOffs),
    String(daysCutOff),
    nearestSeconds === null ? "-" : `${duration(nearestSeconds)} left`,
    secondsAbove === 0 ? "-" : duration(secondsAbove),
  ];
}

/** `12 s`, `4 min`, `2 h 50 min`, `310 h`. */
function duration(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  const hours = Math.floor(minutes / 60);
  if (minutes === 0) return `${Math.floor(seconds)} s`;
  if (hours === 0) {
    return seconds < 600 ? `${minutes} min ${Math.floor(seconds % 60)} s` : `${minutes} min`;
  }
  return hours < 10 ? `${hours} h ${minutes % 60} min` : `${hours} h`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
