import type { DayAnswer, SpanAnswer, StatsAnswer } from "../../../lib/query/wire.ts";
import { ask } from "./ask.ts";
import { datesIn } from "./place.ts";
import { daysPath, type Period, periodBefore, statsPath } from "./questions.ts";

/** What a year or a month is drawn from. */
export interface PeriodData {
  readonly days: readonly DayAnswer[];
  readonly stats: StatsAnswer;
  /** Of the period before. */
  readonly before: StatsAnswer;
}

/** The days of which there is anything, and the zone. */
export function loadSpan(): Promise<SpanAnswer> {
  return ask("/query/span");
}

/** The days and figures of a year or a month. */
export async function loadPeriod(place: Period): Promise<PeriodData> {
  const [days, stats, before] = await Promise.all([
    ask<DayAnswer[]>(daysPath(datesIn(place))),
    ask<StatsAnswer>(statsPath(place)),
    ask<StatsAnswer>(statsPath(periodBefore(place))),
  ]);
  return { days, stats, before };
}
