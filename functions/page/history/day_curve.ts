import type { Episode } from "../../../lib/alarm/episode.ts";
import type { HistoryRow } from "../../../lib/query/wire.ts";
import { type Chart, drawChart, type Line } from "../charts.ts";
import { byId } from "../dom.ts";
import type { Format } from "../format.ts";
import { readOff } from "../readout.ts";
import { tickInterval } from "../ticks.ts";
import { drawTiers, type TierLine } from "../tier_lines.ts";
import { drawGaps, drawHighest, highestBox, type Mark } from "./day_marks.ts";
import { drawSpent } from "./day_spent.ts";
import type { Span } from "./place.ts";
import { type Steps, steps } from "./rows.ts";
import type { DayVoice } from "./voice.ts";
import { isShownTwice, type ZonedDay } from "./zone.ts";
import { between } from "./zoom.ts";
import { zoomByKeys, zoomByTouch, zoomByWheel } from "./zoom_input.ts";

/** Below this span times are told to the second. */
const SECONDS_BELOW_MS = 3 * 3_600_000;

const LINES: readonly Line[] = [
  { colour: "--earlier", width: 1.5, isStepped: true },
  { colour: "--curve", width: 0, isStepped: true },
  { colour: "--curve", width: 0, isStepped: true },
  { colour: "--curve", width: 1.5, isStepped: true },
];
/** The band lies between the highest and the lowest. */
const BAND = [1, 2] as const;
const MEAN_ROW = 3;
const OTHER_ROW = 0;

/** A day's curve. */
export interface CurveData {
  readonly day: ZonedDay;
  readonly rows: readonly HistoryRow[];
  /** When nothing was measured. */
  readonly gaps: readonly Span[];
  /** Rows of an earlier day at the times of this one; empty when there is none. */
  readonly other: readonly HistoryRow[];
  readonly highest: Mark | null;
  /** When the contract's limits were spent. */
  readonly episodes: readonly Episode[];
  /** The limits that they spent, rising. */
  readonly limits: readonly TierLine[];
}

/** The curve in its place on the page; drawn for the first time when there is a day to show. */
export interface DayCurve {
  draw(data: CurveData, span: Span): void;
  redraw(): void;
}

/** @param onZoom told of each change of the span by the user */
export function dayCurve(voice: DayVoice, onZoom: (span: Span) => void): DayCurve {
  let drawn: { data: CurveData; span: Span; lines: Steps } | null = null;
  let chart: Chart | null = null;
  const zoomTo = (span: Span) => {
    if (drawn === null) return;
    draw(drawn.data, span);
    onZoom(span);
  };
  const view = {
    whole: () => drawn?.data.day ?? { fromMs: 0, toMs: 1 },
    span: () => drawn?.span ?? { fromMs: 0, toMs: 1 },
    zoomTo,
  };
  const make = () => {
    const place = byId("curve-plot");
    const select = (fromMs: number, toMs: number) => zoomTo(between(fromMs, toMs, view.whole()));
    const made = drawChart(place, LINES, BAND, select);
    drawGaps(made.plot, () => drawn?.data.gaps ?? []);
    drawSpent(made.plot, () => drawn?.data.episodes ?? []);
    const highest = () => drawn?.data.highest ?? null;
    const limits = () => drawn?.data.limits ?? [];
    drawTiers(made.plot, limits, () => highestBox(made.plot, highest()));
    drawHighest(made.plot, highest);
    readOff(made.plot, place, byId("curve-readout"), [
      { row: MEAN_ROW, label: "" },
      { row: OTHER_ROW, label: voice.texts.earlier },
    ], () => ({ texts: voice.texts, format: readFormat(voice, view.span(), drawn?.data.day) }));
    zoomByWheel(made.plot, view);
    zoomByKeys(place, made.plot, view);
    zoomByTouch(made.plot, view);
    return made;
  };
  const draw = (data: CurveData, span: Span) => {
    const lines = drawn?.data === data ? drawn.lines : steps(data.rows, data.other);
    drawn = { data, span, lines };
    chart ??= make();
    const { at, mean, min, max, other } = lines;
    chart.update({ ...span, at, rows: [other, max, min, mean] }, axisFormat(voice, span));
  };
  return { draw, redraw: () => chart?.redraw() };
}

/** Labels of the time axis: with seconds where they are closer than a minute. */
function axisFormat({ format }: DayVoice, { fromMs, toMs }: Span): Format {
  return tickInterval(fromMs, toMs, 12) < 1 ? { ...format, time: format.timeOfSecond } : format;
}

/** Times that are read off: to the second where single readings are seen, and unmistakable in an hour that comes twice. */
function readFormat({ format }: DayVoice, span: Span, day: ZonedDay | undefined): Format {
  const time = span.toMs - span.fromMs < SECONDS_BELOW_MS ? format.timeOfSecond : format.time;
  if (day === undefined || day.stretches.length < 2) return { ...format, time };
  return {
    ...format,
    time: (at) => isShownTwice(at, day) ? `${time(at)} ${format.zoneName(at)}` : time(at),
  };
}
