import type { DayAnswer } from "../../../lib/query/wire.ts";
import { datesOf, monthOf } from "./dates.ts";

/** From here on a day counts as measured, as on the live page. */
const WHOLE_FROM = 0.99;

/** Whether a good part of a day was not measured. An unknown coverage (an imported day's) is no reason to say so. */
export function isPartial({ coverage }: Pick<DayAnswer, "coverage">): boolean {
  return coverage !== null && coverage < WHOLE_FROM;
}

/** What the unmeasured time of a day would add at the mean power of the rest, in kWh. */
export function unmeasuredKWh(day: Pick<DayAnswer, "coverage" | "kWh">): number {
  const { coverage, kWh } = day;
  return coverage === null || coverage <= 0 || !isPartial(day) ? 0 : kWh * (1 / coverage - 1);
}

/** The energy of a whole day at the mean of what was measured, at most twice that: a moment tells little of a day. */
export function paceKWh(day: Pick<DayAnswer, "coverage" | "kWh">): number {
  return day.kWh + Math.min(day.kWh, unmeasuredKWh(day));
}

/** How far a month was measured. */
export interface MonthMeasured {
  /** 0..1 of its days that are over. */
  readonly coverage: number;
  /** Whether it is the month in progress. */
  readonly isNow: boolean;
}

/** How far the days of a month that are over were measured; `null` when none is over. */
export function monthMeasured(
  year: number,
  month: number,
  days: ReadonlyMap<string, DayAnswer>,
  today: string,
): MonthMeasured | null {
  const over = datesOf(year, month).filter((date) => date < today);
  if (over.length === 0) return null;
  const parts = over.map((date) => {
    const day = days.get(date);
    return day === undefined ? 0 : day.coverage ?? 1;
  });
  const sum = parts.reduce((a, b) => a + b, 0);
  return { coverage: sum / over.length, isNow: today.startsWith(monthOf(year, month)) };
}
