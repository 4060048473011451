import sceaux from "./sceaux_days.json" with { type: "json" };
import { randomNumbers } from "./random.ts";

/** Mean watts by the day, `null` for a day of which the real house's meter lost a part. */
const DAYS = sceaux.weeks.flatMap((week) =>
  week.split(" ").map((watts) => watts === "-" ? null : Number(watts))
);
const FIRST = Temporal.PlainDate.from(sceaux.firstDate);
const LAST_YEAR = FIRST.add({ days: DAYS.length - 1 }).year;
/** The data holds so many years: those of a history come from as many different ones. */
const YEARS = 4;
const WEEKS_PER_YEAR = 365.2425 / 7;

/** What a day of the real house lends to a day of the simulated one. */
export interface RealDay {
  readonly meanWatts: number;
  /** Hours after the day's start between which nothing was measured; `null` for a whole day. */
  readonly gap: { readonly fromHour: number; readonly toHour: number } | null;
}

/**
 * The real house's day of the same weekday and season (UCI, CC BY 4.0, see `sceaux_days.json`): a whole number of weeks
 * earlier, near a number of years. The days of a year follow each other there as well, but at the end of the data.
 */
export function realDay(date: string): RealDay {
  const index = indexOf(Temporal.PlainDate.from(date));
  const watts = DAYS[index]!;
  if (watts !== null) return { meanWatts: watts, gap: null };
  const random = randomNumbers(index);
  // A gap goes on over its days: it starts within the first and ends within the last.
  const fromHour = DAYS[index - 1] === null ? 0 : 1 + 10 * random();
  const toHour = DAYS[index + 1] === null ? Infinity : 13 + 8 * random();
  return { meanWatts: weekBefore(index), gap: { fromHour, toHour } };
}

function indexOf(date: Temporal.PlainDate): number {
  const years = YEARS * Math.ceil((date.year - LAST_YEAR) / YEARS);
  const index = daysAfterFirst(date, years);
  // The data ends within its last year: the year before stands in for the rest.
  return index < DAYS.length ? index : daysAfterFirst(date, years + 1);
}

function daysAfterFirst(date: Temporal.PlainDate, yearsBack: number): number {
  const weeks = Math.round(yearsBack * WEEKS_PER_YEAR);
  return FIRST.until(date.subtract({ weeks }), { largestUnit: "days" }).days;
}

/** The mean of the last whole day of the same weekday. */
function weekBefore(index: number): number {
  return DAYS[index] ?? weekBefore(index - 7);
}
