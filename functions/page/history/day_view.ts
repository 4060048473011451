import { describe } from "../charts.ts";
import { byId } from "../dom.ts";
import { show, write } from "../write.ts";
import { type CurveData, dayCurve } from "./day_curve.ts";
import { drawEpisodes } from "./episodes.ts";
import { drawEnergy } from "./energy.ts";
import type { DayData } from "./load.ts";
import { isPartial } from "./measured.ts";
import { address, type Beside, type Place, type Span } from "./place.ts";
import { drawBands } from "./tables.ts";
import { dayTitle } from "./titles.ts";
import type { Voice } from "./voice.ts";
import { isShortest, isWhole, within, zoomed } from "./zoom.ts";

/** How long the hand must rest before finer rows are asked for. */
const REST_MS = 200;
const BUTTON_FACTOR = 2;

/** The part of the page that shows a day. */
export interface DayView {
  draw(data: DayData, today: string): void;
  /** Draws anew with the colours of now. */
  redraw(): void;
}

/** @param go leads to a part of the day that was zoomed to */
export function dayView(voice: Voice, go: (place: Place) => void): DayView {
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
      go({ ...place, zoom: isWhole(span, day) ? null : span });
    }, REST_MS);
  };
  const curve = dayCurve(voice, onZoom);
  const zoomTo = (change: (span: Span, day: Span) => Span) => {
    if (shown === null) return;
    const span = change(shown.span, shown.data.day);
    if (span.fromMs === shown.span.fromMs && span.toMs === shown.span.toMs) return;
    curve.draw(shown.curve, span);
    onZoom(span);
  };
  const zoomBy = (factor: number) =>
    zoomTo((span, day) => zoomed(span, day, factor, (span.fromMs + span.toMs) / 2));
  byId("zoom-in").addEventListener("click", () => zoomBy(1 / BUTTON_FACTOR));
  byId("zoom-out").addEventListener("click", () => zoomBy(BUTTON_FACTOR));
  byId("zoom-whole").addEventListener("click", () => zoomTo((_, day) => day));
  return {
    draw(data, today) {
      const { day, place } = data;
      // What was asked for may come while the hand moves on.
      const isMoving = resting !== undefined && shown?.data.place.date === place.date;
      if (!isMoving) resting = void clearTimeout(resting);
      const asked = place.zoom === null ? day : within(place.zoom, day);
      const span = isMoving && shown !== null ? shown.span : asked;
      shown = { data, curve: curveData(data, voice), span };
      drawFacts(data, today, voice);
      drawEpisodes(place, data.episodes, voice);
      drawCompare(data);
      drawKeys(data, voice);
      drawZoom(data, span, voice);
      curve.draw(shown.curve, span);
    },
    redraw: curve.redraw,
  };
}

function curveData(
  { day, rows, gaps, episodes, other, answer }: DayData,
  { format }: Voice,
): CurveData {
  return {
    day,
    rows,
    gaps,
    other: other?.rows ?? [],
    episodes: episodes ?? [],
    highest: answer === null ? null : {
      at: answer.maxAt,
      watts: answer.maxWatts,
      text: `${format.power(answer.maxWatts)} · ${format.time(answer.maxAt)}`,
    },
  };
}

function drawFacts({ answer, place }: DayData, today: string, voice: Voice): void {
  const { texts, format } = voice;
  const isToday = place.date === today;
  drawEnergy(answer === null ? null : format.kWh(answer.kWh), [
    answer === null ? texts.nothingMeasured : "",
    isToday ? texts.soFar : "",
    answer !== null && isPartial(answer)
      ? texts.measured(format.percent(answer.coverage ?? 0))
      : "",
    answer?.source === "origin" ? texts.imported : "",
  ]);
  show("facts", answer !== null);
  show("download", answer !== null);
  write("fact-highest", answer === null ? "—" : format.power(answer.maxWatts));
  write("fact-highest-at", answer === null ? "" : format.time(answer.maxAt));
  write("fact-mean", answer === null ? "—" : format.power(answer.meanWatts));
  write("fact-lowest", answer === null ? "—" : format.power(answer.minWatts));
  const base = answer?.baseLoadWatts ?? null;
  write("fact-base", base === null ? "" : format.power(base));
  show("fact-base-row", base !== null);
  drawBands(answer?.bandsKWh ?? null, answer?.kWh ?? 0, voice);
}

const CHOICES: readonly (Beside | null)[] = [null, "week", "year"];

/** Links that lay another day over this one, or none; they stay, so that the keyboard does too. */
function drawCompare({ place }: DayData): void {
  CHOICES.forEach((beside) => {
    const link = byId<HTMLAnchorElement>(`compare-${beside ?? "none"}`);
    link.href = address({ ...place, beside });
    if (beside === place.beside) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  });
}

/** What the lines of the curve are, and the curve in words. */
function drawKeys(
  { rows, isSingle, other, gaps, episodes }: DayData,
  { texts, format }: Voice,
): void {
  write("key-range", isSingle ? texts.singleReadings : texts.rangeOfRow);
  show("key-gap", gaps.length > 0);
  show("key-over", (episodes ?? []).length > 0);
  show("key-other", other !== null);
  if (other !== null) {
    const title = dayTitle(other.date, texts);
    const text = other.answer === null
      ? texts.otherMissing(title)
      : texts.other(title, format.kWh(other.answer.kWh));
    write("key-other", text);
  }
  const means = rows.map(({ meanWatts }) => meanWatts);
  write("curve-summary", describe(means, format, texts.summary, texts.nothingMeasured));
}

function drawZoom({ day }: DayData, span: Span, { texts, format }: Voice): void {
  const isAll = isWhole(span, day);
  disable("zoom-out", isAll);
  disable("zoom-whole", isAll);
  disable("zoom-in", isShortest(span));
  const times = `${format.timeOfSecond(span.fromMs)}–${format.timeOfSecond(span.toMs)}`;
  write("curve-title", isAll ? texts.power : `${texts.power}, ${times}`);
}

/** Says that a button does nothing now, without taking the keyboard from it. */
function disable(id: string, isDisabled: boolean): void {
  byId(id).setAttribute("aria-disabled", String(isDisabled));
}
