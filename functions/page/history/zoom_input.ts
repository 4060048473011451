import type uPlot from "uplot";
import type { Span } from "./place.ts";
import { moved, within, zoomed } from "./zoom.ts";

const KEY_FACTOR = 2;
/** How much a turn of the wheel by one pixel zooms. */
const WHEEL_PER_PX = 0.002;
/** Part of the span by which the keys move it. */
const KEY_STEP = 0.25;

/** What is seen of a day, and what is done when that is to change. */
export interface Zoomable {
  whole(): Span;
  span(): Span;
  zoomTo(span: Span): void;
}

/** Lets the wheel zoom; at the whole day it scrolls the page when it is turned back. */
export function zoomByWheel(plot: uPlot, view: Zoomable): void {
  plot.over.addEventListener("wheel", (event) => {
    const [span, whole] = [view.span(), view.whole()];
    const isSideways = Math.abs(event.deltaX) > Math.abs(event.deltaY);
    const perPx = (span.toMs - span.fromMs) / plot.over.clientWidth;
    const at = plot.posToVal(event.clientX - plot.over.getBoundingClientRect().left, "x");
    const next = isSideways
      ? moved(span, whole, event.deltaX * perPx)
      : zoomed(span, whole, Math.exp(event.deltaY * WHEEL_PER_PX), at);
    if (next.fromMs === span.fromMs && next.toMs === span.toMs) return;
    event.preventDefault();
    view.zoomTo(next);
  }, { passive: false });
}

/** Plus, minus and 0 zoom, with Shift the arrow keys move; around the value that is read off, if there is one. */
export function zoomByKeys(place: HTMLElement, plot: uPlot, view: Zoomable): void {
  place.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const [span, whole] = [view.span(), view.whole()];
    const read = plot.cursor.idx === null ? undefined : plot.data[0][plot.cursor.idx ?? -1];
    const around = read ?? (span.fromMs + span.toMs) / 2;
    const step = (span.toMs - span.fromMs) * KEY_STEP;
    const next: Record<string, () => Span> = {
      "+": () => zoomed(span, whole, 1 / KEY_FACTOR, around),
      "=": () => zoomed(span, whole, 1 / KEY_FACTOR, around),
      "-": () => zoomed(span, whole, KEY_FACTOR, around),
      "0": () => whole,
      ...(event.shiftKey
        ? {
          ArrowLeft: () => moved(span, whole, -step),
          ArrowRight: () => moved(span, whole, step),
        }
        : {}),
    };
    const wanted = next[event.key]?.();
    if (wanted === undefined) return;
    event.preventDefault();
    view.zoomTo(wanted);
  });
}

/**
 * Two fingers zoom and move: the moments under them stay under them. One finger moves what is zoomed, and reads off what
 * is not. The page still scrolls up and down (`touch-action: pan-y` in the style sheet).
 */
export function zoomByTouch(plot: uPlot, view: Zoomable): void {
  const { over } = plot;
  const fingers = new Map<number, number>();
  let held: { readonly span: Span; readonly at: readonly number[] } | null = null;
  const places = () => {
    const { left } = over.getBoundingClientRect();
    return [...fingers.values()].map((x) => x - left).sort((a, b) => a - b);
  };
  const hold = () => {
    held = { span: view.span(), at: places().map((x) => plot.posToVal(x, "x")) };
  };
  over.addEventListener("pointerdown", (event) => {
    if (event.pointerType !== "touch") return;
    fingers.set(event.pointerId, event.clientX);
    hold();
  });
  over.addEventListener("pointermove", (event) => {
    if (!fingers.has(event.pointerId) || held === null) return;
    fingers.set(event.pointerId, event.clientX);
    const next = underFingers(held, places(), over.clientWidth, view.whole());
    if (next === null) plot.setCursor({ left: places()[0] ?? -10, top: 0 });
    else view.zoomTo(next);
  });
  for (const end of ["pointerup", "pointercancel"] as const) {
    over.addEventListener(end, (event) => {
      if (fingers.delete(event.pointerId)) hold();
    });
  }
}

/** The span in which the held moments lie under the fingers; `null` when one finger meets the whole day. */
function underFingers(
  { span, at: [first = 0, second] }: { readonly span: Span; readonly at: readonly number[] },
  [left = 0, right]: readonly number[],
  width: number,
  whole: Span,
): Span | null {
  if (second !== undefined && right !== undefined) {
    const perPx = (second - first) / Math.max(10, right - left);
    const fromMs = first - left * perPx;
    return within({ fromMs, toMs: fromMs + Math.max(60_000, width * perPx) }, whole);
  }
  const lengthMs = span.toMs - span.fromMs;
  if (lengthMs >= whole.toMs - whole.fromMs) return null;
  const fromMs = first - left * lengthMs / width;
  return within({ fromMs, toMs: fromMs + lengthMs }, whole);
}
