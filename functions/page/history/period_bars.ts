import type { DayAnswer, SpanAnswer, StatsAnswer } from "../../../lib/query/wire.ts";
import type { Bar } from "./bars.ts";
import { datesOf, monthOf, partsOf, weekday } from "./dates.ts";
import { isPartial, monthMeasured, unmeasuredKWh } from "./measured.ts";
import { address, dayAt, monthAt } from "./place.ts";
import { dayName, short } from "./titles.ts";
import type { Voice } from "./voice.ts";

/** Days by their dates. */
export function byDate(days: readonly DayAnswer[]): ReadonlyMap<string, DayAnswer> {
  return new Map(days.map((day) => [day.date, day]));
}

/** What a day used and what is to be known of that: `Sunday 22 November: 8.53 kWh, 52% measured`. */
export function dayLabel(date: string, day: DayAnswer | undefined, today: string, voice: Voice) {
  const { texts, format } = voice;
  const name = dayName(date, texts);
  if (day === undefined) return date > today ? name : `${name}: ${texts.nothingMeasured}`;
  const told = [
    `${format.kWh(day.kWh)} kWh`,
    isPartial(day) ? texts.measured(format.percent(day.coverage ?? 0)) : "",
    date === today ? texts.soFar : "",
    day.source === "origin" ? texts.imported : "",
  ];
  return `${name}: ${told.filter((part) => part !== "").join(", ")}`;
}

/** A bar for each day of a month. */
export function monthBars(
  { year, month }: { readonly year: number; readonly month: number },
  days: readonly DayAnswer[],
  today: string,
  voice: Voice,
): Bar[] {
  const known = byDate(days);
  return datesOf(year, month).map((date) => {
    const day = known.get(date);
    const dayOfWeek = weekday(date);
    const isPart = day !== undefined && isPartial(day);
    return {
      name: [short(voice.texts.weekdays[dayOfWeek] ?? ""), String(partsOf(date).day)],
      label: dayLabel(date, day, today, voice),
      href: day === undefined ? null : address(dayAt(date)),
      kWh: day?.kWh ?? null,
      unmeasuredKWh: day === undefined ? 0 : unmeasuredKWh(day),
      beforeKWh: null,
      values: day === undefined ? [] : [
        voice.format.kWh(day.kWh),
        ...(isPart ? [voice.format.percent(day.coverage ?? 0)] : []),
      ],
      marks: [
        ...(date === today ? ["now" as const] : []),
        ...(date > today ? ["future" as const] : []),
        ...(dayOfWeek > 4 ? ["weekend" as const] : []),
        ...(day?.source === "origin" ? ["origin" as const] : []),
      ],
    };
  });
}

/** What the bars of a year are drawn from. */
export interface YearFigures {
  readonly year: number;
  readonly days: readonly DayAnswer[];
  readonly stats: StatsAnswer;
  /** Of the year before. */
  readonly before: StatsAnswer;
  readonly span: SpanAnswer;
}

/** A bar for each month of a year, with the same month of the year before. */
export function yearBars(figures: YearFigures, voice: Voice): Bar[] {
  const known = byDate(figures.days);
  return voice.texts.months.map((name, i) => monthBar(figures, known, i + 1, name, voice));
}

function monthBar(
  { year, days, stats, before, span }: YearFigures,
  known: ReadonlyMap<string, DayAnswer>,
  month: number,
  name: string,
  voice: Voice,
): Bar {
  const { texts, format } = voice;
  const own = stats.months.find((one) => one.month === month);
  const earlier = before.months.find((one) => one.month === month)?.kWh ?? null;
  const measured = monthMeasured(year, month, known, span.today);
  const isPart = measured !== null && isPartial(measured);
  const hasDays = days.some(({ date }) => date.startsWith(monthOf(year, month)));
  // Figures are of complete days: of a month that has none yet, today is all there is to see.
  const ofToday = hasDays ? known.get(span.today) : undefined;
  const told = own === undefined
    ? [ofToday ? texts.todaySoFar(format.kWh(ofToday.kWh)) : texts.nothingMeasured]
    : [
      `${format.kWh(own.kWh)} kWh`,
      texts.ofYear(format.share(own.share)),
      isPart ? texts.measured(format.percent(measured.coverage)) : "",
      measured?.isNow ? texts.soFar : "",
    ];
  told.push(earlier === null ? "" : `${year - 1}: ${format.kWh(earlier)} kWh`);
  return {
    name: [short(name)],
    label: `${name}: ${told.filter((part) => part !== "").join(", ")}`,
    href: hasDays ? address(monthAt(`${monthOf(year, month)}-01`)) : null,
    kWh: own?.kWh ?? null,
    unmeasuredKWh: own === undefined || measured === null
      ? 0
      : unmeasuredKWh({ kWh: own.kWh, coverage: measured.coverage }),
    beforeKWh: earlier,
    values: own === undefined ? [] : [
      format.kWh(own.kWh),
      format.share(own.share),
      ...(isPart ? [texts.measured(format.percent(measured.coverage))] : []),
    ],
    marks: monthMarks(year, month, span.today),
  };
}

function monthMarks(year: number, month: number, today: string): Bar["marks"] {
  const name = monthOf(year, month);
  if (today.startsWith(name)) return ["now"];
  return name > today ? ["future"] : [];
}
