import type { SpanAnswer } from "../../../lib/query/wire.ts";
import { byId, element } from "../dom.ts";
import { daysInMonth, monthOf, partsOf } from "./dates.ts";
import type { HistoryTexts } from "./texts.ts";
import { address, datesIn, dayAt, neighbour, parent, type Place } from "./place.ts";
import { capital, placeTitle } from "./titles.ts";

/** Writes the title, the way up, the steps to the neighbours and the choices of a place. */
export function drawHead(place: Place, span: SpanAnswer, texts: HistoryTexts): void {
  byId("title").textContent = placeTitle(place, texts);
  drawTrail(place, texts);
  drawStep("previous", neighbour(place, -1), span, texts.previous, texts);
  drawStep("next", neighbour(place, 1), span, texts.next, texts);
  drawChoices(place, span, texts);
}

/** The places that this one is a part of, the widest first. */
function drawTrail(place: Place, texts: HistoryTexts): void {
  const ancestors: Place[] = [];
  for (let one = parent(place); one !== null; one = parent(one)) ancestors.unshift(one);
  const links = ancestors.map((one) =>
    element("li", {}, element("a", { href: address(one) }, placeTitle(one, texts)))
  );
  byId("trail-list").replaceChildren(...links);
  byId("trail").hidden = links.length === 0;
}

/** A step stays where it is when there is nothing to go to, so that the other one does not move. */
function drawStep(
  id: "previous" | "next",
  to: Place,
  { firstDate, today }: SpanAnswer,
  said: (title: string) => string,
  texts: HistoryTexts,
): void {
  const dates = datesIn(to);
  const isThere = firstDate !== null && dates.to >= firstDate && dates.from <= today;
  const link = byId<HTMLAnchorElement>(id);
  link.setAttribute("aria-label", said(placeTitle(to, texts)));
  if (isThere) link.href = address(to);
  else link.removeAttribute("href");
}

/** Fills the lists of years, months and days; a choice leads to its place. */
function drawChoices(place: Place, span: SpanAnswer, texts: HistoryTexts): void {
  const { year, month, day } = place.view === "day"
    ? partsOf(place.date)
    : { year: place.year, month: place.view === "month" ? place.month : 0, day: 0 };
  const first = Math.min(year, partsOf(span.firstDate ?? span.today).year);
  const last = Math.max(year, partsOf(span.today).year);
  const years = Array.from({ length: last - first + 1 }, (_, i) => last - i);
  fill("choose-year", years.map((one) => [one, String(one)]), year);
  const months = texts.months.map((name, i): Choice => [i + 1, capital(name)]);
  fill("choose-month", [[0, texts.wholeYear], ...months], month);
  const days = Array.from(
    { length: daysInMonth(year, month) },
    (_, i): Choice => [i + 1, `${i + 1}`],
  );
  fill("choose-day", [[0, texts.wholeMonth], ...(month === 0 ? [] : days)], day);
  byId("choose-day-label").hidden = month === 0;
  byId("choose").hidden = false;
}

type Choice = readonly [value: number, name: string];

function fill(id: string, choices: readonly Choice[], chosen: number): void {
  const options = choices.map(([value, name]) => element("option", { value }, name));
  const list = byId<HTMLSelectElement>(id);
  list.replaceChildren(...options);
  list.value = String(chosen);
}

/** The place that the lists name. */
export function chosenPlace(): Place {
  const [year = 0, month = 0, day = 0] = ["choose-year", "choose-month", "choose-day"]
    .map((id) => Number(byId<HTMLSelectElement>(id).value));
  if (month === 0) return { view: "year", year };
  if (day === 0) return { view: "month", year, month };
  const lastDay = Math.min(day, daysInMonth(year, month));
  return dayAt(`${monthOf(year, month)}-${String(lastDay).padStart(2, "0")}`);
}
