import type { EpisodeTexts } from "./episode_texts.ts";
import type { DayFormat } from "./format.ts";
import type { Numbers } from "./numbers.ts";
import type { HistoryTexts } from "./texts.ts";

/** In whose words and numbers something is told. */
export interface Voice {
  readonly texts: HistoryTexts;
  readonly format: Numbers;
}

/** The same for what has times of day. */
export interface DayVoice extends Voice {
  readonly episodeTexts: EpisodeTexts;
  readonly format: DayFormat;
}
