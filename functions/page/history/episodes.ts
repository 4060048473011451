import type { Episode } from "../../../lib/alarm/episode.ts";
import { byId, element } from "../dom.ts";
import { unbroken } from "../unbroken.ts";
import { show, write } from "../write.ts";
import { episodeWords } from "./episode_words.ts";
import { address, type Place } from "./place.ts";
import { dayName } from "./titles.ts";
import type { DayVoice } from "./voice.ts";

/** A year of a house that lives at its limits has thousands. */
const MOST_SHOWN = 200;
/** Around an episode, when a link leads to it. */
const MARGIN_MS = 600_000;

/**
 * Lists the episodes of what is shown, the newest first; `null`: they could not be had. That there are none is worth
 * words in a year alone.
 *
 * @param makeVoice asked for only when there is something to tell
 */
export function drawEpisodes(
  place: Place,
  episodes: readonly Episode[] | null,
  makeVoice: () => DayVoice,
): void {
  const found = [...episodes ?? []].reverse();
  const isNone = episodes !== null && found.length === 0;
  show("episodes", !isNone || place.view === "year");
  show("episodes-none", isNone);
  show("episodes-note", !isNone);
  show("episodes-list", found.length > 0);
  if (isNone) return;
  const voice = makeVoice();
  const texts = voice.episodeTexts;
  const items = found.slice(0, MOST_SHOWN).map((episode) => item(place, episode, voice));
  byId("episodes-list").replaceChildren(...items);
  const more = found.length - items.length;
  const note = more > 0 ? `${texts.note} ${texts.more(more)}` : texts.note;
  write("episodes-note", episodes === null ? texts.missing : note);
}

function item(place: Place, episode: Episode, voice: DayVoice): HTMLElement {
  const { format, texts, episodeTexts } = voice;
  const words = episodeWords(episode, episodeTexts, format);
  const date = format.date(episode.from);
  const zoom = { fromMs: episode.from - MARGIN_MS, toMs: episode.to + MARGIN_MS };
  const day = place.view === "day" && place.date === date ? "" : `${dayName(date, texts)}, `;
  const href = address({ view: "day", date, beside: null, zoom });
  return element(
    "li",
    { "data-state": episode.state },
    element("a", { href }, unbroken(day), element("span", { class: "times" }, words.time)),
    element("span", {}, unbroken(words.text)),
    words.cutOff === null ? null : element("strong", {}, unbroken(words.cutOff)),
  );
}
