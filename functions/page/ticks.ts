/** The hour and minute that a clock in the page's zone shows. */
type LocalClock = (atMs: number) => { readonly hour: number; readonly minute: number };

/** Every zone's offset from UTC since 1972 is a multiple of a quarter of an hour (tz database). */
const QUARTER_MS = 900_000;
const FIVE_MINUTES_MS = 300_000;
const MINUTE_MS = 60_000;
const HOUR_MIN = 60;
const DAY_MIN = 1440;

/** Distances between labels that divide a minute, an hour or a day, in minutes. */
const INTERVALS_MIN = [
  1 / 12,
  1 / 6,
  1 / 2,
  1,
  2,
  5,
  10,
  15,
  30,
  60,
  120,
  180,
  240,
  360,
  720,
] as const;

/** The closest interval, in minutes, at which at most `most` labels stand in the span. */
export function tickInterval(fromMs: number, toMs: number, most: number): number {
  const spanMin = (toMs - fromMs) / 60_000;
  return INTERVALS_MIN.find((interval) => spanMin / interval <= most) ?? DAY_MIN;
}

/**
 * Times in [fromMs, toMs] at which the local clock shows a whole multiple of `intervalMin` since midnight, epoch
 * milliseconds. On the day of a clock change an hour is missing or there twice, as on the wall.
 */
export function localTicks(
  fromMs: number,
  toMs: number,
  intervalMin: number,
  clock: LocalClock,
): number[] {
  if (intervalMin < 5) return evenTicks(fromMs, toMs, Math.round(intervalMin * MINUTE_MS));
  const stepMs = intervalMin % 15 === 0 ? QUARTER_MS : FIVE_MINUTES_MS;
  const ticks: number[] = [];
  for (let at = Math.ceil(fromMs / stepMs) * stepMs; at <= toMs; at += stepMs) {
    const { hour, minute } = clock(at);
    if ((hour * HOUR_MIN + minute) % intervalMin === 0) ticks.push(at);
  }
  return ticks;
}

/** Times at whole multiples of less than a quarter of an hour, which are the same in every zone. */
function evenTicks(fromMs: number, toMs: number, stepMs: number): number[] {
  const ticks: number[] = [];
  for (let at = Math.ceil(fromMs / stepMs) * stepMs; at <= toMs; at += stepMs) ticks.push(at);
  return ticks;
}

/** Round steps of a power axis from 0 to at least `highest` watts: 3 to 6 of 1, 2 or 5 times a power of ten. */
export function powerTicks(highest: number, most: number): number[] {
  const least = Math.max(highest, 100) / most;
  const magnitude = 10 ** Math.floor(Math.log10(least));
  const step = [1, 2, 5, 10].map((m) => m * magnitude).find((s) => s >= least) ?? 10 * magnitude;
  const ticks: number[] = [];
  for (let i = 0; (i - 1) * step < highest; i++) ticks.push(i * step);
  return ticks;
}
