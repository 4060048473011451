import type { EpisodeTexts } from "./episode_texts.ts";
import type { HistoryFormat } from "./format.ts";
import type { HistoryTexts } from "./texts.ts";

/** In whose words and numbers something is told. */
export interface Voice {
  readonly texts: HistoryTexts;
  readonly episodeTexts: EpisodeTexts;
  readonly format: HistoryFormat;
}
