import type { Bucket, LocalDay } from "./calendar.ts";

/** The bands by which Italian household contracts count energy: F1 peak, F2 middle, F3 night and holidays (AEEG 181/06). */
export type Band = "f1" | "f2" | "f3";

/** A span of a day that lies in one band. */
export interface BandSpan extends Bucket {
  readonly band: Band;
}

/** From which local hour on a band holds, until the next one's. */
type Schedule = readonly (readonly [fromHour: number, band: Band])[];

const WEEKDAY: Schedule = [[0, "f3"], [7, "f2"], [8, "f1"], [19, "f2"], [23, "f3"]];
const SATURDAY: Schedule = [[0, "f3"], [7, "f2"], [23, "f3"]];
const HOLIDAY: Schedule = [[0, "f3"]];

/** National holidays that the tariff knows, Easter Monday aside. */
const FIXED_HOLIDAYS = new Set(
  "01-01 01-06 04-25 05-01 06-02 08-15 11-01 12-08 12-25 12-26".split(" "),
);

/** Whether a date `YYYY-MM-DD` is a national holiday to the tariff. Throws RangeError for what is no date. */
export function isHoliday(date: string): boolean {
  const { year, month, day } = Temporal.PlainDate.from(date);
  // Easter Monday lies between 23 March and 26 April.
  return FIXED_HOLIDAYS.has(date.slice(5)) ||
    (month === 3 || month === 4) && easterMonday(year).equals({ year, month, day });
}

/** The band of a local hour (0 to 23) of a date `YYYY-MM-DD`. Throws RangeError for what is no date. */
export function bandAt(date: string, hour: number): Band {
  return scheduleOf(date).findLast(([fromHour]) => fromHour <= hour)![1];
}

/** A local day cut where the band changes; the spans tile it. Throws RangeError for what is no zone. */
export function bandSpans({ date, startMs, endMs }: LocalDay, zone: string): BandSpan[] {
  const schedule = scheduleOf(date);
  const plain = Temporal.PlainDate.from(date);
  const starts = schedule.map(([hour]) =>
    hour === 0
      ? startMs
      : plain.toZonedDateTime({ timeZone: zone, plainTime: { hour } }).epochMilliseconds
  );
  // A stored day may begin or end with another zone's midnight.
  const within = (atMs: number) => Math.min(endMs, Math.max(startMs, atMs));
  return schedule.map(([, band], i) => ({
    band,
    startMs: within(starts[i]!),
    endMs: within(starts[i + 1] ?? endMs),
  })).filter((span) => span.endMs > span.startMs);
}

function scheduleOf(date: string): Schedule {
  const { dayOfWeek } = Temporal.PlainDate.from(date);
  if (dayOfWeek === 7 || isHoliday(date)) return HOLIDAY;
  return dayOfWeek === 6 ? SATURDAY : WEEKDAY;
}

/** The day after Easter by the Gregorian computus (Meeus, Astronomical Algorithms, chapter 8). */
function easterMonday(year: number): Temporal.PlainDate {
  const floor = Math.floor;
  const golden = year % 19;
  const century = floor(year / 100);
  const ofCentury = year % 100;
  const moonShift = floor((century - floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - floor(century / 4) - moonShift + 15) % 30;
  const toSunday = (32 + 2 * (century % 4) + 2 * floor(ofCentury / 4) - epact - ofCentury % 4) % 7;
  const correction = floor((golden + 11 * epact + 22 * toSunday) / 451);
  const days = epact + toSunday - 7 * correction + 114;
  const sunday = Temporal.PlainDate.from({ year, month: floor(days / 31), day: days % 31 + 1 });
  return sunday.add({ days: 1 });
}
