import type { Curve } from "../../lib/live/wire.ts";
import { holdMs } from "../../lib/reading.ts";

/** One curve point's power in watts; `null` where nothing was measured. */
export type Watts = number | null;

/** Times in epoch milliseconds, one value for each. */
export interface Points {
  readonly at: readonly number[];
  readonly watts: readonly Watts[];
}

/**
 * The readings of the last hour as points of a stepped line: a reading holds until the next one, at most
 * {@linkcode holdMs}; what lies beyond is a gap, closed by a `null`, never bridged.
 *
 * @param nowMs the newest reading holds up to here at most
 */
export function steps(
  readings: { readonly at: readonly number[]; readonly watts: readonly number[] },
  sampleSeconds: number,
  nowMs: number,
): Points {
  const hold = holdMs(sampleSeconds);
  const at: number[] = [];
  const watts: Watts[] = [];
  readings.at.forEach((start, i) => {
    const power = readings.watts[i] ?? null;
    const next = readings.at[i + 1] ?? nowMs;
    at.push(start);
    watts.push(power);
    const isLast = i === readings.at.length - 1;
    if (next - start > hold) {
      at.push(start + hold, start + hold + 1);
      watts.push(power, null);
    } else if (isLast && next > start) {
      at.push(next);
      watts.push(power);
    }
  });
  return { at, watts };
}

/** The readings with one more, without those of more than an hour before it; in order of time, each `at` once. */
export function withinHour(
  readings: { readonly at: readonly number[]; readonly watts: readonly number[] },
  reading: { readonly at: number; readonly watts: number },
) {
  const kept = readings.at
    .map((at, i) => ({ at, watts: readings.watts[i] ?? 0 }))
    .filter(({ at }) => at > reading.at - 3_600_000 && at < reading.at);
  kept.push({ at: reading.at, watts: reading.watts });
  return { at: kept.map(({ at }) => at), watts: kept.map(({ watts }) => watts) };
}

/**
 * Today's curve with a new reading in its step. The mean of the step in progress is that of its readings in
 * `lastHour` (they are evenly spaced); the next snapshot brings the server's, weighted by time.
 */
export function withReading(
  curve: Curve,
  lastHour: { readonly at: readonly number[]; readonly watts: readonly number[] },
  reading: { readonly at: number; readonly watts: number },
): Curve {
  const stepMs = curve.stepS * 1000;
  const index = Math.floor((reading.at - curve.startMs) / stepMs);
  if (index < 0) return curve;
  const from = curve.startMs + index * stepMs;
  const inStep = lastHour.watts.filter((_, i) => {
    const at = lastHour.at[i] ?? 0;
    return at >= from && at < from + stepMs;
  });
  const sum = inStep.reduce((total, watts) => total + watts, 0);
  const { watts } = reading;
  return {
    ...curve,
    meanWatts: replaced(curve.meanWatts, index, inStep.length > 0 ? sum / inStep.length : watts),
    minWatts: replaced(curve.minWatts, index, Math.min(curve.minWatts[index] ?? watts, watts)),
    maxWatts: replaced(curve.maxWatts, index, Math.max(curve.maxWatts[index] ?? watts, watts)),
  };
}

function replaced(values: readonly Watts[], index: number, value: number): Watts[] {
  const copy = values.slice();
  while (copy.length < index) copy.push(null);
  copy[index] = value;
  return copy;
}

/** Lowest, highest and mean of what was measured; `null` when nothing was. */
export function extent(values: readonly Watts[]) {
  const measured = values.filter((value): value is number => value !== null);
  if (measured.length === 0) return null;
  return {
    low: measured.reduce((a, b) => Math.min(a, b)),
    high: measured.reduce((a, b) => Math.max(a, b)),
    mean: measured.reduce((a, b) => a + b) / measured.length,
  };
}

/** Places of values that stand alone between gaps: a line has nothing to draw there, so they get a dot. */
export function isolated(values: ArrayLike<Watts | undefined>): number[] {
  const at: number[] = [];
  for (let i = 0; i < values.length; i++) {
    const alone = (values[i - 1] ?? null) === null && (values[i + 1] ?? null) === null;
    if (alone && (values[i] ?? null) !== null) at.push(i);
  }
  return at;
}
