import { bandsKWh } from "./day_answer.ts";
import type { KnownDay } from "./day_table.ts";
import { roundKWh, roundShare } from "./round.ts";
import type { MonthAnswer, StatsAnswer } from "./wire.ts";

/** What the statistics take of a day. */
export type CountedDay = Pick<KnownDay, "date" | "wh" | "bandsWh">;

/**
 * The statistics of a year's complete days, or of one of its months; shares are always of the year.
 *
 * @param days of the year, in rising order
 * @param month 1 to 12, `null` for the year
 */
export function statsOf(days: readonly CountedDay[], month: number | null): StatsAnswer {
  const counted = days.filter(({ date }) => month === null || monthOf(date) === month);
  const kWh = counted.map(({ wh }) => wh / 1000);
  const total = sum(kWh);
  return {
    days: kWh.length,
    max: kWh.length > 0 ? roundKWh(Math.max(...kWh)) : null,
    min: kWh.length > 0 ? roundKWh(Math.min(...kWh)) : null,
    mean: kWh.length > 0 ? roundKWh(total / kWh.length) : null,
    std: kWh.length > 1 ? roundKWh(sampleDeviation(kWh, total / kWh.length)) : null,
    sum: roundKWh(total),
    months: months(days).filter((one) => month === null || one.month === month),
    bandsKWh: bandsOf(counted),
  };
}

function months(days: readonly CountedDay[]): MonthAnswer[] {
  const total = sum(days.map(({ wh }) => wh));
  return [...Map.groupBy(days, ({ date }) => monthOf(date))].map(([month, ofMonth]) => {
    const wh = sum(ofMonth.map((day) => day.wh));
    return { month, kWh: roundKWh(wh / 1000), share: total > 0 ? roundShare(wh / total) : 0 };
  });
}

function bandsOf(days: readonly CountedDay[]): StatsAnswer["bandsKWh"] {
  const known = days.flatMap(({ bandsWh }) => bandsWh ?? []);
  if (known.length === 0) return null;
  return bandsKWh({
    f1: sum(known.map(({ f1 }) => f1)),
    f2: sum(known.map(({ f2 }) => f2)),
    f3: sum(known.map(({ f3 }) => f3)),
  });
}

/** With one degree of freedom less than values, as pandas has it (`ddof=1`). */
function sampleDeviation(values: readonly number[], mean: number): number {
  return Math.sqrt(sum(values.map((value) => (value - mean) ** 2)) / (values.length - 1));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function monthOf(date: string): number {
  return Number(date.slice(5, 7));
}
