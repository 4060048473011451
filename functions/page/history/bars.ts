import { element } from "../dom.ts";

/** A bar of a period's energy. */
export interface Bar {
  /** What stands at its foot, a line each. */
  readonly name: readonly string[];
  /** What it says to those who do not see it, and when it is pointed at. */
  readonly label: string;
  /** Where it leads; `null` where there is nothing to see. */
  readonly href: string | null;
  /** `null`: nothing was measured. */
  readonly kWh: number | null;
  /** What the unmeasured time would add, in kWh: drawn hatched, so that half a day does not look thrifty. */
  readonly unmeasuredKWh: number;
  /** The same period a year before, drawn beside it; `null` when there is none. */
  readonly beforeKWh: number | null;
  /** What stands at its head, a line each. */
  readonly values: readonly string[];
  readonly marks: readonly BarMark[];
}

/** `now`: in progress. `origin`: imported. `weekend`: a Saturday or a Sunday. `future`: yet to come. */
export type BarMark = "now" | "origin" | "weekend" | "future";

/** Fills a list with bars that have a common scale from zero. */
export function drawBars(list: HTMLElement, bars: readonly Bar[]): void {
  const highest = Math.max(1e-9, ...bars.flatMap(heights));
  list.replaceChildren(...bars.map((bar) => barItem(bar, highest)));
}

/** Whether nothing at all was measured: a month of which no day is over yet has a day to see. */
export function isMissing({ kWh, href, marks }: Bar): boolean {
  return kWh === null && href === null && !marks.includes("future");
}

/** What the scale must reach; an unmeasured part that is larger than the measured one is cut off. */
function heights({ kWh, unmeasuredKWh, beforeKWh }: Bar): number[] {
  const own = kWh ?? 0;
  return [own + Math.min(own, unmeasuredKWh), beforeKWh ?? 0];
}

function barItem(bar: Bar, highest: number): HTMLLIElement {
  const { name, values, label, href, marks } = bar;
  // The name is a text of its own: an aria-label would have to hold every word that is seen (WCAG 2.5.3).
  const parts = [
    element("span", { class: "unseen" }, label),
    lines("bar-name", name),
    track(bar, highest),
    lines("bar-values", values),
  ];
  const inner = href === null
    ? element("span", { class: "bar" }, ...parts)
    : element("a", { class: "bar", href }, ...parts);
  return element("li", { class: marks.join(" ") || null }, inner);
}

function lines(name: string, texts: readonly string[]): HTMLElement {
  const made = texts.map((text) => element("span", {}, text));
  return element("span", { class: name, "aria-hidden": "true" }, ...made);
}

function track(bar: Bar, highest: number): HTMLElement {
  const { kWh, unmeasuredKWh, beforeKWh } = bar;
  const own = kWh ?? 0;
  const hatched = Math.min(unmeasuredKWh, highest - own);
  return element(
    "span",
    { class: isMissing(bar) ? "bar-track missing" : "bar-track" },
    beforeKWh === null ? null : part("bar-before", beforeKWh / highest),
    element(
      "span",
      { class: "bar-own" },
      own > 0 ? part("bar-fill", own / highest) : null,
      hatched > 0 ? part("bar-unmeasured", hatched / highest) : null,
    ),
  );
}

/** A length is set through the CSSOM, which the strict content security policy allows. */
function part(name: string, share: number): HTMLElement {
  const made = element("span", { class: name });
  made.style.setProperty("--part", share.toFixed(4));
  return made;
}
