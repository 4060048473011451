import type { Episode } from "../../../lib/alarm/episode.ts";
import { roundedTime } from "../../../lib/alarm/rounded.ts";
import { lasted } from "../lasted.ts";
import type { EpisodeTexts } from "./episode_texts.ts";
import type { DayFormat } from "./format.ts";

/** Less would read 0.00 kWh. */
const LEAST_WH = 5;

/** An episode as the page tells it. */
export interface EpisodeWords {
  /** `19:02–19:40`. */
  readonly time: string;
  /** `up to 4840 W, over 3300 W for 12 min, 0.11 kWh above 4200 W; about 1½ min were left until the cut-off`. */
  readonly text: string;
  /** What was learnt from the cut-off that ended it; `null` when none did. */
  readonly cutOff: string | null;
}

/** An episode in words. */
export function episodeWords(
  episode: Episode,
  texts: EpisodeTexts,
  format: DayFormat,
): EpisodeWords {
  const { from, to, isOpen, maxWatts, secondsAbove, whAboveCap, limits } = episode;
  const lowest = format.power(limits[0]?.watts ?? 0);
  const parts = [texts.highest(format.power(maxWatts)), texts.over(lowest, lasted(secondsAbove))];
  const cap = format.power(limits[limits.length - 1]?.watts ?? 0);
  const beyondCap = `${format.kWh(whAboveCap / 1000)} kWh`;
  if (whAboveCap >= LEAST_WH) parts.push(texts.beyondCap(beyondCap, cap));
  const begin = format.time(from);
  const end = format.time(to);
  return {
    time: isOpen ? texts.since(begin) : begin === end ? begin : texts.span(begin, end),
    text: `${parts.join(", ")}; ${leftWords(episode, texts)}`,
    cutOff: cutOffWords(episode, texts, format),
  };
}

function leftWords({ secondsLeft }: Episode, texts: EpisodeTexts): string {
  if (secondsLeft === 0) return texts.due;
  const left = roundedTime(secondsLeft);
  return left === null ? texts.leftLeast : texts.left(left);
}

function cutOffWords(
  { cutOff }: Episode,
  texts: EpisodeTexts,
  format: DayFormat,
): string | null {
  if (cutOff === null) return null;
  const { watts, secondsAbove, suggestedLimits } = cutOff;
  const told = texts.cutOff(format.power(watts), lasted(secondsAbove));
  return suggestedLimits === null ? told : `${told} ${texts.lesson(suggestedLimits)}`;
}
