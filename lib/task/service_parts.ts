import { dayAt } from "../calendar.ts";
import { systemClock as clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { bootMs, readText } from "../libc.ts";
import { LiveFeed } from "../live/feed.ts";
import { LiveView } from "../live/view.ts";
import type { Log } from "../log.ts";
import { initialStatus } from "../meter/status.ts";
import { ClockHold, isClockSynchronised } from "../store/clock_hold.ts";
import { Journal } from "../store/journal.ts";
import { mergeReadings } from "../store/journal_lines.ts";
import type { YearFiles } from "../store/year_files.ts";
import project from "../../deno.json" with { type: "json" };

/** Puts the service's journal together and the feed that shows its days. */
export function makeStoreAndFeed(
  config: Config,
  years: YearFiles,
  log: Log,
): { readonly journal: Journal; readonly feed: LiveFeed } {
  const { timeZone, sampleSeconds } = config;
  const { nowMs, monoMs } = clock;
  const journal: Journal = new Journal({
    ...config,
    nowMs,
    monoMs,
    mostWaiting: Math.ceil(86_400 / sampleSeconds),
    hold: makeHold(config),
    onStamped: (readings, late) => {
      const how = late ? "as the clock stood, for want of network time" : "the clock is set";
      log.warn(`${readings.length} readings that waited have their times now: ${how}`);
      feed.load();
    },
  });
  const meter = initialStatus(nowMs());
  const about = { version: project.version, timeZone, sampleSeconds };
  const feed = new LiveFeed({
    view: new LiveView(about, dayAt(nowMs(), timeZone), meter, journal.status()),
    clock,
    timeZone,
    readDay: async (date) => {
      const stored = years.existing(Number(date.slice(0, 4)))?.readings(date)?.readings ?? [];
      return mergeReadings([...stored, ...(await journal.readDay(date)).readings]).readings;
    },
    onProblem: (sentence) => log.lasting("day", sentence),
  });
  return { journal, feed };
}

function makeHold({ spoolDir, journalDir }: Config): ClockHold {
  const { nowMs, monoMs } = clock;
  const bootId = readText("/proc/sys/kernel/random/boot_id").trim();
  const isSynchronised = () => isClockSynchronised();
  return new ClockHold({ spoolDir, journalDir, bootId, bootMs, nowMs, monoMs, isSynchronised });
}
