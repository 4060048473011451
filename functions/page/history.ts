import "./history.css";
import type { SpanAnswer } from "../../lib/query/wire.ts";
import { byId } from "./dom.ts";
import { EPISODE_TEXTS } from "./history/episode_texts.ts";
import { createHistoryFormat } from "./history/format.ts";
import { type DayView, dayView } from "./history/day_view.ts";
import { drawFrame, drawNoHistory, keepFocus } from "./history/frame.ts";
import { chosenPlace } from "./history/head.ts";
import { loadDay, loadPeriod, loadSpan } from "./history/load.ts";
import { addressed, type Arrival, followLinks, goTo } from "./history/navigate.ts";
import { clearFailure, drawFailure } from "./history/notice.ts";
import { drawPeriod, preparePeriods } from "./history/period_view.ts";
import { monthAt, type Place } from "./history/place.ts";
import { HISTORY_TEXTS } from "./history/texts.ts";
import type { Voice } from "./history/voice.ts";
import { type ZonedDay, zonedDays } from "./history/zone.ts";

/** What stays from visit to visit. */
interface House {
  readonly span: SpanAnswer;
  readonly voice: Voice;
  readonly dayOf: (date: string) => ZonedDay;
}

const language = document.documentElement.lang === "it" ? "it" : "en";
const texts = HISTORY_TEXTS[language];

let house: House | null = null;
let days: DayView | null = null;
let shown: Place | null = null;
/** Counts the visits: what an earlier one still asks for is not drawn any more. */
let turn = 0;

/** Shows a place, this month when none is asked for. */
async function visit(asked: Place | null, arrival: Arrival): Promise<void> {
  const mine = ++turn;
  const left = shown;
  try {
    house ??= await loadHouse();
    const { span, voice } = house;
    const place = asked ?? monthAt(span.today);
    const draw = span.firstDate === null ? null : await prepare(place, house);
    if (mine !== turn) return;
    clearFailure();
    if (arrival === "step" || arrival === "instead") goTo(place, arrival);
    shown = place;
    if (draw === null) return drawNoHistory(place, texts);
    const focused = document.activeElement?.getAttribute("href") ?? null;
    drawFrame(place, span, voice.texts);
    draw();
    keepFocus({ arrival, left, place, focused });
  } catch (error) {
    if (mine === turn) drawFailure(error, texts, () => void visit(asked, arrival));
  }
}

/** Asks for what a place shows; the answer draws it. */
async function prepare(place: Place, { span, voice, dayOf }: House): Promise<() => void> {
  if (place.view !== "day") {
    const data = await loadPeriod(place);
    return () => drawPeriod(place, data, span, voice);
  }
  const data = await loadDay(place, dayOf);
  days ??= dayView(voice, (zoomed) => void visit(zoomed, arrivalOf(zoomed)));
  const view = days;
  return () => view.draw(data, span.today);
}

/** Zooming in on a day and out again can be taken back; what lies between takes the place of what came before. */
function arrivalOf(place: Place): Arrival {
  const wasZoomed = shown?.view === "day" && shown.zoom !== null;
  const isZoomed = place.view === "day" && place.zoom !== null;
  return wasZoomed && isZoomed ? "instead" : "step";
}

async function loadHouse(): Promise<House> {
  return makeHouse(await loadSpan());
}

function makeHouse(span: SpanAnswer): House {
  const episodeTexts = EPISODE_TEXTS[language];
  const voice = { texts, episodeTexts, format: createHistoryFormat(language, span.timeZone) };
  return { span, voice, dayOf: zonedDays(span.timeZone) };
}

/** What the page brought with it: so nothing has to be asked for before the days are. */
function broughtHouse(): House | null {
  const span: SpanAnswer | null = JSON.parse(byId("place").dataset["span"] ?? "null");
  return span && makeHouse(span);
}

house = broughtHouse();
preparePeriods();
followLinks((place, arrival) => void visit(place, arrival));
byId("choose").addEventListener("change", () => void visit(chosenPlace(), "step"));
document.addEventListener("visibilitychange", () => {
  if (document.hidden || shown === null) return;
  house = null; // the day may have changed meanwhile
  void visit(addressed(), "again");
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => days?.redraw());
void visit(addressed(), "again");
