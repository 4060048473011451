import type { Bucket } from "../calendar.ts";
import type { Reading } from "../reading.ts";
import { EpisodeFold, type EpisodePart } from "./episode_fold.ts";
import type { Tier } from "./tiers.ts";

/** Which readings are looked through for episodes, and by which limits. */
export interface EpisodeSearch {
  /** The time that is asked about; what lies beyond is cut off. */
  readonly span: Bucket;
  /** Of the span, in rising order of `at`. */
  readonly readings: readonly Reading[];
  /** Of the {@linkcode warmUpMs} before it: what they have spent is missing in the span. */
  readonly before: readonly Reading[];
  /** How long a reading holds when no next one comes. */
  readonly holdMs: number;
  readonly tiers: readonly Tier[];
  /** Times of the last readings before cut-offs, rising: every budget is full after one. */
  readonly cutOffsAt: readonly number[];
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

/** The fold after the readings of a span: its parts are the span's episodes, joined and in order. */
export function foldEpisodes(search: EpisodeSearch): EpisodeFold {
  const { span, readings, before, holdMs, tiers } = search;
  const fold = new EpisodeFold(tiers, holdMs);
  const cutOffs = search.cutOffsAt.values();
  let nextCutOff = cutOffs.next();
  const takeAll = (some: readonly Reading[]) => {
    for (const reading of some) {
      while (!nextCutOff.done && reading.at > nextCutOff.value) {
        fold.refill();
        nextCutOff = cutOffs.next();
      }
      fold.take(reading);
    }
  };
  takeAll(before);
  fold.beginAt(span.startMs);
  takeAll(readings);
  fold.pass(span.endMs);
  return fold;
}

/** The episodes of a day that is over. */
export function episodesOf(search: EpisodeSearch): readonly EpisodePart[] {
  return foldEpisodes(search).parts;
}
