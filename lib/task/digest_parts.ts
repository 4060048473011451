import { dayBounds } from "../calendar.ts";
import type { Config } from "../config.ts";
import type { Log } from "../log.ts";
import type { Tally } from "../metrics/tally.ts";
import { holdMs } from "../reading.ts";
import { datesIn, DayFiles } from "../store/day_files.ts";
import {
  type DigestedDay,
  DigestRun,
  type DigestRunOptions,
  type FailedDay,
} from "../store/digest_run.ts";
import { JOURNAL_LOCK, lockFolder } from "../store/folder_lock.ts";
import { type JournalPlace, readJournalDay } from "../store/journal_day.ts";
import { listed } from "../store/journal_overview.ts";
import type { YearFiles } from "../store/year_files.ts";
import { eveningOf } from "./evening.ts";

/** How long a digest waits while another process moves the journal's files. */
const LOCK_PATIENCE_MS = 20_000;

/** What differs between the service and a command beside it. */
export type DigestOwner =
  & Pick<DigestRunOptions, "nowMs" | "flush" | "onDigested" | "onFailed">
  & Partial<Pick<DigestRunOptions, "dates">>
  & {
    /** Told how long a day took, and whether it failed. */
    readonly tally?: Tally;
  };

/** Puts a digest run together over the journal and the yearly files of `config`. */
export function makeDigestRun(config: Config, years: YearFiles, owner: DigestOwner): DigestRun {
  const { journalDir, timeZone, limits, minTimeResMinutes } = config;
  const days = new DayFiles({ folder: journalDir, timeZone, nowMs: owner.nowMs });
  const yearOf = (date: string) => Number(date.slice(0, 4));
  let place: JournalPlace = config;
  return new DigestRun({
    dates: () => datesIn(journalDir),
    ...owner,
    journalDir,
    timeZone,
    locked: async (work) => {
      using _lock = await lockFolder(journalDir, JOURNAL_LOCK, { patienceMs: LOCK_PATIENCE_MS });
      place = await listed(config);
      return await (owner.tally?.time(work) ?? work());
    },
    readDay: (date) => readJournalDay(place, date),
    removeDay: (date, hasOthers) => days.remove(date, hasOthers),
    isStored: (date) => Boolean(years.existing(yearOf(date))?.day(date)),
    evening: (date) => eveningOf(date, place, years),
    storeDay: (date, readings, { last, before }) => {
      const year = yearOf(date);
      // A date that nothing is known of makes no file.
      const file = readings.length > 0 ? years.open(year) : years.existing(year);
      return file && file.storeDay({
        day: dayBounds(date, timeZone),
        zone: timeZone,
        source: "measured",
        readings,
        carriedIn: last,
        holdMs: holdMs(config.sampleSeconds),
        minTimeRes: minTimeResMinutes,
        alarm: { limits, before },
      });
    },
  });
}

/** Tells the log what became of the days; of those that fail again and again no more than a line a minute. */
export function tellDigest(log: Log): Pick<DigestOwner, "onDigested" | "onFailed"> {
  return {
    onDigested: (day) => log.info(digestLine(day)),
    onFailed: (failed) => log.lasting("digest", failedLine(failed)),
  };
}

/** `GET /digest` has the reason of each. */
function failedLine(failed: readonly FailedDay[]): string {
  const [first] = failed;
  return failed.length === 1
    ? `${first?.date} is not digested: ${first?.reason}`
    : `${failed.length} days are not digested; ${first?.date}: ${first?.reason}`;
}

/** What became of a day, in one line. */
export function digestLine({ day, added, bad, conflicts }: DigestedDay): string {
  const kWh = (day.wh / 1000).toFixed(2);
  const notes = [
    day.wh === 0 ? "no energy at all: was the main switch off?" : "",
    bad > 0 ? `${counted(bad, "damaged line")} kept in ${day.date}.bad` : "",
    conflicts > 0 ? `${counted(conflicts, "reading")} left out for another of the same time` : "",
  ].filter(Boolean);
  const tail = notes.map((note) => `; ${note}`).join("");
  return `${day.date}: ${kWh} kWh from ${counted(day.readings, "reading")}, ${added} new${tail}`;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
