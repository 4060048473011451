import uPlot from "uplot";
import type { Episode } from "../../../lib/alarm/episode.ts";
import { colour } from "../charts.ts";
import type { TierLine } from "../tier_lines.ts";
import type { DayVoice } from "./voice.ts";

const TINT_ALPHA = 0.25;
/** A minute of a day is less than a pixel. */
const LEAST_PX = 3;
const BAR_PX = 4;
const SERIOUS_BAR_PX = 9;

/**
 * Marks the time in which the contract's limits were spent: a tint, and along the top a bar, thicker where it was serious,
 * so that no colour need be told apart.
 */
export function drawSpent(plot: uPlot, episodes: () => readonly Episode[]): void {
  const { ctx } = plot;
  const fill = (alpha: number, heightOf: (isSerious: boolean) => number) => {
    ctx.save();
    ctx.globalAlpha = alpha;
    for (const { from, to, state } of episodes()) {
      const isSerious = state !== "above";
      ctx.fillStyle = colour(isSerious ? "--bad" : "--warn");
      fillTime(plot, from, to, heightOf(isSerious));
    }
    ctx.restore();
  };
  (plot.hooks.drawClear ??= []).push(() => fill(TINT_ALPHA, () => plot.bbox.height));
  const barPx = (isSerious: boolean) => isSerious ? SERIOUS_BAR_PX : BAR_PX;
  // Over the grid, whose highest line lies there.
  (plot.hooks.draw ??= []).push(() => fill(1, (isSerious) => barPx(isSerious) * uPlot.pxRatio));
}

function fillTime({ ctx, bbox, valToPos }: uPlot, from: number, to: number, height: number): void {
  const left = Math.max(bbox.left, valToPos(from, "x", true));
  const right = Math.min(bbox.left + bbox.width, valToPos(to, "x", true));
  if (right < bbox.left || left >= bbox.left + bbox.width) return;
  ctx.fillRect(left, bbox.top, Math.max(right - left, LEAST_PX * uPlot.pxRatio), height);
}

/** The limits that held at the end of a day, as lines; none of a day on which they were not reached. */
export function limitLines(
  episodes: readonly Episode[],
  { episodeTexts, format }: DayVoice,
): readonly TierLine[] {
  const last = episodes[episodes.length - 1];
  return (last?.limits ?? []).map(({ watts }) => ({
    watts,
    label: episodeTexts.limit(format.power(watts)),
  }));
}
