import type { PowerRow } from "../minute_sums.ts";
import { datesOf, type Span } from "../query/span.ts";
import type { DayAnswer } from "../query/wire.ts";

/** A local day of which something is known. */
export interface ExportDay {
  readonly answer: DayAnswer;
  /** Its rows of `MIN_TIME_RES` minutes, in order. */
  readonly historyRows: () => Promise<readonly PowerRow[]>;
}

/** Where days and their rows come from. */
export interface DayPlaces {
  /** IANA name of the zone that rules the local days. */
  readonly timeZone: string;
  /** The years that have a yearly file. */
  readonly years: () => readonly number[];
  /** The dates of which the journal may have readings. */
  readonly journalDates: () => Promise<readonly string[]>;
  /** The days from one date to another, both included, in order. */
  readonly days: (fromDate: string, toDate: string) => Promise<readonly ExportDay[]>;
}

/** The local days that a span touches, in order; holds those of one year at a time. */
export async function* daysOf(span: Span, places: DayPlaces): AsyncGenerator<ExportDay> {
  const wanted = datesOf(span, places.timeZone);
  if (!wanted) return;
  const { fromDate, toDate } = wanted;
  const known = new Set([...places.years(), ...(await places.journalDates()).map(yearOf)]);
  for (const year of [...known].sort((a, b) => a - b)) {
    if (year < yearOf(fromDate) || year > yearOf(toDate)) continue;
    const name = String(year).padStart(4, "0");
    const [first, last] = [`${name}-01-01`, `${name}-12-31`];
    yield* await places.days(first > fromDate ? first : fromDate, last < toDate ? last : toDate);
  }
}

/** The rows of `MIN_TIME_RES` minutes that start in a span, in order. */
export async function* historyRowsOf(span: Span, places: DayPlaces): AsyncGenerator<PowerRow> {
  for await (const day of daysOf(span, places)) {
    for (const row of await day.historyRows()) {
      if (row.startMs >= span.startMs && row.startMs < span.endMs) yield row;
    }
  }
}

function yearOf(date: string): number {
  return Number(date.slice(0, 4));
}
