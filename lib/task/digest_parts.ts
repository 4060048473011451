import { formatTiers } from "../alarm/tiers.ts";
import { dayBounds } from "../calendar.ts";
import type { Config } from "../config.ts";
import { holdMs } from "../reading.ts";
import { datesIn, DayFiles } from "../store/day_files.ts";
import { DigestRun, type DigestRunOptions } from "../store/digest_run.ts";
import { JOURNAL_LOCK, lockFolder } from "../store/folder_lock.ts";
import { readJournalDay } from "../store/journal_day.ts";
import type { YearFiles } from "../store/year_files.ts";

/** How long a digest waits while another process moves the journal's files. */
const LOCK_PATIENCE_MS = 20_000;

/** What differs between the service and a command beside it. */
export type DigestOwner = Pick<DigestRunOptions, "nowMs" | "flush" | "onDigested" | "onFailed">;

/** Puts a digest run together over the journal and the yearly files of `config`. */
export function makeDigestRun(config: Config, years: YearFiles, owner: DigestOwner): DigestRun {
  const { journalDir, timeZone, limits, minTimeResMinutes } = config;
  const days = new DayFiles({ folder: journalDir, timeZone, nowMs: owner.nowMs });
  const yearOf = (date: string) => Number(date.slice(0, 4));
  return new DigestRun({
    ...owner,
    timeZone,
    locked: async (work) => {
      using _lock = await lockFolder(journalDir, JOURNAL_LOCK, { patienceMs: LOCK_PATIENCE_MS });
      return await work();
    },
    dates: () => datesIn(journalDir),
    readDay: (date) => readJournalDay(config, date),
    removeDay: (date) => days.remove(date),
    isStored: (date) => Boolean(years.existing(yearOf(date))?.day(date)),
    lastStored: (date) => years.existing(yearOf(date))?.readings(date)?.readings.at(-1) ?? null,
    storeDay: (date, readings, carriedIn) =>
      years.open(yearOf(date)).storeDay({
        day: dayBounds(date, timeZone),
        zone: timeZone,
        source: "measured",
        readings,
        carriedIn,
        holdMs: holdMs(config.sampleSeconds),
        minTimeRes: minTimeResMinutes,
        facts: { limits: formatTiers(limits) },
      }),
  });
}
