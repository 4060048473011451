import { type BandsWh, energyByBand, isCut } from "../band_energy.ts";
import type { LocalDay } from "../calendar.ts";
import { fillGaps, heldSpans, type PowerSpan } from "../held_spans.ts";
import { MinuteSums, type PowerRow } from "../minute_sums.ts";
import type { Reading } from "../reading.ts";
import { bandSpans } from "../tariff.ts";

/** Minutes of the rows that a year is drawn from. */
export const SIX_HOURS = 360;

/** The share of the covered time during which the house draws less than its base load. */
const BASE_LOAD_SHARE = 0.05;

const MINUTE_MS = 60_000;
const MS_PER_HOUR = 3_600_000;

/** Where values come from: this program's readings, or the origin's files with their approximate times. */
export type Source = "measured" | "origin";

/** Readings in rising order of `at`, each time once, and how long each holds when no next one comes. */
export interface HeldReadings {
  readonly readings: readonly Reading[];
  readonly holdMs: number;
}

/** What a day's digest is made from. */
export interface DigestInput {
  readonly day: LocalDay;
  /** IANA name of the zone whose hours the tariff's bands follow. */
  readonly zone: string;
  readonly measured: HeldReadings;
  /** What the origin left of the day: it speaks for the time without readings of our own. */
  readonly origin?: HeldReadings | null;
  /** The last reading before the day, which may hold into it; it counts in all but `readings`. */
  readonly carriedIn: Reading | null;
  /** Minutes a history row; a day of which only a table of the origin is left keeps that table's rows. */
  readonly minTimeRes: number;
}

/** A local day in one row. */
export interface DayRow extends PowerRow {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** Energy, exact. */
  readonly wh: number;
  /** When the highest power began, the first time if it came again. */
  readonly maxAt: number;
  /** Number of readings. */
  readonly readings: number;
  /** `origin` when any of the day's energy is. */
  readonly source: Source;
  /** The time-weighted 5th percentile of the one-minute means, zeros left out; `null` when all are zero, or unknown. */
  readonly baseLoadWatts: number | null;
  /** `wh` by the Italian tariff's bands; `null` where what the origin left is too coarse to tell. */
  readonly bandsWh: BandsWh | null;
}

/** A day's rows; spans of time without coverage have none. */
export interface Digest {
  readonly day: DayRow;
  /** The day's last measured reading, which may hold into the next day. */
  readonly last: Reading | null;
  readonly history: readonly PowerRow[];
  readonly sixHourly: readonly PowerRow[];
}

/** The rows of a day, `null` when nothing is known of it. Throws RangeError for a reading of another day. */
export function digestDay(
  { day, zone, measured, origin, carriedIn, minTimeRes }: DigestInput,
): Digest | null {
  checkTimes(day, measured.readings);
  checkTimes(day, origin?.readings ?? []);
  const { spans, source } = daySpans({ day, measured, origin: origin ?? null, carriedIn });
  const sums = new MinuteSums(day);
  for (const span of spans) sums.add(span);
  const whole = sums.row(0, sums.length);
  if (!whole) return null;
  const minutesKnown = source === "measured" || origin!.holdMs < MINUTE_MS;
  return {
    day: {
      ...whole,
      date: day.date,
      wh: energyWh(spans),
      maxAt: spans.find(({ watts }) => watts === whole.maxWatts)!.startMs,
      readings: measured.readings.length + (origin?.readings.length ?? 0),
      source,
      baseLoadWatts: minutesKnown ? baseLoadWatts(sums.rows(1)) : null,
      bandsWh: bandsWh(spans, day, zone, minutesKnown),
    },
    last: measured.readings.at(-1) ?? null,
    history: sums.rows(tableMinutes(measured, origin) ?? minTimeRes),
    sixHourly: sums.rows(SIX_HOURS),
  };
}

/** What a day's readings say of its time, in rising order, and whether any of it is the origin's account. */
export function daySpans(
  { day, measured, origin, carriedIn }:
    & Pick<DigestInput, "day" | "measured" | "carriedIn">
    & { readonly origin: HeldReadings | null },
): { readonly spans: readonly PowerSpan[]; readonly source: Source } {
  const own = heldSpans(day, measured.readings, carriedIn, measured.holdMs);
  if (!origin) return { spans: own, source: "measured" };
  const spans = fillGaps(own, heldSpans(day, origin.readings, null, origin.holdMs));
  return { spans, source: spans.length > own.length ? "origin" : "measured" };
}

function tableMinutes(
  measured: HeldReadings,
  origin: HeldReadings | null | undefined,
): number | null {
  const minutes = (origin?.holdMs ?? 0) / MINUTE_MS;
  return measured.readings.length === 0 && minutes >= 1 && Number.isInteger(minutes)
    ? minutes
    : null;
}

function checkTimes(day: LocalDay, readings: readonly Reading[]): void {
  for (const { at } of [readings[0], readings.at(-1)].filter((reading) => reading !== undefined)) {
    if (at < day.startMs || at >= day.endMs) {
      throw new RangeError(`${new Date(at).toISOString()} is no time of ${day.date}`);
    }
  }
}

function energyWh(spans: readonly PowerSpan[]): number {
  return spans.reduce((sum, { startMs, endMs, watts }) => sum + watts * (endMs - startMs), 0) /
    MS_PER_HOUR;
}

/** A value that stands for minutes and lies in two bands is a mean of both: it belongs to neither. */
function bandsWh(
  spans: readonly PowerSpan[],
  day: LocalDay,
  zone: string,
  minutesKnown: boolean,
): BandsWh | null {
  const bands = bandSpans(day, zone);
  const isKnown = minutesKnown || !spans.some((span) => isCut(span, bands));
  return isKnown ? energyByBand(spans, bands) : null;
}

function baseLoadWatts(minutes: readonly PowerRow[]): number | null {
  const rising = minutes.filter(({ meanWatts }) => meanWatts > 0)
    .sort((a, b) => a.meanWatts - b.meanWatts);
  let leftS = BASE_LOAD_SHARE * rising.reduce((sum, { coveredS }) => sum + coveredS, 0);
  for (const { meanWatts, coveredS } of rising) {
    leftS -= coveredS;
    if (leftS <= 0) return meanWatts;
  }
  return null;
}
