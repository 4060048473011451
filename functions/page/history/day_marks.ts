import uPlot from "uplot";
import { colour } from "../charts.ts";
import type { Box } from "../tier_lines.ts";
import type { Span } from "./place.ts";

const HATCH_PX = 7;

/** A moment of a day's curve that is pointed out. */
export interface Mark {
  readonly at: number;
  readonly watts: number;
  readonly text: string;
}

/** Hatches the time in which nothing was measured. */
export function drawGaps(plot: uPlot, gaps: () => readonly Span[]): void {
  (plot.hooks.drawClear ??= []).push(({ ctx, bbox }) => {
    const pattern = hatch(ctx);
    if (pattern === null) return;
    ctx.save();
    ctx.fillStyle = pattern;
    for (const { fromMs, toMs } of gaps()) {
      const from = Math.max(bbox.left, plot.valToPos(fromMs, "x", true));
      const to = Math.min(bbox.left + bbox.width, plot.valToPos(toMs, "x", true));
      if (to > from) ctx.fillRect(from, bbox.top, to - from, bbox.height);
    }
    ctx.restore();
  });
}

function hatch(ctx: CanvasRenderingContext2D): CanvasPattern | null {
  const size = Math.round(HATCH_PX * uPlot.pxRatio);
  const tile = document.createElement("canvas");
  tile.width = tile.height = size;
  const pen = tile.getContext("2d");
  if (pen === null) return null;
  pen.strokeStyle = colour("--hatch");
  pen.lineWidth = uPlot.pxRatio;
  for (const shift of [-size, 0, size]) {
    pen.moveTo(shift, size);
    pen.lineTo(shift + size, 0);
  }
  pen.stroke();
  return ctx.createPattern(tile, "repeat");
}

/** A dot with a text beside it, at the highest power of the day. */
export function drawHighest(plot: uPlot, mark: () => Mark | null): void {
  (plot.hooks.draw ??= []).push(() => {
    const found = seen(plot, mark());
    if (found !== null) drawMark(plot, found);
  });
}

/** Where {@linkcode drawHighest} sets its text; `null` when it sets none. */
export function highestBox(plot: uPlot, mark: Mark | null): Box | null {
  const found = seen(plot, mark);
  if (found === null) return null;
  plot.ctx.save();
  const { left, middle, width, em } = markPlace(plot, found);
  plot.ctx.restore();
  return { left, right: left + width, top: middle - em / 2, bottom: middle + em / 2 };
}

/** The mark, if its time is within what is shown. */
function seen({ scales: { x } }: uPlot, mark: Mark | null): Mark | null {
  return mark !== null && mark.at >= (x?.min ?? 0) && mark.at <= (x?.max ?? 0) ? mark : null;
}

/** The middle of the dot, and the place of the text; sets the font. */
function markPlace({ ctx, bbox, valToPos, root }: uPlot, { at, watts, text }: Mark) {
  const x = valToPos(at, "x", true);
  const y = Math.max(bbox.top, valToPos(watts, "y", true));
  const { fontSize, fontFamily } = getComputedStyle(root);
  const em = parseFloat(fontSize) * uPlot.pxRatio;
  ctx.font = `600 ${em}px ${fontFamily}`;
  const { width } = ctx.measureText(text);
  const [left, middle] = textPlace(x, y, width, em, bbox);
  return { x, y, em, left, middle, width };
}

function drawMark(plot: uPlot, mark: Mark): void {
  const { ctx } = plot;
  const px = uPlot.pxRatio;
  ctx.save();
  const { x, y, left, middle } = markPlace(plot, mark);
  ctx.fillStyle = colour("--ink");
  ctx.strokeStyle = colour("--panel");
  ctx.lineWidth = 3 * px;
  ctx.lineJoin = "round";
  ctx.beginPath();
  ctx.arc(x, y, 4 * px, 0, 2 * Math.PI);
  ctx.stroke();
  ctx.fill();
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  ctx.strokeText(mark.text, left, middle);
  ctx.fillText(mark.text, left, middle);
  ctx.restore();
}

/** Where a text's left and middle are: above its dot; without room there beside it, or else below; within the plot. */
function textPlace(
  x: number,
  y: number,
  width: number,
  em: number,
  box: uPlot.BBox,
): [number, number] {
  const right = box.left + box.width;
  const centred = Math.max(box.left + em / 2, Math.min(right - em / 2 - width, x - width / 2));
  if (y - box.top > 1.6 * em) return [centred, y - em];
  const beside = Math.max(box.top + em * 0.6, y);
  if (x + 0.7 * em + width < right) return [x + 0.7 * em, beside];
  if (x - 0.7 * em - width > box.left) return [x - 0.7 * em - width, beside];
  return [centred, y + 1.2 * em];
}
