import type { SpanAnswer } from "../../../lib/query/wire.ts";
import { byId } from "../dom.ts";
import { show, write } from "../write.ts";
import { drawHead } from "./head.ts";
import type { Arrival } from "./navigate.ts";
import { address, type Place } from "./place.ts";
import { exportPath } from "./questions.ts";
import type { HistoryTexts } from "./texts.ts";
import { placeTitle } from "./titles.ts";

/** The parts of the page, and the places that show them. */
const PARTS: Readonly<Record<string, readonly Place["view"][]>> = {
  energy: ["year", "month", "day"],
  facts: ["day"],
  bars: ["year", "month"],
  calendar: ["year"],
  curve: ["day"],
  episodes: ["year", "month", "day"],
  stats: ["year", "month"],
  bands: ["year", "month", "day"],
};

const STEPS = ["previous", "next"];

/** Draws what every place has: its title, the ways from it, its parts and its file. */
export function drawFrame(place: Place, span: SpanAnswer, texts: HistoryTexts): void {
  const title = placeTitle(place, texts);
  document.title = `${title} · MCCE`;
  drawHead(place, span, texts);
  byId("place").dataset["view"] = place.view;
  for (const [id, views] of Object.entries(PARTS)) show(id, views.includes(place.view));
  for (const id of STEPS) show(id, true);
  show("empty", false);
  byId<HTMLAnchorElement>("download").href = exportPath(place);
  write("download", texts.download(title));
  show("download", true);
}

/** Says that there is nothing yet. */
export function drawNoHistory(place: Place, texts: HistoryTexts): void {
  document.title = `${texts.title} · MCCE`;
  write("title", placeTitle(place, texts));
  for (const id of [...Object.keys(PARTS), ...STEPS]) show(id, false);
  show("empty", true);
}

/** A visit as it was before the page was drawn. */
export interface Visit {
  readonly arrival: Arrival;
  readonly left: Place | null;
  readonly place: Place;
  /** Where the link led that had the focus. */
  readonly focused: string | null;
}

/**
 * Keeps the keyboard where it was: after Back on what led to the place that was left, else on the title when what had
 * the focus is gone; and tells a screen reader of the new place.
 */
export function keepFocus({ arrival, left, place, focused }: Visit): void {
  if (arrival === "again") return linkTo(focused)?.focus();
  if (left === null || isSameDay(left, place)) return;
  if (arrival === "back") linkTo(address(plain(left)))?.focus();
  // The browser takes the focus from what is hidden only when it paints.
  const isGone = document.activeElement === document.body ||
    document.activeElement?.closest("[hidden]") !== null;
  if (isGone) byId("title").focus({ preventScroll: true });
  if (arrival === "step" && place.view !== left.view) scrollTo(0, 0);
  const { textContent: energy } = byId("energy-value");
  write("spoken", `${byId("title").textContent}: ${energy} kWh`);
}

/** Whether two places differ in their curve only. */
function isSameDay(one: Place, other: Place): boolean {
  return one.view === "day" && other.view === "day" && one.date === other.date;
}

/** A place as bars and cells lead to it. */
function plain(place: Place): Place {
  return place.view === "day" ? { ...place, beside: null, zoom: null } : place;
}

/** The bar or the cell that leads there. */
function linkTo(href: string | null): HTMLAnchorElement | undefined {
  const links = document.querySelectorAll<HTMLAnchorElement>("#bars-list a, #calendar-months a");
  return [...links].find((link) => link.getAttribute("href") === href);
}
