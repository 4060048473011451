import type { DayAnswer, StatsAnswer } from "../../../lib/query/wire.ts";
import { byId, element } from "../dom.ts";
import { show, write } from "../write.ts";
import { isPartial } from "./measured.ts";
import type { Voice } from "./voice.ts";

/** What the energy of a year or a month is told from. */
export interface PeriodFigures {
  readonly stats: StatsAnswer;
  readonly days: readonly DayAnswer[];
  /** `YYYY-MM-DD`. */
  readonly today: string;
  /** The period before. */
  readonly before: { readonly title: string; readonly stats: StatsAnswer };
}

/** Tells a period's energy, of how many days it is, and how it compares with the period before, by the day. */
export function drawPeriodEnergy(figures: PeriodFigures, { texts, format }: Voice): void {
  const { stats, days, today, before } = figures;
  const current = days.find(({ date }) => date === today);
  const parts = days.filter((day) => day.date !== today && isPartial(day)).length;
  const complete = [
    stats.days === 0 ? texts.nothingMeasured : texts.completeDays(stats.days, String(stats.days)),
    parts > 0 ? texts.partDays(parts, String(parts)) : "",
  ].filter((part) => part !== "").join(", ");
  const change = stats.mean !== null && before.stats.mean
    ? format.change(stats.mean / before.stats.mean - 1)
    : "";
  drawEnergy(stats.days === 0 ? null : format.kWh(stats.sum), [
    stats.days === 0 && current !== undefined ? "" : complete,
    stats.mean === null ? "" : texts.aDay(format.kWh(stats.mean)),
    before.stats.mean === null
      ? ""
      : texts.before(before.title, texts.aDay(format.kWh(before.stats.mean)), change),
    current === undefined ? "" : texts.todaySoFar(format.kWh(current.kWh)),
  ]);
}

/** Writes an energy, or a dash, and what is to be said of it. */
export function drawEnergy(kWh: string | null, notes: readonly string[]): void {
  write("energy-value", kWh ?? "—");
  show("energy-sum", kWh !== null);
  const told = notes.filter((note) => note !== "");
  byId("energy-notes").replaceChildren(...told.map((note) => element("li", {}, note)));
}
