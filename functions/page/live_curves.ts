import { tierPower } from "../../lib/alarm/rounded.ts";
import { type Chart, type ChartData, describe, drawChart, type Line } from "./charts.ts";
import { steps, type Watts } from "./curves.ts";
import type { Format } from "./format.ts";
import { serverNow } from "./freshness.ts";
import { type Read, readOff } from "./readout.ts";
import type { LiveState } from "./state.ts";
import type { Texts } from "./texts.ts";
import { drawTiers, type TierLine } from "./tier_lines.ts";

const HOUR_MS = 3_600_000;
const NOW_LINE: Line = { colour: "--curve", width: 2, isStepped: true, under: "--under" };
const MEAN_LINE: Line = { colour: "--curve", width: 1.5, isStepped: false };
const YESTERDAY_LINE: Line = { colour: "--yesterday", width: 1.5, isStepped: false };
const EDGE: Line = { colour: "--curve", width: 0, isStepped: false };

/** Rows of today's chart; the band lies between the second and the third. */
const TODAY_LINES = [YESTERDAY_LINE, EDGE, EDGE, MEAN_LINE];

/** The curves of the page; `update` after each event and now and then, since time moves also without readings. */
export interface Curves {
  update(state: LiveState, format: Format, monoMs: number): void;
  redraw(): void;
}

/** Draws the curves for which the page has a place: the last hour, and today unless it is the wall view. */
export function showCurves(
  texts: Texts,
  words: () => { readonly texts: Texts; readonly format: Format },
): Curves {
  const hour = curve("hour", [NOW_LINE], null, words, [{ row: 0, label: "" }]);
  const today = curve("today", TODAY_LINES, [1, 2], words, [
    { row: 3, label: "" },
    { row: 0, label: texts.yesterday },
  ]);
  let tiers: readonly TierLine[] = [];
  for (const chart of [hour, today]) if (chart !== null) drawTiers(chart.plot, () => tiers);
  return {
    update(state, format, monoMs) {
      if (state.snapshot === null) return;
      tiers = state.snapshot.limits.map(({ watts }) => ({
        watts,
        label: texts.alarm.limit(tierPower(watts, texts.alarm.decimal)),
      }));
      hour?.update(hourData(state, monoMs), format);
      today?.update(todayData(state), format);
      const { lastHour, curve: day, yesterday } = state.snapshot;
      summarise("hour-summary", lastHour.watts, texts.lastHour, texts, format);
      summarise("today-summary", day.meanWatts, texts.today, texts, format);
      const key = document.getElementById("yesterday-key");
      if (key !== null) key.hidden = yesterday === null;
    },
    redraw() {
      hour?.redraw();
      today?.redraw();
    },
  };
}

function curve(
  id: string,
  lines: readonly Line[],
  band: readonly [number, number] | null,
  words: () => { readonly texts: Texts; readonly format: Format },
  read: readonly Read[],
): Chart | null {
  const place = document.getElementById(`${id}-plot`);
  if (place === null) return null;
  const chart = drawChart(place, lines, band);
  const output = document.getElementById(`${id}-readout`);
  if (output !== null) readOff(chart.plot, place, output, read, words);
  return chart;
}

function hourData({ snapshot, clock }: LiveState, monoMs: number): ChartData {
  const toMs = serverNow(clock, monoMs);
  const { at, watts } = snapshot === null
    ? { at: [], watts: [] }
    : steps(snapshot.lastHour, snapshot.sampleSeconds, toMs);
  return { fromMs: toMs - HOUR_MS, toMs, at, rows: [watts] };
}

function todayData({ snapshot }: LiveState): ChartData {
  if (snapshot === null) return { fromMs: 0, toMs: 1, at: [], rows: TODAY_LINES.map(() => []) };
  const { curve: day, yesterday, today } = snapshot;
  const length = Math.max(day.meanWatts.length, yesterday?.length ?? 0);
  const stretch = (values: readonly Watts[] | null) =>
    Array.from({ length }, (_, i) => values?.[i] ?? null);
  return {
    fromMs: today.startMs,
    toMs: today.endMs,
    at: Array.from({ length }, (_, i) => day.startMs + i * day.stepS * 1000),
    rows: [yesterday, day.maxWatts, day.minWatts, day.meanWatts].map(stretch),
  };
}

function summarise(
  id: string,
  values: readonly Watts[],
  what: string,
  texts: Texts,
  format: Format,
): void {
  const element = document.getElementById(id);
  if (element === null) return;
  const said = (low: string, high: string, mean: string) => texts.summary(what, low, high, mean);
  element.textContent = describe(values, format, said, texts.summaryEmpty(what));
}
