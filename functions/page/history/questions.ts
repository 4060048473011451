import { besideDate, datesIn, type DayPlace, neighbour, type Place, type Span } from "./place.ts";

/** A year or a month. */
export type Period = Exclude<Place, DayPlace>;

/** Where the days from one date to another are asked for, both included. */
export function daysPath({ from, to }: { readonly from: string; readonly to: string }): string {
  return `/query/days?from=${from}&to=${to}`;
}

/** Where the alarm's episodes from one date to another are asked for, both included. */
export function episodesPath(
  { from, to }: { readonly from: string; readonly to: string },
): string {
  return `/alarm/episodes?from=${from}&to=${to}`;
}

/** Where the figures of a year or a month are asked for. */
export function statsPath(place: Period): string {
  const month = place.view === "month" ? `&month=${place.month}` : "";
  return `/query/stats?year=${place.year}${month}`;
}

/** The year or month before. */
export function periodBefore(place: Period): Period {
  return neighbour(place, -1) as Period;
}

/** Where the power of a whole day is asked for. */
export function dayCurvePath(date: string): string {
  return `/query/history?from=${date}&to=${date}`;
}

/** Where the power of a part of a day is asked for. */
export function curvePath({ fromMs, toMs }: Span): string {
  return `/query/history?from=${fromMs}&to=${toMs}`;
}

/** Where the file of what is shown is asked for: of a day, or the part of it that is zoomed to, its readings, else its days. */
export function exportPath(place: Place): string {
  const zoom = place.view === "day" ? place.zoom : null;
  const { from, to } = zoom === null ? datesIn(place) : { from: zoom.fromMs, to: zoom.toMs };
  const resolution = place.view === "day" ? "raw" : "day";
  return `/query/export?from=${from}&to=${to}&resolution=${resolution}&format=csv`;
}

/** What a place asks for whatever comes back: the page brings the answers along. */
export function questions(place: Place): string[] {
  if (place.view !== "day") {
    return [daysPath(datesIn(place)), statsPath(place), statsPath(periodBefore(place))];
  }
  const { date, beside } = place;
  const dates = beside === null ? [date] : [date, besideDate(date, beside)];
  const days = dates.flatMap((one) => [daysPath({ from: one, to: one }), dayCurvePath(one)]);
  return [...days, episodesPath(datesIn(place))];
}
