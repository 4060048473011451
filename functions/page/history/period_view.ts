import type { SpanAnswer } from "../../../lib/query/wire.ts";
import { byId, element } from "../dom.ts";
import { show, write } from "../write.ts";
import { type Bar, drawBars } from "./bars.ts";
import { alongDays, drawCalendar } from "./calendar.ts";
import { drawPeriodEnergy } from "./energy.ts";
import type { PeriodData } from "./load.ts";
import { monthBars, yearBars } from "./period_bars.ts";
import { type Period, periodBefore } from "./questions.ts";
import { alongRow, rove, settle } from "./rove.ts";
import { drawBands, drawStats } from "./tables.ts";
import { placeTitle } from "./titles.ts";
import type { Voice } from "./voice.ts";

/** Once: lets the arrow keys go along the bars and the days. */
export function preparePeriods(): void {
  const bars = byId("bars-list");
  rove(bars, alongRow);
  rove(byId("calendar-months"), alongDays);
  for (const event of ["pointerover", "focusin"] as const) {
    bars.addEventListener(event, ({ target }) => {
      const bar = target instanceof Element ? target.closest(".bar") : null;
      write("bars-readout", bar?.querySelector(".unseen")?.textContent ?? "");
    });
  }
}

/** Draws a year or a month. */
export function drawPeriod(
  place: Period,
  data: PeriodData,
  span: SpanAnswer,
  voice: Voice,
): void {
  const { days, stats, before } = data;
  const { today } = span;
  const title = placeTitle(place, voice.texts);
  const beforeTitle = placeTitle(periodBefore(place), voice.texts);
  drawPeriodEnergy({ stats, days, today, before: { title: beforeTitle, stats: before } }, voice);
  const bars = place.view === "year"
    ? yearBars({ year: place.year, days, stats, before, span }, voice)
    : monthBars(place, days, today, voice);
  const heading = place.view === "year" ? voice.texts.monthsOf : voice.texts.daysOf;
  write("bars-title", heading(title));
  write("bars-readout", "");
  byId("bars-list").dataset["of"] = place.view;
  drawBars(byId("bars-list"), bars);
  settle(byId("bars-list"));
  drawBarKeys(bars, beforeTitle, voice);
  if (place.view === "year") {
    write("calendar-title", voice.texts.calendarOf(title));
    drawCalendar(byId("calendar-months"), byId("calendar-keys"), place.year, days, today, voice);
    settle(byId("calendar-months"));
  }
  show("episodes", false); // they come later
  drawStats([{ title, stats }, { title: beforeTitle, stats: before }], voice);
  drawBands(stats.bandsKWh, stats.sum, voice);
  for (const id of ["bars", "stats", "download"]) show(id, days.length > 0);
  show("calendar", place.view === "year" && days.length > 0);
}

/** The marks that these bars bear. */
function drawBarKeys(bars: readonly Bar[], beforeTitle: string, { texts }: Voice): void {
  const keys: readonly [string, string, boolean][] = [
    ["key-before", beforeTitle, bars.some(({ beforeKWh }) => beforeKWh !== null)],
    ["key-unmeasured", texts.notMeasured, bars.some(({ unmeasuredKWh }) => unmeasuredKWh > 0)],
    ["key-now", texts.soFar, bars.some(({ marks, kWh }) => marks.includes("now") && kWh !== null)],
    ["key-origin", texts.imported, bars.some(({ marks }) => marks.includes("origin"))],
  ];
  byId("bars-keys").replaceChildren(
    ...keys.filter(([, , isShown]) => isShown)
      .map(([name, text]) => element("li", { class: name }, text)),
  );
}
