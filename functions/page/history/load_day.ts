import type { Episode } from "../../../lib/alarm/episode.ts";
import type { DayAnswer, HistoryAnswer, HistoryRow } from "../../../lib/query/wire.ts";
import { ask } from "./ask.ts";
import { loadEpisodes } from "./load_episodes.ts";
import { besideDate, type DayPlace, type Span } from "./place.ts";
import { curvePath, dayCurvePath, daysPath } from "./questions.ts";
import { areSingle, closed, gaps, laidOver, refined } from "./rows.ts";
import type { ZonedDay } from "./zone.ts";
import { partOf } from "./zoom.ts";

/** What a day is drawn from. */
export interface DayData {
  /** What it is zoomed to lies within it. */
  readonly place: DayPlace;
  readonly day: ZonedDay;
  /** `null`: nothing was measured. */
  readonly answer: DayAnswer | null;
  readonly rows: readonly HistoryRow[];
  /** Whether what is seen of them is single readings. */
  readonly isSingle: boolean;
  /** When nothing was measured. */
  readonly gaps: readonly Span[];
  /** `null`: they cannot be had. */
  readonly episodes: readonly Episode[] | null;
  readonly other: OtherDay | null;
}

/** The earlier day behind a day's curve, its rows at the times of that. */
export interface OtherDay {
  readonly date: string;
  readonly answer: DayAnswer | null;
  readonly rows: readonly HistoryRow[];
}

/** A day with the day behind it; where it is zoomed to, as fine as the service has it. */
export async function loadDay(
  asked: DayPlace,
  dayOf: (date: string) => ZonedDay,
): Promise<DayData> {
  const day = dayOf(asked.date);
  const place = { ...asked, zoom: partOf(asked.zoom, day) };
  const otherDate = place.beside === null ? null : besideDate(place.date, place.beside);
  const [answer, episodes, curve, other] = await Promise.all([
    loadAnswer(place.date),
    loadEpisodes(place),
    loadCurve(place.date, place.zoom),
    otherDate === null ? null : loadOther(dayOf(otherDate), day, place.zoom),
  ]);
  return { place, day, answer, episodes, ...curve, other };
}

async function loadAnswer(date: string): Promise<DayAnswer | null> {
  const [answer] = await ask<DayAnswer[]>(daysPath({ from: date, to: date }));
  return answer ?? null;
}

async function loadOther(other: ZonedDay, day: ZonedDay, zoom: Span | null): Promise<OtherDay> {
  const [answer, { rows }] = await Promise.all([
    loadAnswer(other.date),
    loadCurve(other.date, zoom === null ? null : sameTimes(zoom, day, other)),
  ]);
  return { date: other.date, answer, rows: rows.length === 0 ? [] : laidOver(rows, other, day) };
}

async function loadCurve(
  date: string,
  zoom: Span | null,
): Promise<Pick<DayData, "rows" | "isSingle" | "gaps">> {
  const [whole, fine] = await Promise.all([
    ask<HistoryAnswer>(dayCurvePath(date)),
    zoom === null ? null : ask<HistoryAnswer>(curvePath(zoom)),
  ]);
  const coarse = closed(whole);
  const rows = zoom === null || fine === null ? coarse : refined(coarse, fine.rows, zoom);
  const isSingle = areSingle((fine ?? whole).rows);
  return { rows, isSingle, gaps: gaps({ rows, endMs: whole.endMs }) };
}

/** A span of a day on another one, an hour more at each end where the clocks change. */
function sameTimes(zoom: Span, day: ZonedDay, other: ZonedDay): Span {
  const marginMs = day.stretches.length + other.stretches.length > 2 ? 3_600_000 : 0;
  const byMs = other.fromMs - day.fromMs;
  return {
    fromMs: Math.max(other.fromMs, zoom.fromMs + byMs - marginMs),
    toMs: Math.min(other.toMs, zoom.toMs + byMs + marginMs),
  };
}
