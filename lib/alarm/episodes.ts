import type { Bucket } from "../calendar.ts";
import type { Reading } from "../reading.ts";
import { EpisodeFold, type EpisodePart } from "./episode_fold.ts";
import type { Tier } from "./tiers.ts";

/** Where episodes are looked for, and by which limits. */
export interface EpisodeStart {
  /** When the time that is asked about begins; what lies before is cut off. */
  readonly startMs: number;
  /** Readings of the {@linkcode warmUpMs} before it: what they have spent is missing after it. */
  readonly before: readonly Reading[];
  /** How long a reading holds when no next one comes. */
  readonly holdMs: number;
  readonly tiers: readonly Tier[];
  /** Times of the last readings before cut-offs, rising: every budget is full after one. */
  readonly cutOffsAt: readonly number[];
}

/** Which readings are looked through for episodes, and by which limits. */
export interface EpisodeSearch extends Omit<EpisodeStart, "startMs"> {
  /** The time that is asked about; what lies beyond is cut off. */
  readonly span: Bucket;
  /** Of the span, in rising order of `at`. */
  readonly readings: readonly Reading[];
}

const HOUR_MS = 3_600_000;
const MOST_WARM_UP_MS = 24 * HOUR_MS;

/**
 * How much of the past tells what is left of the limits: the longest tier's time, and an hour more. What was spent before
 * that, and has not been below its tier for ten minutes since, is not known any more.
 */
export function warmUpMs(tiers: readonly Tier[]): number {
  const longestS = Math.max(...tiers.map(({ seconds }) => seconds));
  return Math.min(1000 * longestS + HOUR_MS, MOST_WARM_UP_MS);
}

/** Episodes from a time on, which readings may be added to and which may be asked for at any time. */
export class GrowingEpisodes {
  readonly #fold: EpisodeFold;
  readonly #cutOffsAt: readonly number[];
  #cutOffsPassed = 0;

  constructor({ startMs, before, holdMs, tiers, cutOffsAt }: EpisodeStart) {
    this.#fold = new EpisodeFold(tiers, holdMs);
    this.#cutOffsAt = cutOffsAt;
    for (const reading of before) this.take(reading);
    this.#fold.beginAt(startMs);
  }

  /** Takes the next reading in; their times rise. */
  take(reading: Reading): void {
    while (reading.at > (this.#cutOffsAt[this.#cutOffsPassed] ?? Infinity)) {
      this.#fold.refill();
      this.#cutOffsPassed++;
    }
    this.#fold.take(reading);
  }

  /** The fold at a time after the readings: its parts are the episodes until then, joined and in order. */
  until(endMs: number): EpisodeFold {
    const fold = this.#fold.copy();
    fold.pass(endMs);
    return fold;
  }
}

/** The episodes of a day that is over. */
export function episodesOf({ span, readings, ...rest }: EpisodeSearch): readonly EpisodePart[] {
  const episodes = new GrowingEpisodes({ ...rest, startMs: span.startMs });
  for (const reading of readings) episodes.take(reading);
  return episodes.until(span.endMs).parts;
}
