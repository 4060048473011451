import type { Span } from "./place.ts";

const HOUR_MS = 3_600_000;
/** No zone's date is further from that of UTC. */
const FURTHEST_MS = 26 * HOUR_MS;

/** A part of a day during which the zone's offset from UTC stays the same. */
export interface Stretch extends Span {
  readonly offsetMs: number;
}

/** A local day: its bounds, and its stretches, two where the clocks change. */
export interface ZonedDay extends Span {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly stretches: readonly Stretch[];
}

/**
 * Local days by Intl, which browsers of 2021 have, unlike Temporal. Pure.
 *
 * @param timeZone IANA name; one that the browser does not know throws a RangeError.
 */
export function zonedDays(timeZone: string): (date: string) => ZonedDay {
  const offsetMs = offsets(timeZone);
  const startOf = (utcMidnightMs: number) =>
    firstWhere(
      (at) => at + offsetMs(at) >= utcMidnightMs,
      utcMidnightMs - FURTHEST_MS,
      utcMidnightMs + FURTHEST_MS,
    );
  return (date) => {
    const midnight = Date.parse(`${date}T00:00:00Z`);
    const fromMs = startOf(midnight);
    const toMs = startOf(midnight + 24 * HOUR_MS);
    return { date, fromMs, toMs, stretches: stretches(fromMs, toMs, offsetMs) };
  };
}

function stretches(fromMs: number, toMs: number, offsetMs: (at: number) => number): Stretch[] {
  const first = offsetMs(fromMs);
  const last = offsetMs(toMs - 1);
  if (first === last) return [{ fromMs, toMs, offsetMs: first }];
  const changeMs = firstWhere((at) => offsetMs(at) === last, fromMs, toMs);
  return [
    { fromMs, toMs: changeMs, offsetMs: first },
    { fromMs: changeMs, toMs, offsetMs: last },
  ];
}

/** The zone's offset from UTC at an instant. */
function offsets(timeZone: string): (atMs: number) => number {
  const two = "2-digit";
  const wall = new Intl.DateTimeFormat("en-GB", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: two,
    day: two,
    hour: two,
    minute: two,
    second: two,
  });
  return (atMs) => {
    const wholeMs = Math.floor(atMs / 1000) * 1000;
    const parts: Record<string, number> = {};
    for (const { type, value } of wall.formatToParts(wholeMs)) parts[type] = Number(value);
    const { year = NaN, month = NaN, day, hour, minute, second } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) - wholeMs;
  };
}

/** The first millisecond in (fromMs, toMs] where something holds that holds ever after. */
function firstWhere(holds: (atMs: number) => boolean, fromMs: number, toMs: number): number {
  let [before, after] = [fromMs, toMs];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (holds(middle)) after = middle;
    else before = middle;
  }
  return after;
}

/** Whether the day's clocks show the time of `atMs` twice. */
export function isShownTwice(atMs: number, { stretches }: ZonedDay): boolean {
  const own = stretches.find(({ fromMs, toMs }) => atMs >= fromMs && atMs < toMs);
  if (own === undefined) return false;
  return stretches.some((other) => {
    const there = atMs + own.offsetMs - other.offsetMs;
    return other !== own && there >= other.fromMs && there < other.toMs;
  });
}
