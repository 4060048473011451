import type { CutOff, Episode } from "./episode.ts";
import { type EpisodePart, joinParts } from "./episode_fold.ts";
import { parseTiers } from "./tiers.ts";

/** An episode of one day, cut at its midnights. */
export interface DayEpisode extends EpisodePart {
  /** The limits that held, as in `LIMITS`. */
  readonly limits: string;
}

/** A cut-off with the limits that held, as in `LIMITS`. */
export interface DatedCutOff extends CutOff {
  readonly limits: string;
}

/**
 * Episodes as they are told: what midnight has cut is one again, and each cut-off stands with the one that it ended.
 *
 * @param parts of any days, in rising order of `from`
 * @param cutOffs in rising order of `at`
 * @param isOpen whether the last part goes on
 */
export function joinEpisodes(
  parts: readonly DayEpisode[],
  cutOffs: readonly DatedCutOff[],
  isOpen: boolean,
): Episode[] {
  const all = [...joinDays(parts, cutOffs), ...orphans(parts, cutOffs)]
    .sort((a, b) => a.from - b.from);
  return all.map((part, i) => ({
    ...part,
    isOpen: isOpen && i === all.length - 1,
    secondsAbove: Math.round(part.secondsAbove),
    whAboveCap: Math.round(1000 * part.whAboveCap) / 1000,
    limits: parseTiers(part.limits) ?? [],
    cutOff: withoutLimits(cutOffs.findLast(({ at }) => isWithin(part, at))),
  }));
}

/** Joins across midnight what belongs together: not what other limits or a cut-off have parted. */
function joinDays(parts: readonly DayEpisode[], cutOffs: readonly DatedCutOff[]): DayEpisode[] {
  const joined: DayEpisode[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    const isParted = !last || last.limits !== part.limits ||
      cutOffs.some(({ at }) => at >= last.from && at < part.from);
    if (isParted) joined.push(part);
    else {
      const { limits } = part;
      joined.splice(-1, 1, ...joinParts([last, part]).map((one) => ({ ...one, limits })));
    }
  }
  return joined;
}

/** Cut-offs under limits by which, as they are now, there was no episode. */
function orphans(parts: readonly DayEpisode[], cutOffs: readonly DatedCutOff[]): DayEpisode[] {
  return cutOffs.filter(({ at }) => !parts.some((part) => isWithin(part, at)))
    .map(({ at, watts, secondsAbove, tierWatts, limits }) => ({
      from: at - 1000 * secondsAbove,
      to: at,
      state: "critical",
      maxWatts: watts,
      maxAt: at,
      secondsAbove,
      whAboveCap: 0,
      secondsLeft: 0,
      tierWatts,
      limits,
    }));
}

function isWithin({ from, to }: EpisodePart, at: number): boolean {
  return at >= from && at <= to;
}

function withoutLimits(found: DatedCutOff | undefined): CutOff | null {
  if (!found) return null;
  const { limits: _, ...cutOff } = found;
  return cutOff;
}
