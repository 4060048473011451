import type uPlot from "uplot";
import { colour } from "./charts.ts";

/** A power at which a line lies across a chart, with its name. */
export interface TierLine {
  readonly watts: number;
  readonly label: string;
}

/**
 * Draws the contract's tiers across a chart, those that lie within its scale: the axis follows the curve alone, so that a
 * quiet day is not squashed by a limit far above it.
 *
 * @param tiers rising
 */
export function drawTiers(plot: uPlot, tiers: () => readonly TierLine[]): void {
  (plot.hooks.draw ??= []).push(({ ctx, bbox, scales }) => {
    const highest = scales["y"]?.max ?? 0;
    const { fontSize, fontFamily } = getComputedStyle(plot.root);
    const em = parseFloat(fontSize) * devicePixelRatio;
    ctx.save();
    ctx.font = `${em}px ${fontFamily}`;
    ctx.strokeStyle = ctx.fillStyle = colour("--muted");
    ctx.lineWidth = devicePixelRatio;
    ctx.setLineDash([em / 2, em / 3]);
    ctx.textAlign = "left";
    ctx.textBaseline = "middle";
    const lines = tiers().filter(({ watts }) => watts <= highest).reverse();
    const at = lines.map(({ watts }) => Math.round(plot.valToPos(watts, "y", true)));
    const labels = labelPlaces(at, em * 1.3, bbox.top, bbox.top + bbox.height);
    lines.forEach(({ label }, i) => {
      ctx.beginPath();
      ctx.moveTo(bbox.left, at[i] ?? 0);
      ctx.lineTo(bbox.left + bbox.width, at[i] ?? 0);
      ctx.stroke();
      const place = labels[i] ?? null;
      if (place !== null) ctx.fillText(label, bbox.left + em / 2, place);
    });
    ctx.restore();
  });
}

/**
 * Where each line's label has its middle: above its line, else below it, `null` where it would lie over another line or
 * label. All from the top down.
 */
export function labelPlaces(
  lines: readonly number[],
  height: number,
  top: number,
  bottom: number,
): readonly (number | null)[] {
  const taken: number[] = [];
  return lines.map((line) => {
    const isFree = (middle: number) =>
      middle - height / 2 >= top && middle + height / 2 <= bottom &&
      lines.every((other) => other === line || Math.abs(other - middle) >= height / 2) &&
      taken.every((other) => Math.abs(other - middle) >= height);
    const place = [line - height / 2, line + height / 2].find(isFree) ?? null;
    if (place !== null) taken.push(place);
    return place;
  });
}
