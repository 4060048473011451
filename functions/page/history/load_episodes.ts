import type { Episode } from "../../../lib/alarm/episode.ts";
import { ask } from "./ask.ts";
import { datesIn, type Place } from "./place.ts";
import { episodesPath } from "./questions.ts";

/** When the contract's limits were spent; `null` when that cannot be had: the rest is shown all the same. */
export async function loadEpisodes(place: Place): Promise<readonly Episode[] | null> {
  try {
    return await ask<Episode[]>(episodesPath(datesIn(place)));
  } catch {
    return null;
  }
}
