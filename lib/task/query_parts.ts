import type { Clock } from "../clock.ts";
import type { Config } from "../config.ts";
import type { LiveFeed } from "../live/feed.ts";
import type { Log } from "../log.ts";
import { HouseQuery } from "../query/house_query.ts";
import { holdMs } from "../reading.ts";
import type { Journal } from "../store/journal.ts";
import { journalVersion } from "../store/journal_overview.ts";
import { YearFiles } from "../store/year_files.ts";

/** A start does not wait longer for what makes the first questions fast. */
const LONGEST_WARM_UP_MS = 1_000;

/** Each takes 1 MB of memory, and one more has to be opened in a few milliseconds. */
const MOST_OPEN_YEARS = 2;

/** Where the service's questions look. */
export interface QueryParts {
  readonly clock: Pick<Clock, "nowMs" | "monoMs">;
  readonly journal: Pick<Journal, "dates" | "readDay">;
  readonly feed: Pick<LiveFeed, "held">;
  readonly log: Pick<Log, "lasting">;
}

/** Puts together what answers questions about all that is known of the house. */
export function makeQuery(config: Config, { clock, journal, feed, log }: QueryParts): HouseQuery {
  return new HouseQuery({
    timeZone: config.timeZone,
    holdMs: holdMs(config.sampleSeconds),
    minTimeRes: config.minTimeResMinutes,
    nowMs: clock.nowMs,
    monoMs: clock.monoMs,
    // Apart from those that are written to: no lock is waited for, since the live loop would wait along.
    years: new YearFiles(config.databasePath, { isOnlyRead: true, mostOpen: MOST_OPEN_YEARS }),
    journalDates: () => journal.dates(),
    journalVersion: (date) => journalVersion(config, date),
    journal: async (date) => (await journal.readDay(date)).readings,
    live: (date) => feed.held(date),
    onProblem: (sentence) => log.lasting("query", sentence),
  });
}

/** Prepares the answer to the first question, as far as that is quick. Never throws. */
export async function warmUp(
  { query, log }: { readonly query: HouseQuery; readonly log: Pick<Log, "lasting"> },
  clock: Pick<Clock, "sleep">,
): Promise<void> {
  const timer = new AbortController();
  const tell = (error: Error) => log.lasting("query", error.message);
  await Promise.race([
    query.warm().catch(tell),
    clock.sleep(LONGEST_WARM_UP_MS, timer.signal),
  ]);
  timer.abort();
}
