/**
 * A local calendar day as instants: [startMs, endMs) in epoch milliseconds. The days of a zone tile the timeline. Mostly
 * 24 hours; 23 or 25 (Australia/Lord_Howe: 23.5 or 24.5) when the clocks change, 0 for a date that the zone skipped.
 */
export interface LocalDay {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly startMs: number;
  readonly endMs: number;
}

/** A span of real time: [startMs, endMs) in epoch milliseconds. */
export interface Bucket {
  readonly startMs: number;
  readonly endMs: number;
}

const MINUTE_MS = 60_000;

/** Is this a date of the calendar, written `YYYY-MM-DD`? */
export function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false;
  try {
    Temporal.PlainDate.from(text);
    return true;
  } catch {
    return false;
  }
}

/** The date `days` later, or earlier when negative. Throws RangeError for what is no date. */
export function addDays(date: string, days: number): string {
  return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** When a local day starts and ends. Throws RangeError for what is no date or no zone. */
export function dayBounds(date: string, zone: string): LocalDay {
  return boundsOf(Temporal.PlainDate.from(date), zone);
}

function boundsOf(date: Temporal.PlainDate, zone: string): LocalDay {
  // Without a time, toZonedDateTime gives the day's first instant, which is not 00:00 in a zone that skips its midnight.
  const startMs = date.toZonedDateTime(zone).epochMilliseconds;
  const endMs = date.add({ days: 1 }).toZonedDateTime(zone).epochMilliseconds;
  return { date: date.toString(), startMs, endMs };
}

/** The local day that an instant belongs to. */
export function dayAt(atMs: number, zone: string): LocalDay {
  const date = zoned(atMs, zone).toPlainDate();
  const day = boundsOf(date, zone);
  // Clocks set back over midnight (St. John's did at 00:01) show the old date again after the new day has begun.
  return atMs < day.endMs ? day : boundsOf(date.add({ days: 1 }), zone);
}

/** `YYYY-MM-DD` of the local day that an instant belongs to. */
export function localDate(atMs: number, zone: string): string {
  return dayAt(atMs, zone).date;
}

/** The minute that the clock on the wall shows, counted from 00:00: 0 to 1439. */
export function minuteOfDay(atMs: number, zone: string): number {
  const { hour, minute } = zoned(atMs, zone);
  return 60 * hour + minute;
}

/** `dayAt` for many instants: it remembers the last day, so a day of readings costs one look-up. */
export function dayFinder(zone: string): (atMs: number) => LocalDay {
  let day: LocalDay = { date: "", startMs: 0, endMs: 0 };
  return (atMs) => {
    if (atMs < day.startMs || atMs >= day.endMs) day = dayAt(atMs, zone);
    return day;
  };
}

/** Cuts a day into buckets of real time from its start; the last may be short. */
export function buckets(day: Bucket, minutes: number): Bucket[] {
  const result: Bucket[] = [];
  const stepMs = minutes * MINUTE_MS;
  for (let startMs = day.startMs; startMs < day.endMs; startMs += stepMs) {
    result.push({ startMs, endMs: Math.min(startMs + stepMs, day.endMs) });
  }
  return result;
}

/**
 * For each minute of a day, the instant at which the clock on the wall showed the same the day before (the first one
 * if it did twice); `null` where it never did. Costs about 12 ms: meant for once a day.
 */
export function sameTimeDayBefore(day: Bucket, zone: string): (number | null)[] {
  return buckets(day, 1).map(({ startMs }) => {
    const before = zoned(startMs, zone).toPlainDateTime().subtract({ days: 1 });
    const instant = before.toZonedDateTime(zone, { disambiguation: "earlier" });
    return instant.toPlainDateTime().equals(before) ? instant.epochMilliseconds : null;
  });
}

/** `YYYY-MM-DD HH:MM:SS` in the zone. For many, use `timeLabels`. */
export function localTime(atMs: number, zone: string): string {
  return timeLabels(zone).localTime(atMs);
}

/** ISO 8601 with the zone's offset, to the tenth of a second: `2026-10-25T02:30:00.0+01:00`. For many, use `timeLabels`. */
export function isoWithOffset(atMs: number, zone: string): string {
  return timeLabels(zone).isoWithOffset(atMs);
}

/** `localTime` and `isoWithOffset` for many instants: they remember the offset, since it changes twice a year at most. */
export function timeLabels(zone: string): {
  localTime(atMs: number): string;
  isoWithOffset(atMs: number): string;
} {
  let span = { startMs: 0, endMs: 0, offsetMs: 0, offset: "" };
  const wallClock = (atMs: number): string => {
    if (atMs < span.startMs || atMs >= span.endMs) span = offsetSpan(atMs, zone);
    return new Date(atMs + span.offsetMs).toISOString();
  };
  return {
    localTime: (atMs) => wallClock(atMs).slice(0, 19).replace("T", " "),
    isoWithOffset: (atMs) => wallClock(atMs).slice(0, 21) + span.offset,
  };
}

/** A span of time, infinite at the ends of history, during which a zone's offset stays the same. */
export interface OffsetSpan extends Bucket {
  /** What local time is ahead of UTC. */
  readonly offsetMs: number;
  /** `+01:00`. */
  readonly offset: string;
}

/** The time around an instant during which the zone's offset stays the same. Costs about 0.1 ms. */
export function offsetSpan(atMs: number, zone: string): OffsetSpan {
  const at = zoned(atMs, zone);
  // "previous" looks strictly before, and an instant may be a transition itself.
  const start = at.add({ nanoseconds: 1 }).getTimeZoneTransition("previous");
  const end = at.getTimeZoneTransition("next");
  return {
    startMs: start?.epochMilliseconds ?? -Infinity,
    endMs: end?.epochMilliseconds ?? Infinity,
    offsetMs: at.offsetNanoseconds / 1e6,
    offset: at.offset,
  };
}

function zoned(atMs: number, zone: string): Temporal.ZonedDateTime {
  return Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone);
}
