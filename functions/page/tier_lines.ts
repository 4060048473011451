import type uPlot from "uplot";
import { colour } from "./charts.ts";

/** A power at which a line lies across a chart, with its name. */
export interface TierLine {
  readonly watts: number;
  readonly label: string;
}

/** A part of a canvas in its own pixels. */
export interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * Draws the contract's tiers across a chart, those that lie within its scale: the axis follows the curve alone, so that a
 * quiet day is not squashed by a limit far above it.
 *
 * @param tiers rising
 * @param taken where another text stands, which no label may lie over
 */
export function drawTiers(
  plot: uPlot,
  tiers: () => readonly TierLine[],
  taken: () => Box | null = () => null,
): void {
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
    const width = Math.max(0, ...lines.map(({ label }) => ctx.measureText(label).width));
    const other = taken();
    const isNear = other !== null && other.left < bbox.left + em + width;
    const room = { top: bbox.top, bottom: bbox.top + bbox.height };
    const labels = labelPlaces(at, em * 1.3, room, isNear ? other : null);
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
 * label or over what is taken. All from the top down.
 */
export function labelPlaces(
  lines: readonly number[],
  height: number,
  room: Pick<Box, "top" | "bottom">,
  other: Pick<Box, "top" | "bottom"> | null = null,
): readonly (number | null)[] {
  const taken: number[] = [];
  return lines.map((line) => {
    const isFree = (middle: number) =>
      middle - height / 2 >= room.top && middle + height / 2 <= room.bottom &&
      (other === null || middle + height / 2 <= other.top || middle - height / 2 >= other.bottom) &&
      lines.every((other) => other === line || Math.abs(other - middle) >= height / 2) &&
      taken.every((other) => Math.abs(other - middle) >= height);
    const place = [line - height / 2, line + height / 2].find(isFree) ?? null;
    if (place !== null) taken.push(place);
    return place;
  });
}
