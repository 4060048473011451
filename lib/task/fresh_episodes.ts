import { GrowingEpisodes, warmUpMs } from "../alarm/episodes.ts";
import type { DatedCutOff, DayEpisode } from "../alarm/join_episodes.ts";
import { formatTiers, type Tier } from "../alarm/tiers.ts";
import { addDays, dayBounds, type LocalDay } from "../calendar.ts";
import { holdMs, type Reading } from "../reading.ts";

/** Where the newest readings are found. */
export interface FreshEpisodesOptions {
  readonly timeZone: string;
  readonly sampleSeconds: number;
  readonly limits: readonly Tier[];
  readonly nowMs: () => number;
  /**
   * The readings of the day that is shown live, in the order of their times: an array that grows until another one takes
   * its place. `null` of any other day.
   */
  readonly live: (date: string) => readonly Reading[] | null;
  /** All that is kept of a local day, in the order of its times. */
  readonly readDay: (date: string) => Promise<readonly Reading[]>;
  /** What is another one after each change of what the files have of a day. */
  readonly version: (date: string) => Promise<string>;
  /** Lets what else is due have its turn, where work has gone on for a while. */
  readonly pause: () => Promise<void>;
}

/** What a day's own readings say of the alarm. */
export interface FreshEpisodes {
  readonly parts: readonly DayEpisode[];
  /** Whether the last one goes on. */
  readonly isOpen: boolean;
}

interface Kept {
  readonly version: string;
  /** The readings of a day that is shown live; those of another one are all taken in. */
  readonly shown: readonly Reading[] | null;
  readonly episodes: GrowingEpisodes;
  /** How many of `shown` are taken in. */
  taken: number;
}

/**
 * The episodes of days that are not digested yet. What was found is kept, and of the present day only what has come since
 * is looked at: each page asks when it is shown, and two days of readings hold the live loop up for long.
 */
export class FreshDaysEpisodes {
  readonly #options: FreshEpisodesOptions;
  readonly #kept = new Map<string, Kept>();

  constructor(options: FreshEpisodesOptions) {
    this.#options = options;
  }

  /** Of a day, with the cut-offs that are known. Throws what the disk and the yearly files do. */
  async of(date: string, cutOffs: readonly DatedCutOff[]): Promise<FreshEpisodes> {
    const { timeZone, limits: tiers, nowMs } = this.#options;
    const day = dayBounds(date, timeZone);
    const kept = await this.#upToDate(day, cutOffs.map(({ at }) => at));
    const { shown, episodes } = kept;
    while (shown && kept.taken < shown.length) episodes.take(shown[kept.taken++]!);
    const { parts, isOpen } = episodes.until(Math.min(day.endMs, nowMs()));
    const limits = formatTiers(tiers);
    return { parts: parts.map((part) => ({ ...part, limits })), isOpen };
  }

  /** Forgets all days but these. */
  keepOnly(dates: readonly string[]): void {
    for (const date of this.#kept.keys()) if (!dates.includes(date)) this.#kept.delete(date);
  }

  async #upToDate(day: LocalDay, allCutOffsAt: readonly number[]): Promise<Kept> {
    const { live, version: versionOf, limits } = this.#options;
    const { date, startMs, endMs } = day;
    const eveningMs = startMs - warmUpMs(limits);
    const cutOffsAt = allCutOffsAt.filter((at) => at >= eveningMs && at < endMs);
    const shown = live(date);
    const files = await Promise.all([addDays(date, -1), ...(shown ? [] : [date])].map(versionOf));
    const version = JSON.stringify([files, cutOffsAt]);
    const kept = this.#kept.get(date);
    if (kept?.version === version && kept.shown === shown) return kept;
    const episodes = await this.#begin(day, eveningMs, cutOffsAt);
    if (!shown) { for (const reading of await this.#read(date)) episodes.take(reading); }
    const found = { version, shown, episodes, taken: 0 };
    this.#kept.set(date, found);
    return found;
  }

  /** The day's episodes before its first reading. */
  async #begin(
    { date, startMs }: LocalDay,
    eveningMs: number,
    cutOffsAt: readonly number[],
  ): Promise<GrowingEpisodes> {
    const { limits: tiers, sampleSeconds } = this.#options;
    const fullAfterMs = cutOffsAt.findLast((at) => at < startMs) ?? -Infinity;
    const before = (await this.#read(addDays(date, -1)))
      .filter(({ at }) => at >= eveningMs && at > fullAfterMs);
    return new GrowingEpisodes({
      ...{ startMs, before, holdMs: holdMs(sampleSeconds), tiers },
      cutOffsAt: cutOffsAt.filter((at) => at >= startMs),
    });
  }

  async #read(date: string): Promise<readonly Reading[]> {
    const { readDay, pause } = this.#options;
    const readings = await readDay(date);
    await pause();
    return readings;
  }
}
