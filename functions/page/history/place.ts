import { addDays, datesOf, isDate, monthOf, partsOf, yearBefore } from "./dates.ts";

/** A span of time: epoch milliseconds, the end excluded. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/** Which earlier day lies behind a day's curve: of the week before, of the year before. */
export type Beside = "week" | "year";

/** What the history page shows. Each has an address of its own. */
export type Place =
  | { readonly view: "year"; readonly year: number }
  | { readonly view: "month"; readonly year: number; readonly month: number }
  | DayPlace;

/** A day, or the part of it that is zoomed to. */
export interface DayPlace {
  readonly view: "day";
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly beside: Beside | null;
  readonly zoom: Span | null;
}

/** The path of the page. */
export const HISTORY_PATH = "/history";

/** The place that an address names; `null` when it names none or none that there can be. */
export function readPlace(query: URLSearchParams): Place | null {
  const { year, month, day } = {
    year: query.get("year") ?? "",
    month: query.get("month") ?? "",
    day: query.get("day") ?? "",
  };
  if (isDate(day)) {
    return { view: "day", date: day, beside: readBeside(query), zoom: readZoom(query) };
  }
  if (canBe(`${month}-01`)) return monthAt(`${month}-01`);
  return canBe(`${year}-01-01`) ? { view: "year", year: Number(year) } : null;
}

/** A date that a meter can have been read at. */
function canBe(date: string): boolean {
  return isDate(date) && date >= "1970";
}

function readBeside(query: URLSearchParams): Beside | null {
  const beside = query.get("with");
  return beside === "week" || beside === "year" ? beside : null;
}

function readZoom(query: URLSearchParams): Span | null {
  const [fromMs, toMs] = [Number(query.get("from") ?? NaN), Number(query.get("to") ?? NaN)];
  return Number.isSafeInteger(fromMs) && Number.isSafeInteger(toMs) && fromMs < toMs
    ? { fromMs, toMs }
    : null;
}

/** The address of a place. */
export function address(place: Place): string {
  if (place.view === "year") return `${HISTORY_PATH}?year=${yearName(place.year)}`;
  if (place.view === "month") return `${HISTORY_PATH}?month=${monthOf(place.year, place.month)}`;
  const { date, beside, zoom } = place;
  return `${HISTORY_PATH}?day=${date}` + (beside === null ? "" : `&with=${beside}`) +
    (zoom === null ? "" : `&from=${zoom.fromMs}&to=${zoom.toMs}`);
}

/** The month of a date. */
export function monthAt(date: string): Place {
  const { year, month } = partsOf(date);
  return { view: "month", year, month };
}

/** A whole day with nothing laid over it. */
export function dayAt(date: string): DayPlace {
  return { view: "day", date, beside: null, zoom: null };
}

/** The place of the same kind before (`-1`) or after (`1`); a day keeps what lies behind it. */
export function neighbour(place: Place, step: -1 | 1): Place {
  if (place.view === "year") return { view: "year", year: place.year + step };
  if (place.view === "day") return { ...place, date: addDays(place.date, step), zoom: null };
  const months = place.year * 12 + place.month - 1 + step;
  return { view: "month", year: Math.floor(months / 12), month: months % 12 + 1 };
}

/** The place that this one is a part of. */
export function parent(place: Place): Place | null {
  if (place.view === "year") return null;
  return place.view === "month" ? { view: "year", year: place.year } : monthAt(place.date);
}

/** The dates of a place, both included. */
export function datesIn(place: Place): { readonly from: string; readonly to: string } {
  if (place.view === "day") return { from: place.date, to: place.date };
  if (place.view === "year") {
    return { from: `${yearName(place.year)}-01-01`, to: `${yearName(place.year)}-12-31` };
  }
  const dates = datesOf(place.year, place.month);
  return { from: dates[0] ?? "", to: dates[dates.length - 1] ?? "" };
}

/** The date of the day that lies behind another. */
export function besideDate(date: string, beside: Beside): string {
  return beside === "week" ? addDays(date, -7) : yearBefore(date);
}

function yearName(year: number): string {
  return String(year).padStart(4, "0");
}
