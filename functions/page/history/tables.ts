import type { BandsKWh, StatsAnswer } from "../../../lib/query/wire.ts";
import { byId, element } from "../dom.ts";
import { show, write } from "../write.ts";
import type { Voice } from "./voice.ts";

/** A column of the table of days: a period and its figures. */
export interface StatsColumn {
  readonly title: string;
  readonly stats: StatsAnswer;
}

/** The complete days of a period beside those of the one before. */
export function drawStats(columns: readonly StatsColumn[], { texts, format }: Voice): void {
  const kWh = (value: number | null) => value === null ? "—" : format.kWh(value);
  const rows: readonly [string, (stats: StatsAnswer) => string][] = [
    [texts.complete, ({ days }) => String(days)],
    [texts.highestDay, ({ max }) => kWh(max)],
    [texts.lowestDay, ({ min }) => kWh(min)],
    [texts.meanDay, ({ mean }) => kWh(mean)],
    [texts.deviation, ({ std }) => kWh(std)],
    [texts.sum, ({ sum, days }) => kWh(days === 0 ? null : sum)],
  ];
  byId("stats-head").replaceChildren(
    element("td", {}),
    ...columns.map(({ title }) => element("th", { scope: "col" }, title)),
  );
  byId("stats-body").replaceChildren(...rows.map(([name, value]) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, name),
      ...columns.map(({ stats }) => element("td", {}, value(stats))),
    )
  ));
}

const BANDS = ["f1", "f2", "f3"] as const;

/**
 * The energy by tariff bands, with the share of each.
 *
 * @param sumKWh the period's energy; what the bands leave of it is told as unknown
 */
export function drawBands(
  bands: BandsKWh | null,
  sumKWh: number,
  { texts, format }: Voice,
): void {
  show("bands", bands !== null);
  if (bands === null) return;
  const known = BANDS.reduce((sum, band) => sum + bands[band], 0);
  const share = (kWh: number) => known > 0 ? kWh / known : 0;
  const used = BANDS.filter((band) => bands[band] > 0);
  byId("bands-bar").replaceChildren(...used.map((band) => {
    const part = element("span", { class: band });
    part.style.setProperty("--part", String(share(bands[band])));
    return part;
  }));
  byId("bands-body").replaceChildren(...BANDS.map((band) =>
    element(
      "tr",
      {},
      element(
        "th",
        { scope: "row", class: band },
        band.toUpperCase(),
        element("small", {}, texts.bandHours[band]),
      ),
      element("td", {}, format.kWh(bands[band])),
      element("td", {}, format.share(share(bands[band]))),
    )
  ));
  const unknown = sumKWh - known;
  const isTold = unknown >= 0.005;
  write("bands-unknown", isTold ? texts.unknownBands(format.kWh(unknown)) : "");
  show("bands-unknown", isTold);
}
