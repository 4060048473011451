import type { Language } from "../texts.ts";
import { zoneHere } from "../time_zone.ts";
import { EPISODE_TEXTS } from "./episode_texts.ts";
import { createDayFormat } from "./format.ts";
import { HISTORY_TEXTS } from "./texts.ts";
import type { DayVoice } from "./voice.ts";

/** The words and numbers of what has times of day, in the zone of the server; throws as {@linkcode createDayFormat}. */
export function createDayVoice(language: Language, timeZone: string): DayVoice {
  return {
    texts: HISTORY_TEXTS[language],
    episodeTexts: EPISODE_TEXTS[language],
    format: createDayFormat(language, zoneHere(timeZone) ?? timeZone),
  };
}
