import type { KnownDay } from "./day_table.ts";
import { roundKWh, roundShare, roundWatts } from "./round.ts";
import type { BandsKWh, DayAnswer } from "./wire.ts";

/** A day as `GET /query/days` tells it; of today `endMs` is how far it is known. */
export function dayAnswer(day: KnownDay): DayAnswer {
  const { date, startMs, endMs, source, baseLoadWatts } = day;
  const passedS = (endMs - startMs) / 1000;
  return {
    date,
    kWh: roundKWh(day.wh / 1000),
    meanWatts: roundWatts(day.meanWatts),
    minWatts: roundWatts(day.minWatts),
    maxWatts: roundWatts(day.maxWatts),
    maxAt: day.maxAt,
    // What the origin's files count as covered was perhaps not measured.
    coverage: source === "origin" ? null : roundShare(Math.min(1, day.coveredS / passedS)),
    source,
    bandsKWh: day.bandsWh && bandsKWh(day.bandsWh),
    baseLoadWatts: baseLoadWatts === null ? null : roundWatts(baseLoadWatts),
  };
}

/** Energy by bands, from Wh to rounded kWh. */
export function bandsKWh({ f1, f2, f3 }: NonNullable<KnownDay["bandsWh"]>): BandsKWh {
  return { f1: roundKWh(f1 / 1000), f2: roundKWh(f2 / 1000), f3: roundKWh(f3 / 1000) };
}
