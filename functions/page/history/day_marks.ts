import uPlot from "uplot";
import type { Episode } from "../../../lib/alarm/episode.ts";
import { colour } from "../charts.ts";
import type { Span } from "./place.ts";

const HATCH_PX = 7;
const SPENT_ALPHA = 0.3;
const LEAST_SPENT_PX = 3;

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

/** Tints the time in which the contract's limits were spent, the more serious the redder. */
export function drawSpent(plot: uPlot, episodes: () => readonly Episode[]): void {
  (plot.hooks.drawClear ??= []).push(({ ctx, bbox }) => {
    ctx.save();
    ctx.globalAlpha = SPENT_ALPHA;
    for (const { from, to, state } of episodes()) {
      ctx.fillStyle = colour(state === "above" ? "--warn" : "--bad");
      const left = Math.max(bbox.left, plot.valToPos(from, "x", true));
      const right = Math.min(bbox.left + bbox.width, plot.valToPos(to, "x", true));
      // A minute of a day is less than a pixel.
      const width = Math.max(right - left, LEAST_SPENT_PX * uPlot.pxRatio);
      if (right >= bbox.left && left < bbox.left + bbox.width) {
        ctx.fillRect(left, bbox.top, width, bbox.height);
      }
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
  (plot.hooks.draw ??= []).push(({ scales: { x } }) => {
    const found = mark();
    const isSeen = found !== null && found.at >= (x?.min ?? 0) && found.at <= (x?.max ?? 0);
    if (isSeen) drawMark(plot, found);
  });
}

function drawMark({ ctx, bbox, valToPos, root }: uPlot, { at, watts, text }: Mark): void {
  const px = uPlot.pxRatio;
  const x = valToPos(at, "x", true);
  const y = Math.max(bbox.top, valToPos(watts, "y", true));
  const em = parseFloat(getComputedStyle(root).fontSize) * px;
  ctx.save();
  ctx.fillStyle = colour("--ink");
  ctx.strokeStyle = colour("--panel");
  ctx.lineWidth = 3 * px;
  ctx.lineJoin = "round";
  ctx.beginPath();
  ctx.arc(x, y, 4 * px, 0, 2 * Math.PI);
  ctx.stroke();
  ctx.fill();
  ctx.font = `600 ${em}px ${getComputedStyle(root).fontFamily}`;
  ctx.textBaseline = "middle";
  ctx.textAlign = "left";
  const [left, middle] = textPlace(x, y, ctx.measureText(text).width, em, bbox);
  ctx.strokeText(text, left, middle);
  ctx.fillText(text, left, middle);
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
