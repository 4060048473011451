const DAY_MS = 86_400_000;

/** Midnight of a date in UTC: days of the calendar are counted there, where all have 24 hours. */
function utcMs(date: string): number {
  return Date.parse(`${date}T00:00:00Z`);
}

/** Is this a date of the calendar, written `YYYY-MM-DD`? */
export function isDate(text: string): boolean {
  const ms = /^\d{4}-\d\d-\d\d$/.test(text) ? utcMs(text) : NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().startsWith(text);
}

/** The date `days` later, or earlier when negative. */
export function addDays(date: string, days: number): string {
  return new Date(utcMs(date) + days * DAY_MS).toISOString().slice(0, 10);
}

/** 0 for Monday to 6 for Sunday (ISO 8601 counts from 1). */
export function weekday(date: string): number {
  return (new Date(utcMs(date)).getUTCDay() + 6) % 7;
}

/** The number of days of a month, 1 to 12. */
export function daysInMonth(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** `YYYY-MM`. */
export function monthOf(year: number, month: number): string {
  return `${String(year).padStart(4, "0")}-${String(month).padStart(2, "0")}`;
}

/** Every date of a month, in order. */
export function datesOf(year: number, month: number): string[] {
  const count = daysInMonth(year, month);
  return Array.from(
    { length: count },
    (_, i) => `${monthOf(year, month)}-${String(i + 1).padStart(2, "0")}`,
  );
}

/** The year, the month from 1 to 12 and the day of a date. */
export function partsOf(date: string): { year: number; month: number; day: number } {
  const [year = NaN, month = NaN, day = NaN] = date.split("-").map(Number);
  return { year, month, day };
}

/** The same date of the year before; of 29 February the 28th. */
export function yearBefore(date: string): string {
  const { year, month, day } = partsOf(date);
  const last = Math.min(day, daysInMonth(year - 1, month));
  return `${monthOf(year - 1, month)}-${String(last).padStart(2, "0")}`;
}
