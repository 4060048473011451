import { type Bucket, dayBounds, isDate, localDate, type LocalDay } from "../calendar.ts";
import { type Given, refuse, shown } from "./parameters.ts";

/** The time that a question is about: [startMs, endMs) in epoch milliseconds. */
export type Span = Bucket;

/** What a question may leave open. */
export interface KnownDays {
  /** IANA name. */
  readonly timeZone: string;
  readonly today: LocalDay;
  /** The oldest day of which anything is known, `YYYY-MM-DD`; `null` when there is none. */
  readonly firstDate: string | null;
}

/** What `from` and `to` take, as it ends a sentence. */
export const TIME_TAKES =
  "a date (2026-11-21), a time with its offset (2026-11-21T18:30:00+01:00) or epoch milliseconds";

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:?\d\d)$/i;
/** From 1973 to 5138, and 0 for "from the beginning": fewer digits are seconds, or a date without its hyphens. */
const EPOCH_MS = /^(0|\d{12,14})$/;

/**
 * Reads `from` and `to`: dates are local days, both included; of times `to` is excluded. Without `from` a span begins with
 * the first known day, without `to` it ends with today. What is wrong joins `problems`; the result means nothing then.
 */
export function readSpan(given: Given, days: KnownDays, problems: string[]): Span {
  const { timeZone, today, firstDate } = days;
  const from = readTime("from", given.from, timeZone, problems);
  const to = readTime("to", given.to, timeZone, problems);
  // Two equal times are an empty span; a date that begins where another ends is behind it.
  if (from && to && from.startMs >= Math.max(to.endMs, to.startMs + 1)) {
    problems.push(refuse("from", given.from, `it takes a time before to=${shown(given.to)}`));
  }
  // What is asked for beyond the known days is an empty answer, no mistake.
  const firstMs = Math.min(
    firstDate ? dayBounds(firstDate, timeZone).startMs : Infinity,
    today.startMs,
  );
  const endMs = to?.endMs ?? Math.max(today.endMs, from?.startMs ?? -Infinity);
  return { startMs: from?.startMs ?? Math.min(firstMs, endMs), endMs };
}

/** No date has a longer year: those beyond would be no text to compare with others. */
const LAST_DATE = "9999-12-31";

/** The local days that a span touches, the last included; `null` for an empty span. */
export function datesOf(
  { startMs, endMs }: Span,
  timeZone: string,
): { readonly fromDate: string; readonly toDate: string } | null {
  if (endMs <= startMs) return null;
  return { fromDate: dateAt(startMs, timeZone), toDate: dateAt(endMs - 1, timeZone) };
}

function dateAt(atMs: number, timeZone: string): string {
  const date = localDate(atMs, timeZone);
  return date.startsWith("+") ? LAST_DATE : date;
}

/** A date as the span of its day, a time as one without duration; `null` when nothing, or nothing right, was given. */
function readTime(
  name: string,
  text: string | undefined,
  timeZone: string,
  problems: string[],
): Bucket | null {
  if (!text) return null;
  // A query string's plus sign that was not escaped arrives as a space.
  const time = text.replace(/ (\d\d:?\d\d)$/, "+$1");
  const atMs = EPOCH_MS.test(text) ? Number(text) : ISO_TIME.test(time) ? instantMs(time) : null;
  if (atMs !== null) return { startMs: atMs, endMs: atMs };
  if (isDate(text)) return dayBounds(text, timeZone);
  problems.push(refuse(name, text, `it takes ${TIME_TAKES}`));
  return null;
}

function instantMs(time: string): number | null {
  try {
    return Temporal.Instant.from(time).epochMilliseconds;
  } catch {
    return null;
  }
}
