import { partsOf, weekday } from "./dates.ts";
import type { HistoryTexts } from "./texts.ts";
import type { Place } from "./place.ts";

/** `2026`, `November 2026`, `Sunday 22 November 2026`. */
export function placeTitle(place: Place, texts: HistoryTexts): string {
  if (place.view === "year") return String(place.year);
  return place.view === "month" ? monthTitle(place, texts) : dayTitle(place.date, texts);
}

/** `November 2026`. */
export function monthTitle(
  { year, month }: { readonly year: number; readonly month: number },
  texts: HistoryTexts,
): string {
  return `${capital(texts.months[month - 1] ?? "")} ${year}`;
}

/** `Sunday 22 November 2026`. */
export function dayTitle(date: string, texts: HistoryTexts): string {
  return `${dayName(date, texts)} ${partsOf(date).year}`;
}

/** `Sunday 22 November`. */
export function dayName(date: string, texts: HistoryTexts): string {
  const { month, day } = partsOf(date);
  return `${capital(texts.weekdays[weekday(date)] ?? "")} ${day} ${texts.months[month - 1] ?? ""}`;
}

/** The first three letters: `Sun`, `Nov`. */
export function short(name: string): string {
  return capital(name).slice(0, 3);
}

/** With a capital first letter, as a title begins. */
export function capital(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
