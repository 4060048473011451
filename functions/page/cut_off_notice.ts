import type { CutOff, Episode } from "../../lib/alarm/episode.ts";
import { formatTiers } from "../../lib/alarm/tiers.ts";
import type { Snapshot } from "../../lib/live/wire.ts";
import type { Format } from "./format.ts";
import { lasted } from "./lasted.ts";
import { recall, remember } from "./remembered.ts";
import type { Texts } from "./texts.ts";
import { unbroken } from "./unbroken.ts";
import { show, write } from "./write.ts";

/** Older ones are left to the history. */
const TOLD_FOR_MS = 7 * 86_400_000;
/** A page that is shown and hidden again and again need not ask each time. */
const LEAST_BETWEEN_MS = 30_000;
/** The service judges the gap while the meter's first readings come in. */
const JUDGED_AFTER_MS = 10_000;
const MARGIN_MS = 600_000;
const READ = "mcce-cut-off-read-";

/** The notice of what the newest cut-off taught. */
export interface CutOffNotice {
  /** Asks anew, unless that was just done. */
  onSnapshot(snapshot: Snapshot, format: Format): void;
  /** The meter answers again: asks once the service has judged the gap. */
  onReturn(): void;
}

/** Binds the notice, where the page has a place for it; it stays away for good once it was read. */
export function bindCutOffNotice(texts: Texts): CutOffNotice {
  const button = document.getElementById("cut-off-read");
  let newest: { readonly snapshot: Snapshot; readonly format: Format } | null = null;
  let askedMonoMs = -Infinity;
  let shown: CutOff | null = null;
  const readAt = new Set<number>();

  const ask = async () => {
    if (newest === null || button === null) return;
    const { snapshot, format } = newest;
    askedMonoMs = performance.now();
    const episodes = await loadEpisodes(snapshot.now - TOLD_FOR_MS);
    if (episodes === null) return;
    const episode = lastCutOff(episodes, snapshot);
    shown = episode?.cutOff ?? null;
    const isNews = shown !== null && !readAt.has(shown.at) && !recall(READ + shown.at);
    if (isNews) tell(episode!, shown!, snapshot, texts, format);
    show("cut-off", isNews);
  };
  button?.addEventListener("click", () => {
    if (shown === null) return;
    readAt.add(shown.at); // in case that nothing can be kept
    remember(READ + shown.at, true);
    show("cut-off", false);
  });
  return {
    onSnapshot(snapshot, format) {
      newest = { snapshot, format };
      if (performance.now() - askedMonoMs >= LEAST_BETWEEN_MS) ask();
    },
    onReturn: () => void setTimeout(ask, JUDGED_AFTER_MS),
  };
}

/** `null` when they cannot be had: whatever is wrong then, the page tells it elsewhere. */
async function loadEpisodes(fromMs: number): Promise<readonly Episode[] | null> {
  try {
    const response = await fetch(`/alarm/episodes?from=${fromMs}`);
    return response.ok ? await response.json() : null;
  } catch { // no connection
    return null;
  }
}

/** The episode of the newest cut-off that is not too old and whose lesson has not been followed yet. */
function lastCutOff(episodes: readonly Episode[], { now, limits }: Snapshot): Episode | null {
  const found = episodes.filter(({ cutOff }) => cutOff !== null && cutOff.at > now - TOLD_FOR_MS);
  const newest = found[found.length - 1] ?? null;
  return newest?.cutOff?.suggestedLimits === formatTiers(limits) ? null : newest;
}

function tell(
  { from, to }: Episode,
  cutOff: CutOff,
  { now }: Snapshot,
  texts: Texts,
  format: Format,
): void {
  const { at, watts, secondsAbove, suggestedLimits } = cutOff;
  const { cutOffAt, lesson } = texts.alarm;
  write(
    "cut-off-text",
    unbroken(cutOffAt(format.since(at, now), format.power(watts), lasted(secondsAbove))),
  );
  write("cut-off-lesson", suggestedLimits === null ? "" : lesson(suggestedLimits));
  show("cut-off-lesson", suggestedLimits !== null);
  // The form of dates in Sweden is ISO 8601's.
  const day = new Intl.DateTimeFormat("sv-SE", { timeZone: format.timeZone }).format(from);
  document.getElementById("cut-off-curve")?.setAttribute(
    "href",
    `/history?day=${day}&from=${from - MARGIN_MS}&to=${to + MARGIN_MS}`,
  );
}
