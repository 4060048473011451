import "./history.css";
import type { SpanAnswer } from "../../lib/query/wire.ts";
import { byId } from "./dom.ts";
import type { DayView } from "./history/day_view.ts";
import { createDayVoice } from "./history/day_voice.ts";
import { drawEpisodes } from "./history/episodes.ts";
import { drawFrame, drawNoHistory, keepFocus } from "./history/frame.ts";
import { chosenPlace } from "./history/head.ts";
import { knownSpan } from "./history/known_span.ts";
import { loadPeriod, loadSpan } from "./history/load.ts";
import { loadEpisodes } from "./history/load_episodes.ts";
import { addressed, type Arrival, followLinks, goTo } from "./history/navigate.ts";
import { clearFailure, drawFailure } from "./history/notice.ts";
import { createNumbers } from "./history/numbers.ts";
import { drawPeriod, preparePeriods } from "./history/period_view.ts";
import { monthAt, type Place } from "./history/place.ts";
import type { Period } from "./history/questions.ts";
import { HISTORY_TEXTS } from "./history/texts.ts";

const language = document.documentElement.lang === "it" ? "it" : "en";
const texts = HISTORY_TEXTS[language];
const voice = { texts, format: createNumbers(language) };

/** What the page brought with it: so nothing has to be asked for before the days are. */
const span = knownSpan(JSON.parse(byId("place").dataset["span"] ?? "null"), loadSpan, Date.now);
let days: DayView | null = null;
let shown: Place | null = null;
/** Counts the visits: what an earlier one still asks for is not drawn any more. */
let turn = 0;

/** Shows a place, this month when none is asked for. */
async function visit(asked: Place | null, arrival: Arrival): Promise<void> {
  const mine = ++turn;
  const left = shown;
  try {
    const known = await span.get();
    const place = asked ?? monthAt(known.today);
    const draw = known.firstDate === null ? null : await prepare(place, known);
    if (mine !== turn) return;
    clearFailure();
    if (arrival === "step" || arrival === "instead") goTo(place, arrival);
    shown = place;
    if (draw === null) return drawNoHistory(place, texts);
    const focused = document.activeElement?.getAttribute("href") ?? null;
    drawFrame(place, known, texts);
    draw();
    keepFocus({ arrival, left, place, focused });
    if (place.view !== "day") await showEpisodes(place, known.timeZone, mine);
  } catch (error) {
    if (mine === turn) drawFailure(error, texts, () => void visit(asked, arrival));
  }
}

/** Asks for what a place shows; the function it gives draws that. */
async function prepare(place: Place, known: SpanAnswer): Promise<() => void> {
  if (place.view !== "day") {
    const data = await loadPeriod(place);
    return () => drawPeriod(place, data, known, voice);
  }
  days ??= await openDays(known.timeZone);
  const draw = await days.prepare(place);
  return () => draw(known.today);
}

/** Lists a period's episodes when its bars are there: they have times of day, which take Intl. */
async function showEpisodes(place: Period, timeZone: string, mine: number): Promise<void> {
  const episodes = await loadEpisodes(place);
  if (mine === turn) drawEpisodes(place, episodes, () => createDayVoice(language, timeZone));
}

/** Loads the part that shows days when there is one to show. */
async function openDays(timeZone: string): Promise<DayView> {
  const path = byId("place").dataset["dayScript"] ?? "";
  const { openDay }: typeof import("./history_day.ts") = await import(path);
  return openDay(language, timeZone, (zoomed) => void visit(zoomed, arrivalOf(zoomed)));
}

/** Zooming in on a day and out again can be taken back; what lies between takes the place of what came before. */
function arrivalOf(place: Place): Arrival {
  const wasZoomed = shown?.view === "day" && shown.zoom !== null;
  const isZoomed = place.view === "day" && place.zoom !== null;
  return wasZoomed && isZoomed ? "instead" : "step";
}

preparePeriods();
followLinks((place, arrival) => void visit(place, arrival));
byId("choose").addEventListener("change", () => void visit(chosenPlace(), "step"));
document.addEventListener("visibilitychange", () => {
  if (document.hidden || shown === null) return;
  span.forget(); // there may be more to see meanwhile
  void visit(addressed(), "again");
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => days?.redraw());
void visit(addressed(), "again");
