import uPlot from "uplot";
import type { Format } from "./format.ts";
import { extent, isolated, type Watts } from "./curves.ts";
import { localTicks, powerTicks, tickInterval } from "./ticks.ts";

/** One drawn line; colours are names of CSS custom properties, read at each drawing, so that they follow the scheme. */
export interface Line {
  readonly colour: string;
  readonly width: number;
  /** A reading holds until the next one; means of minutes are joined instead. */
  readonly isStepped: boolean;
  /** What fills the area below it, if anything. */
  readonly under?: string;
}

/** Data of a chart: a row for each line over the common times (epoch milliseconds). */
export interface ChartData {
  readonly fromMs: number;
  readonly toMs: number;
  readonly at: readonly number[];
  readonly rows: readonly (readonly Watts[])[];
}

/** A chart in its place on the page. */
export interface Chart {
  update(data: ChartData, format: Format): void;
  /** Draws anew with the colours of now. */
  redraw(): void;
  /** The plot itself, for the cursor. */
  readonly plot: uPlot;
}

/** The value of a CSS custom property now. */
export function colour(name: string): string {
  return getComputedStyle(document.body).getPropertyValue(name).trim();
}

/**
 * Draws lines of power over time into `place`, whose size it follows.
 *
 * @param band two rows between which the area is filled: the higher, the lower
 * @param onSelect told of a span that was drawn up with the mouse, in epoch milliseconds
 */
export function drawChart(
  place: HTMLElement,
  lines: readonly Line[],
  band: readonly [number, number] | null,
  onSelect?: (fromMs: number, toMs: number) => void,
): Chart {
  let now: { data: ChartData; format: Format } | null = null;
  const em = Math.round(parseFloat(getComputedStyle(place).fontSize)); // uPlot scales whole pixels only
  const font = `${em}px ${getComputedStyle(place).fontFamily}`;
  const size = () => ({
    width: Math.max(1, place.clientWidth),
    height: Math.max(1, place.clientHeight),
  });
  const plot = new uPlot(
    {
      ...size(),
      ms: 1,
      padding: [em * 0.6, em * 1.6, 0, 0],
      legend: { show: false },
      cursor: cursor(em, onSelect !== undefined),
      hooks: { setSelect: [(chart) => tellSelected(chart, onSelect)] },
      scales: {
        x: { range: () => now === null ? [0, 1] : [now.data.fromMs, now.data.toMs] },
        y: { range: (_, __, high) => [0, powerTicks(high ?? 0, 5).pop() ?? 1] },
      },
      axes: [timeAxis(font, em, () => now), powerAxis(font, em, () => now)],
      series: [{}, ...lines.map(series)],
      bands: band === null ? [] : [{
        series: [band[0] + 1, band[1] + 1],
        fill: () => colour("--band"),
      }],
    },
    [[], ...lines.map(() => [])],
    place,
  );
  // Told of the first size too, which is drawn already.
  new ResizeObserver(() => {
    const { width, height } = size();
    if (width !== plot.width || height !== plot.height) plot.setSize({ width, height });
  }).observe(place);
  return {
    plot,
    update(data, format) {
      now = { data, format };
      plot.setData([data.at.slice(), ...data.rows.map((row) => row.slice())]);
    },
    redraw: () => plot.redraw(false),
  };
}

/** A click is no drag: fewer pixels select nothing. */
function cursor(em: number, isSelecting: boolean): uPlot.Cursor {
  return {
    y: false,
    drag: { x: isSelecting, y: false, setScale: false, dist: 6 },
    points: { size: em * 0.6 },
  };
}

/** Tells of a span that was drawn up, and takes its mark away. */
function tellSelected(
  plot: uPlot,
  tell: ((fromMs: number, toMs: number) => void) | undefined,
): void {
  const { left, width } = plot.select;
  if (tell === undefined || width <= 0) return;
  tell(plot.posToVal(left, "x"), plot.posToVal(left + width, "x"));
  plot.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
}

type Drawn = () => { readonly data: ChartData; readonly format: Format } | null;

function series(line: Line): uPlot.Series {
  const { isStepped, width, under } = line;
  return {
    ...(under === undefined ? {} : { fill: () => colour(under) }),
    stroke: () => width === 0 ? "transparent" : colour(line.colour),
    width,
    ...(isStepped && uPlot.paths.stepped ? { paths: uPlot.paths.stepped({ align: 1 }) } : {}),
    points: {
      show: width > 0 && !isStepped,
      size: 3,
      filter: (plot, index) => isolated(plot.data[index] ?? []),
    },
  };
}

function timeAxis(font: string, em: number, now: Drawn): uPlot.Axis {
  return {
    font,
    size: em * 2.2,
    gap: em * 0.5,
    stroke: () => colour("--muted"),
    grid: { show: false },
    ticks: { stroke: () => colour("--rule"), width: 1, size: em * 0.4 },
    splits: (plot, _, from, to) => {
      const drawn = now();
      if (drawn === null) return [];
      const letters = drawn.format.time(from).length;
      const most = Math.max(2, Math.floor(plot.width / (em * Math.max(5, letters))));
      return localTicks(from, to, tickInterval(from, to, most), drawn.format.clock);
    },
    values: (_, splits) => splits.map((at) => now()?.format.time(at) ?? ""),
  };
}

function powerAxis(font: string, em: number, now: Drawn): uPlot.Axis {
  return {
    font,
    size: em * 5.7,
    gap: em * 0.6,
    stroke: () => colour("--muted"),
    grid: { stroke: () => colour("--rule"), width: 1 },
    ticks: { show: false },
    splits: (plot, _, __, high) => powerTicks(high, plot.height < em * 12 ? 3 : 5),
    values: (_, splits) => splits.map((watts) => now()?.format.power(watts) ?? ""),
  };
}

/** Lowest, highest and mean of a curve as the page's words, for those who do not see it. */
export function describe(
  values: readonly Watts[],
  format: Format,
  said: (low: string, high: string, mean: string) => string,
  empty: string,
): string {
  const found = extent(values);
  if (found === null) return empty;
  return said(format.power(found.low), format.power(found.high), format.power(found.mean));
}
