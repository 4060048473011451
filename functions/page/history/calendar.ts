import type { DayAnswer } from "../../../lib/query/wire.ts";
import { element } from "../dom.ts";
import { addDays, datesOf, partsOf, weekday } from "./dates.ts";
import { heatScale, type Scale, shade } from "./heat.ts";
import { isPartial, paceKWh } from "./measured.ts";
import { byDate, dayLabel } from "./period_bars.ts";
import { address, dayAt } from "./place.ts";
import type { Target } from "./rove.ts";
import { capital, short } from "./titles.ts";
import type { Voice } from "./voice.ts";

/** The days of a year as a calendar, the shade of each by its energy. */
export function drawCalendar(
  place: HTMLElement,
  legend: HTMLElement,
  year: number,
  days: readonly DayAnswer[],
  today: string,
  voice: Voice,
): void {
  const known = byDate(days);
  // Half a day is not a thrifty one.
  const scale = heatScale(days.map(paceKWh));
  place.replaceChildren(...voice.texts.months.map((name, i) => {
    const month = i + 1;
    const rows = weeks(datesOf(year, month)).map((week) =>
      element("tr", {}, ...week.map((date) => cell(date, known, scale, today, voice)))
    );
    return element(
      "table",
      { class: "month" },
      element("caption", {}, capital(name)),
      element("thead", {}, weekdayRow(voice)),
      element("tbody", {}, ...rows),
    );
  }));
  drawLegend(legend, scale, days, voice);
}

function weekdayRow({ texts }: Voice): HTMLElement {
  return element(
    "tr",
    {},
    ...texts.weekdays.map((name) =>
      element(
        "th",
        { scope: "col" },
        element("span", { "aria-hidden": "true" }, short(name).slice(0, 1)),
        element("span", { class: "unseen" }, name),
      )
    ),
  );
}

/** The dates of a month by weeks from Monday on; `null` where a week reaches beyond it. */
function weeks(dates: readonly string[]): (string | null)[][] {
  const before = weekday(dates[0] ?? "");
  const all = [...Array.from({ length: before }, () => null), ...dates];
  const rows = Array.from({ length: Math.ceil(all.length / 7) }, (_, i) => i * 7);
  return rows.map((start) => Array.from({ length: 7 }, (_, i) => all[start + i] ?? null));
}

function cell(
  date: string | null,
  known: ReadonlyMap<string, DayAnswer>,
  scale: Scale,
  today: string,
  voice: Voice,
): HTMLElement {
  if (date === null) return element("td");
  const number = String(partsOf(date).day);
  const day = known.get(date);
  const label = dayLabel(date, day, today, voice);
  if (day === undefined) {
    const kind = date > today ? "future" : "missing";
    return element("td", {}, element("span", { class: `cell ${kind}`, title: label }, number));
  }
  const marks = [isPartial(day) ? "part" : "", day.source === "origin" ? "origin" : ""];
  return element(
    "td",
    {},
    element("a", {
      class: ["cell", ...marks].filter((mark) => mark !== "").join(" "),
      href: address(dayAt(date)),
      "aria-label": label,
      "data-date": date,
      "data-shade": shade(paceKWh(day), scale),
      "aria-current": date === today ? "date" : null,
    }, number),
  );
}

function drawLegend(
  legend: HTMLElement,
  scale: Scale,
  days: readonly DayAnswer[],
  { texts, format }: Voice,
): void {
  const limits = scale.map((limit) => format.number(limit));
  const shades = limits.length === 0
    ? []
    : [`< ${limits[0]}`, ...limits.map((from, i) => `${from}–${limits[i + 1] ?? ""}`)].map((text) =>
      text.replace(/^(.*)–$/, "≥ $1")
    );
  const keys = [
    ...shades.map((text, i) => element("li", { class: "key-shade", "data-shade": i }, text)),
    ...(shades.length > 0 ? [element("li", { class: "key-unit" }, texts.kWhADay)] : []),
    ...(days.some(isPartial) ? [element("li", { class: "key-part" }, texts.partKey)] : []),
    ...(days.some(({ source }) => source === "origin")
      ? [element("li", { class: "key-origin" }, texts.imported)]
      : []),
  ];
  legend.replaceChildren(...keys);
}

/** The keys of the calendar: a day to the side, a week up and down, four weeks a page. */
export const alongDays: Target = (key, links, from) => {
  const days: Record<string, number> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -7,
    ArrowDown: 7,
    PageUp: -28,
    PageDown: 28,
  };
  if (key === "Home") return 0;
  if (key === "End") return links.length - 1;
  const by = days[key];
  const date = links[from]?.dataset["date"];
  if (by === undefined || date === undefined) return null;
  const wanted = addDays(date, by);
  const dates = links.map((link) => link.dataset["date"] ?? "");
  const after = dates.findIndex((one) => one >= wanted);
  if (by > 0) return after < 0 ? links.length - 1 : after;
  return after >= 0 && dates[after] === wanted ? after : after - 1;
};
