import type { DatedCutOff } from "../alarm/join_episodes.ts";
import { isoWithOffset } from "../calendar.ts";
import { systemClock as clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { HouseState } from "../house_state.ts";
import { readText } from "../libc.ts";
import type { LiveFeed } from "../live/feed.ts";
import type { Log } from "../log.ts";
import type { Notifier } from "../notify.ts";
import type { Reading } from "../reading.ts";
import type { Journal } from "../store/journal.ts";
import { journalVersion } from "../store/journal_overview.ts";
import { YearFiles } from "../store/year_files.ts";
import { AlarmRecord } from "./alarm_record.ts";
import { CutOffWatch } from "./cut_off_watch.ts";

/** What the record of the alarm is made from. */
export interface AlarmSources {
  readonly config: Config;
  readonly years: YearFiles;
  readonly journal: Journal;
  /** All that is kept of a local day, in the order of its times. */
  readonly readDay: (date: string) => Promise<readonly Reading[]>;
  readonly feed: Pick<LiveFeed, "held">;
  readonly log: Log;
  readonly notifier: Notifier | null;
}

/** Tells this start of the machine from any other. */
export function bootId(): string {
  return readText("/proc/sys/kernel/random/boot_id").trim();
}

/** The alarm's record, and the watch that adds cut-offs to it. */
export function makeAlarmParts(
  { config, years, journal, readDay, feed, log, notifier }: AlarmSources,
): { readonly record: AlarmRecord; readonly cutOffs: CutOffWatch } {
  const { nowMs, monoMs } = clock;
  const dates = () => journal.dates();
  return {
    record: new AlarmRecord({
      ...config,
      ...{ readDay, nowMs, monoMs, pendingDates: dates },
      live: (date) => feed.held(date)?.measured.readings ?? null,
      journalVersion: (date) => journalVersion(config, date),
      years: new YearFiles(config.databasePath, { isOnlyRead: true, mostOpen: 1 }),
    }),
    cutOffs: new CutOffWatch({
      ...config,
      ...{ years, readDay, nowMs, dates, bootId: bootId() },
      onProblem: (sentence) => log.lasting("cut-off", sentence),
      onCutOff: (cutOff) => {
        log.warn(cutOffSentence(cutOff, config.timeZone));
        const { at: from, watts, secondsAbove, suggestedLimits } = cutOff;
        // A machine whose clock is not set yet may still live before the cut-off.
        const at = Math.max(nowMs(), from);
        notifier?.tell({ kind: "cut-off", at, from, watts, secondsAbove, suggestedLimits });
      },
    }),
  };
}

function cutOffSentence(cutOff: DatedCutOff, timeZone: string): string {
  const { at, watts, tierWatts, secondsAbove, suggestedLimits } = cutOff;
  const lesson = suggestedLimits ? `; LIMITS=${suggestedLimits} would have foreseen it` : "";
  return `the house was probably cut off after ${isoWithOffset(at, timeZone)}, at ${watts} W, ` +
    `at or above ${tierWatts} W for ${secondsAbove} s${lesson}`;
}

/** To be called once the journal is open: the state goes on where an earlier service left it. */
export async function recallAlarm(
  { house, cutOffs }: { readonly house: HouseState; readonly cutOffs: CutOffWatch },
): Promise<void> {
  const readings = await cutOffs.begin();
  house.recall(readings, clock.nowMs(), clock.monoMs());
}
