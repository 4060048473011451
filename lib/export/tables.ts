import { timeLabels } from "../calendar.ts";
import type { PowerRow } from "../minute_sums.ts";
import { roundShare, roundWatts } from "../query/round.ts";
import type { DayAnswer } from "../query/wire.ts";
import type { ExportDay } from "./days.ts";
import type { Cell, Table } from "./table_text.ts";

/** Rows of `MIN_TIME_RES` minutes; `coverage` is 0..1 of a row's time that readings account for. */
export function historyTable(timeZone: string): Table<PowerRow> {
  const { isoWithOffset } = timeLabels(timeZone);
  const values = ({ startMs, endMs, meanWatts, minWatts, maxWatts, coveredS }: PowerRow) => ({
    time: isoWithOffset(startMs),
    meanWatts: roundWatts(meanWatts),
    minWatts: roundWatts(minWatts),
    maxWatts: roundWatts(maxWatts),
    coverage: roundShare(coveredS * 1000 / (endMs - startMs)),
  });
  return {
    columns: ["time", "meanWatts", "minWatts", "maxWatts", "coverage"],
    cells: (row) => Object.values(values(row)),
    object: values,
  };
}

/** Local days, as `GET /query/days` tells them; the bands have a column each. */
export const DAY_TABLE: Table<ExportDay> = {
  columns: [
    ...["date", "kWh", "meanWatts", "minWatts", "maxWatts", "maxAt", "coverage", "source"],
    ...["f1KWh", "f2KWh", "f3KWh", "baseLoadWatts"],
  ],
  cells: ({ answer }) => dayCells(answer),
  object: ({ answer }) => answer,
};

function dayCells(day: DayAnswer): readonly Cell[] {
  const { date, kWh, meanWatts, minWatts, maxWatts, maxAt, coverage, source, ...more } = day;
  const { bandsKWh, baseLoadWatts, ...forgotten } = more;
  // A key that days gain needs a column as well.
  forgotten satisfies Record<string, never>;
  const bands = [bandsKWh?.f1 ?? null, bandsKWh?.f2 ?? null, bandsKWh?.f3 ?? null];
  const common = [date, kWh, meanWatts, minWatts, maxWatts, maxAt, coverage, source];
  return [...common, ...bands, baseLoadWatts];
}
