import type { Span } from "./place.ts";

/** The shortest span that is worth a look: a dozen readings. */
const SHORTEST_MS = 60_000;

/** A span so many times as long, with one moment in its place; `whole` bounds it. */
export function zoomed(span: Span, whole: Span, factor: number, aroundMs: number): Span {
  const around = Math.min(span.toMs, Math.max(span.fromMs, aroundMs));
  const lengthMs = Math.max(SHORTEST_MS, (span.toMs - span.fromMs) * factor);
  const share = (around - span.fromMs) / (span.toMs - span.fromMs);
  const fromMs = around - share * lengthMs;
  return within({ fromMs, toMs: fromMs + lengthMs }, whole);
}

/** A span that is moved, as far as `whole` reaches. */
export function moved(span: Span, whole: Span, byMs: number): Span {
  return within({ fromMs: span.fromMs + byMs, toMs: span.toMs + byMs }, whole);
}

/** The span between two moments, in whatever order they come, not too short. */
export function between(aMs: number, bMs: number, whole: Span): Span {
  const span = { fromMs: Math.min(aMs, bMs), toMs: Math.max(aMs, bMs) };
  return zoomed({ ...span, toMs: Math.max(span.toMs, span.fromMs + 1) }, whole, 1, span.fromMs);
}

/** Moves a span into another one, or gives that when it is as long; whole milliseconds. */
export function within(span: Span, whole: Span): Span {
  const lengthMs = Math.round(span.toMs - span.fromMs);
  if (lengthMs >= whole.toMs - whole.fromMs) return { fromMs: whole.fromMs, toMs: whole.toMs };
  const latest = whole.toMs - lengthMs;
  const fromMs = Math.round(Math.min(latest, Math.max(whole.fromMs, span.fromMs)));
  return { fromMs, toMs: fromMs + lengthMs };
}

/** The part of a day that is zoomed to, moved into it where it reaches beyond; `null` for the whole day. */
export function partOf(zoom: Span | null, day: Span): Span | null {
  const part = zoom === null ? null : within(zoom, day);
  return part === null || isWhole(part, day) ? null : part;
}

/** Whether a span leaves nothing of the other out. */
export function isWhole(span: Span, whole: Span): boolean {
  return span.fromMs <= whole.fromMs && span.toMs >= whole.toMs;
}

/** Whether a span cannot be zoomed into any more. */
export function isShortest({ fromMs, toMs }: Span): boolean {
  return toMs - fromMs <= SHORTEST_MS;
}
