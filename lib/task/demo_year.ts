import { addDays, buckets, type LocalDay } from "../calendar.ts";
import { houseLoad } from "../meter/simulator/house_load.ts";
import { randomNumbers } from "../meter/simulator/random.ts";
import { realDay } from "../meter/simulator/real_days.ts";
import { type Reading, roundAt } from "../reading.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
/** Clocks change on the half hour, everywhere. */
const OFFSET_MINUTES = 30;
const LOWEST_WATTS = 30;
const HIGHEST_WATTS = 9000;
/** What the house load hardly goes below: refrigerators and whatever stands by run in every season. */
const BASE_WATTS = 230;
/** Of the mean of a day on which nobody is at home. */
const BASE_SHARE = 0.8;
/** Nobody rises to the minute, and later at the end of the week. */
const RISING_SPREAD_MINUTES = 80;
const WEEKEND_MINUTES = 75;
const SATURDAY = 6;

/** Whose days to make up. */
export interface PastHouse {
  readonly seed: number;
  /** IANA name. */
  readonly timeZone: string;
}

/** Milliseconds between the readings of a past day: the newest week is as fine as a real one, the rest costs less. */
export function pastStepMs(date: string, today: string): number {
  return date >= addDays(today, -7) ? 5_000 : MINUTE_MS;
}

/**
 * Readings that the simulated house might have had on a past day, one each `stepMs` (a divisor of half an hour) from the
 * day's start: its curve, with the mean and the gaps of a real day of the season. The same for the same seed.
 */
export function pastReadings(day: LocalDay, stepMs: number, house: PastHouse): Reading[] {
  const { meanWatts, gap } = realDay(day.date);
  const curve = curveOf(day, stepMs, house);
  const curveMean = curve.reduce((sum, { watts }) => sum + watts, 0) / curve.length;
  const base = Math.min(BASE_WATTS, BASE_SHARE * meanWatts);
  const share = (meanWatts - base) / (curveMean - BASE_WATTS);
  const gapStartMs = day.startMs + (gap?.fromHour ?? Infinity) * HOUR_MS;
  const gapEndMs = day.startMs + (gap?.toHour ?? Infinity) * HOUR_MS;
  return curve.filter(({ at }) => at < gapStartMs || at >= gapEndMs).map(({ at, watts }) => {
    const scaled = Math.round(base + (watts - BASE_WATTS) * share);
    return { at, watts: Math.min(HIGHEST_WATTS, Math.max(LOWEST_WATTS, scaled)) };
  });
}

/** The day's curve before its mean is known. */
function curveOf(day: LocalDay, stepMs: number, { seed, timeZone }: PastHouse): Reading[] {
  const load = houseLoad(seed);
  const laterMs = laterBy(day.date, seed);
  const curve: Reading[] = [];
  for (const { startMs, endMs } of buckets(day, OFFSET_MINUTES)) {
    const start = Temporal.Instant.fromEpochMilliseconds(startMs).toZonedDateTimeISO(timeZone);
    const wallMs = start.offsetNanoseconds / 1e6 - laterMs;
    for (let atMs = startMs; atMs < endMs; atMs += stepMs) {
      curve.push({ at: roundAt(atMs), watts: load(atMs + wallMs) });
    }
  }
  return curve;
}

/** How much later than on its model the house's day runs, in milliseconds; a day more makes it the other of the two models. */
function laterBy(date: string, seed: number): number {
  const { dayOfWeek, year, dayOfYear } = Temporal.PlainDate.from(date);
  const random = randomNumbers(seed * 1_000_003 + year * 366 + dayOfYear);
  const spread = (random() - 0.5) * RISING_SPREAD_MINUTES;
  const minutes = Math.round(spread + (dayOfWeek >= SATURDAY ? WEEKEND_MINUTES : 0));
  return minutes * MINUTE_MS + (random() < 0.5 ? DAY_MS : 0);
}
