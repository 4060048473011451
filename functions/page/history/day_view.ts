import { byId } from "../dom.ts";
import { type CurveData, dayCurve } from "./day_curve.ts";
import { limitLines } from "./day_spent.ts";
import { drawEpisodes } from "./episodes.ts";
import { drawCompare, drawFacts, drawKeys, drawZoom } from "./day_figures.ts";
import { type DayData, loadDay } from "./load_day.ts";
import type { DayPlace, Place, Span } from "./place.ts";
import type { DayVoice } from "./voice.ts";
import type { ZonedDay } from "./zone.ts";
import { partOf, zoomed } from "./zoom.ts";

/** How long the hand must rest before finer rows are asked for. */
const REST_MS = 200;
const BUTTON_FACTOR = 2;

/** The part of the page that shows a day. */
export interface DayView {
  /** Asks for what a place shows; the function it gives draws that. */
  prepare(place: DayPlace): Promise<(today: string) => void>;
  /** Draws anew with the colours of now. */
  redraw(): void;
}

/** @param go leads to a part of the day that was zoomed to */
export function dayView(
  voice: DayVoice,
  dayOf: (date: string) => ZonedDay,
  go: (place: Place) => void,
): DayView {
  let shown: { data: DayData; curve: CurveData; span: Span } | null = null;
  let resting: ReturnType<typeof setTimeout> | undefined;
  const onZoom = (span: Span) => {
    if (shown === null) return;
    shown.span = span;
    drawZoom(shown.data, span, voice);
    clearTimeout(resting);
    const { place, day } = shown.data;
    resting = setTimeout(() => {
      resting = undefined;
      go({ ...place, zoom: partOf(span, day) });
    }, REST_MS);
  };
  const curve = dayCurve(voice, onZoom);
  listenToButtons((change) => {
    if (shown === null) return;
    const span = change(shown.span, shown.data.day);
    if (span.fromMs === shown.span.fromMs && span.toMs === shown.span.toMs) return;
    curve.draw(shown.curve, span);
    onZoom(span);
  });
  const draw = (data: DayData, today: string) => {
    // What was asked for may come while the hand moves on.
    const isMoving = resting !== undefined && shown?.data.place.date === data.place.date;
    if (!isMoving) resting = void clearTimeout(resting);
    const span = isMoving && shown !== null ? shown.span : data.place.zoom ?? data.day;
    shown = { data, curve: curveData(data, voice), span };
    drawFigures(data, today, voice);
    drawZoom(data, span, voice);
    curve.draw(shown.curve, span);
  };
  return {
    async prepare(place) {
      const data = await loadDay(place, dayOf);
      return (today) => draw(data, today);
    },
    redraw: curve.redraw,
  };
}

function drawFigures(data: DayData, today: string, voice: DayVoice): void {
  drawFacts(data, today, voice);
  drawEpisodes(data.place, data.episodes, () => voice);
  drawCompare(data);
  drawKeys(data, voice);
}

function listenToButtons(change: (to: (span: Span, day: Span) => Span) => void): void {
  const zoomBy = (factor: number) =>
    change((span, day) => zoomed(span, day, factor, (span.fromMs + span.toMs) / 2));
  byId("zoom-in").addEventListener("click", () => zoomBy(1 / BUTTON_FACTOR));
  byId("zoom-out").addEventListener("click", () => zoomBy(BUTTON_FACTOR));
  byId("zoom-whole").addEventListener("click", () => change((_, day) => day));
}

function curveData(
  { day, rows, gaps, episodes, other, answer }: DayData,
  voice: DayVoice,
): CurveData {
  const { format } = voice;
  return {
    day,
    rows,
    gaps,
    other: other?.rows ?? [],
    episodes: episodes ?? [],
    limits: limitLines(episodes ?? [], voice),
    highest: answer === null ? null : {
      at: answer.maxAt,
      watts: answer.maxWatts,
      text: `${format.power(answer.maxWatts)} · ${format.time(answer.maxAt)}`,
    },
  };
}
