import type { Episode } from "../alarm/episode.ts";
import { type DatedCutOff, type DayEpisode, joinEpisodes } from "../alarm/join_episodes.ts";
import { addDays, dayAt, dayBounds, dayFinder } from "../calendar.ts";
import { patiently } from "../query/patience.ts";
import { makeSlices } from "../query/slices.ts";
import { datesOf, type KnownDays, type Span } from "../query/span.ts";
import type { YearFiles } from "../store/year_files.ts";
import { FreshDaysEpisodes, type FreshEpisodesOptions } from "./fresh_episodes.ts";

/** Where the record is found. */
export interface AlarmRecordOptions extends Omit<FreshEpisodesOptions, "version" | "pause"> {
  /** Only read: another program's lock is waited for without holding up anyone. */
  readonly years: YearFiles;
  readonly monoMs: () => number;
  /** The dates whose readings wait for their digest, oldest first. */
  readonly pendingDates: () => Promise<readonly string[]>;
  /** What is another one after each change of a day's file in the journal. */
  readonly journalVersion: (date: string) => Promise<string>;
}

/** Days that are looked through for each question: today, yesterday until it is digested, and one that has failed. */
const MOST_FRESH_DAYS = 3;

/**
 * The alarm's episodes and cut-offs: of digested days from the yearly files, of the newest ones from their readings. One
 * question after the other, in small pieces of work.
 */
export class AlarmRecord {
  readonly #options: AlarmRecordOptions;
  readonly #slices;
  readonly #fresh: FreshDaysEpisodes;

  constructor(options: AlarmRecordOptions) {
    const { years, journalVersion } = options;
    this.#options = options;
    this.#slices = makeSlices(options.monoMs);
    const { pause } = this.#slices;
    const version = async (date: string) =>
      `${years.version(Number(date.slice(0, 4)))} ${await journalVersion(date)}`;
    this.#fresh = new FreshDaysEpisodes({ ...options, version, pause });
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
  episodes(span: Span): Promise<Episode[]> {
    return this.#slices.work(() => this.#episodes(span));
  }

  async #episodes(span: Span): Promise<Episode[]> {
    const { timeZone, nowMs } = this.#options;
    const today = dayAt(nowMs(), timeZone);
    const dates = datesOf({ ...span, endMs: Math.min(span.endMs, today.endMs) }, timeZone);
    if (!dates) return [];
    // A day more at both ends: midnight may have cut an episode.
    const [fromDate, toDate] = [addDays(dates.fromDate, -1), addDays(dates.toDate, 1)];
    const fresh = (await this.#freshDates(today.date))
      .filter((date) => date >= fromDate && date <= toDate);
    const dayOf = dayFinder(timeZone);
    const { stored, cutOffs } = await this.#stored(fromDate, toDate);
    const found = await this.#freshEpisodes(fresh, cutOffs);
    const isFresh = ({ from }: DayEpisode) => fresh.includes(dayOf(from).date);
    const parts = [...stored.filter((part) => !isFresh(part)), ...found.parts]
      .sort((a, b) => a.from - b.from);
    return joinEpisodes(parts, cutOffs, found.isOpen)
      .filter(({ from, to }) => from < span.endMs && to > span.startMs);
  }

  async #freshDates(today: string): Promise<string[]> {
    const pending = await this.#options.pendingDates();
    const dates = [...new Set([...pending.filter((date) => date <= today), today])].sort()
      .slice(-MOST_FRESH_DAYS);
    this.#fresh.keepOnly(dates);
    return dates;
  }

  async #freshEpisodes(
    dates: readonly string[],
    cutOffs: readonly DatedCutOff[],
  ): Promise<{ parts: DayEpisode[]; isOpen: boolean }> {
    const parts: DayEpisode[] = [];
    let isOpen = false;
    for (const date of dates) {
      const found = await this.#fresh.of(date, cutOffs);
      parts.push(...found.parts);
      isOpen = found.isOpen;
    }
    return { parts, isOpen };
  }

  /** What the yearly files have; a file is not kept, since others may be opened in its place. */
  async #stored(
    fromDate: string,
    toDate: string,
  ): Promise<{ stored: DayEpisode[]; cutOffs: DatedCutOff[] }> {
    const { timeZone, years } = this.#options;
    const { startMs } = dayBounds(fromDate, timeZone);
    const { endMs } = dayBounds(toDate, timeZone);
    const [stored, cutOffs]: [DayEpisode[], DatedCutOff[]] = [[], []];
    for (const year of years.years()) {
      if (year < Number(fromDate.slice(0, 4)) || year > Number(toDate.slice(0, 4))) continue;
      await this.#slices.pause();
      const found = await patiently(() => {
        const file = years.existing(year);
        return [file?.episodes(fromDate, toDate), file?.cutOffs(startMs, endMs)] as const;
      });
      stored.push(...found[0] ?? []);
      cutOffs.push(...found[1] ?? []);
    }
    return { stored, cutOffs };
  }
}
