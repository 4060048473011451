import type { PowerSpan } from "./held_spans.ts";
import type { PowerRow } from "./minute_sums.ts";
import type { Band, BandSpan } from "./tariff.ts";

/** Energy in Wh by the tariff's bands. */
export type BandsWh = Readonly<Record<Band, number>>;

const MS_PER_HOUR = 3_600_000;

/** The energy of spans of power by band; both in rising order, the bands' spans tiling their day. */
export function energyByBand(
  spans: readonly PowerSpan[],
  bands: readonly BandSpan[],
): BandsWh {
  const wattMs = { f1: 0, f2: 0, f3: 0 };
  let i = 0;
  for (const { startMs, endMs, watts } of spans) {
    while (i < bands.length - 1 && bands[i]!.endMs <= startMs) i++;
    // A span may reach over several bands, and the next one begin in the last of these.
    for (let j = i; j < bands.length && bands[j]!.startMs < endMs; j++) {
      const band = bands[j]!;
      const ms = Math.min(endMs, band.endMs) - Math.max(startMs, band.startMs);
      if (ms > 0) wattMs[band.band] += watts * ms;
    }
  }
  return {
    f1: wattMs.f1 / MS_PER_HOUR,
    f2: wattMs.f2 / MS_PER_HOUR,
    f3: wattMs.f3 / MS_PER_HOUR,
  };
}

/** The same of rows in rising order; `null` when one lies in two bands, so that nobody can tell what fell into each. */
export function rowsByBand(
  rows: readonly Pick<PowerRow, "startMs" | "endMs" | "meanWatts" | "coveredS">[],
  bands: readonly BandSpan[],
): BandsWh | null {
  if (rows.some((row) => isCut(row, bands))) return null;
  const spans = rows.map(({ startMs, endMs, meanWatts, coveredS }) => (
    { startMs, endMs, watts: meanWatts * coveredS * 1000 / (endMs - startMs) }
  ));
  return energyByBand(spans, bands);
}

/** Whether a span of time lies in more than one band. */
export function isCut(
  { startMs, endMs }: Pick<PowerSpan, "startMs" | "endMs">,
  bands: readonly BandSpan[],
): boolean {
  const touched = bands.filter((band) => band.startMs < endMs && band.endMs > startMs);
  return touched.some(({ band }) => band !== touched[0]!.band);
}
