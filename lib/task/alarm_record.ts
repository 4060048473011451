import type { Episode } from "../alarm/episode.ts";
import { foldEpisodes, warmUpMs } from "../alarm/episodes.ts";
import { type DatedCutOff, type DayEpisode, joinEpisodes } from "../alarm/join_episodes.ts";
import { formatTiers, type Tier } from "../alarm/tiers.ts";
import { addDays, dayAt, dayBounds, dayFinder, type LocalDay } from "../calendar.ts";
import { patiently } from "../query/patience.ts";
import { datesOf, type KnownDays, type Span } from "../query/span.ts";
import { holdMs, type Reading } from "../reading.ts";
import type { YearFiles } from "../store/year_files.ts";

/** Where the record is found. */
export interface AlarmRecordOptions {
  /** Only read: another program's lock is waited for without holding up anyone. */
  readonly years: YearFiles;
  readonly timeZone: string;
  readonly sampleSeconds: number;
  readonly limits: readonly Tier[];
  readonly nowMs: () => number;
  /** All that is kept of a local day, in the order of its times. */
  readonly readDay: (date: string) => Promise<readonly Reading[]>;
  /** The dates whose readings wait for their digest, oldest first. */
  readonly pendingDates: () => Promise<readonly string[]>;
}

/** Days that are looked through for each question: today, yesterday until it is digested, and one that has failed. */
const MOST_FRESH_DAYS = 3;

/** The alarm's episodes and cut-offs: of digested days from the yearly files, of the newest ones from their readings. */
export class AlarmRecord {
  readonly #options: AlarmRecordOptions;

  constructor(options: AlarmRecordOptions) {
    this.#options = options;
  }

  /** What a question about a span of time may leave open. */
  days(): KnownDays {
    const { years, timeZone, nowMs } = this.#options;
    const [firstYear] = years.years();
    const firstDate = firstYear === undefined
      ? null
      : `${String(firstYear).padStart(4, "0")}-01-01`;
    return { timeZone, today: dayAt(nowMs(), timeZone), firstDate };
  }

  /** The episodes that touch a span, whole, in the order of their times. */
  async episodes(span: Span): Promise<Episode[]> {
    const { timeZone, nowMs } = this.#options;
    const today = dayAt(nowMs(), timeZone);
    const dates = datesOf({ ...span, endMs: Math.min(span.endMs, today.endMs) }, timeZone);
    if (!dates) return [];
    // A day more at both ends: midnight may have cut an episode.
    const [fromDate, toDate] = [addDays(dates.fromDate, -1), addDays(dates.toDate, 1)];
    const fresh = (await this.#freshDates(today.date))
      .filter((date) => date >= fromDate && date <= toDate);
    const dayOf = dayFinder(timeZone);
    const { stored, cutOffs } = await patiently(() => this.#stored(fromDate, toDate));
    const found = await this.#freshEpisodes(fresh, cutOffs);
    const isFresh = ({ from }: DayEpisode) => fresh.includes(dayOf(from).date);
    const parts = [...stored.filter((part) => !isFresh(part)), ...found.parts]
      .sort((a, b) => a.from - b.from);
    return joinEpisodes(parts, cutOffs, found.isOpen)
      .filter(({ from, to }) => from < span.endMs && to > span.startMs);
  }

  async #freshDates(today: string): Promise<string[]> {
    const pending = await this.#options.pendingDates();
    const dates = new Set([...pending.filter((date) => date <= today), today]);
    return [...dates].sort().slice(-MOST_FRESH_DAYS);
  }

  async #freshEpisodes(
    dates: readonly string[],
    cutOffs: readonly DatedCutOff[],
  ): Promise<{ parts: DayEpisode[]; isOpen: boolean }> {
    const { timeZone, sampleSeconds, limits: tiers, nowMs } = this.#options;
    const limits = formatTiers(tiers);
    const parts: DayEpisode[] = [];
    let isOpen = false;
    for (const date of dates) {
      const day = dayBounds(date, timeZone);
      const fold = foldEpisodes({
        span: { startMs: day.startMs, endMs: Math.min(day.endMs, nowMs()) },
        readings: await this.#options.readDay(date),
        before: await this.#evening(day, cutOffs),
        holdMs: holdMs(sampleSeconds),
        tiers,
        cutOffsAt: cutOffs.filter(({ at }) => at >= day.startMs).map(({ at }) => at),
      });
      parts.push(...fold.parts.map((part) => ({ ...part, limits })));
      isOpen = fold.isOpen;
    }
    return { parts, isOpen };
  }

  async #evening(
    { date, startMs }: LocalDay,
    cutOffs: readonly DatedCutOff[],
  ): Promise<readonly Reading[]> {
    const { limits, readDay } = this.#options;
    const before = await readDay(addDays(date, -1));
    const fullAfterMs = cutOffs.findLast(({ at }) => at < startMs)?.at ?? -Infinity;
    const fromMs = startMs - warmUpMs(limits);
    return before.filter(({ at }) => at >= fromMs && at > fullAfterMs);
  }

  /** What the yearly files have; a file is not kept, since others may be opened in its place. */
  #stored(fromDate: string, toDate: string): { stored: DayEpisode[]; cutOffs: DatedCutOff[] } {
    const { timeZone, years } = this.#options;
    const { startMs } = dayBounds(fromDate, timeZone);
    const { endMs } = dayBounds(toDate, timeZone);
    const [stored, cutOffs]: [DayEpisode[], DatedCutOff[]] = [[], []];
    for (const year of years.years()) {
      if (year < Number(fromDate.slice(0, 4)) || year > Number(toDate.slice(0, 4))) continue;
      stored.push(...years.existing(year)?.episodes(fromDate, toDate) ?? []);
      cutOffs.push(...years.existing(year)?.cutOffs(startMs, endMs) ?? []);
    }
    return { stored, cutOffs };
  }
}
