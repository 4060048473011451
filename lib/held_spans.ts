import type { Bucket } from "./calendar.ts";
import { heldUntil, type Reading } from "./reading.ts";

/** Power that stayed the same over [startMs, endMs). */
export interface PowerSpan {
  readonly startMs: number;
  readonly endMs: number;
  readonly watts: number;
}

/**
 * The time of a day that its readings account for: each holds until the next, `holdMs` at most, never past the day's
 * end; what no span covers is a gap.
 *
 * @param readings the day's, in rising order of `at`
 * @param carriedIn the last reading before the day, which may hold into it
 */
export function heldSpans(
  day: Bucket,
  readings: readonly Reading[],
  carriedIn: Reading | null,
  holdMs: number,
): PowerSpan[] {
  const spans: PowerSpan[] = [];
  const firstAt = Math.min(readings[0]?.at ?? day.endMs, day.endMs);
  if (carriedIn) {
    const endMs = heldUntil(carriedIn.at, firstAt, holdMs);
    if (endMs > day.startMs) spans.push({ startMs: day.startMs, endMs, watts: carriedIn.watts });
  }
  for (let i = 0; i < readings.length; i++) {
    const { at, watts } = readings[i]!;
    const nextAt = readings[i + 1]?.at ?? day.endMs;
    spans.push({ startMs: at, endMs: heldUntil(at, nextAt, holdMs), watts });
  }
  return spans;
}

/** Spans, and what others say of the time that they leave open. Both in rising order, without overlap; so is the result. */
export function fillGaps(spans: readonly PowerSpan[], others: readonly PowerSpan[]): PowerSpan[] {
  if (spans.length === 0) return [...others];
  const filled: PowerSpan[] = [];
  let next = 0;
  const fill = (fromMs: number, toMs: number) => {
    while (next < others.length && others[next]!.endMs <= fromMs) next++;
    // Not past the last: it may reach over several gaps.
    for (let i = next; i < others.length && others[i]!.startMs < toMs; i++) {
      const { startMs, endMs, watts } = others[i]!;
      filled.push({ startMs: Math.max(fromMs, startMs), endMs: Math.min(toMs, endMs), watts });
    }
  };
  let fromMs = -Infinity;
  for (const span of spans) {
    if (span.startMs > fromMs) fill(fromMs, span.startMs);
    filled.push(span);
    fromMs = span.endMs;
  }
  fill(fromMs, Infinity);
  return filled;
}
