/** Which of the links a key leads to; `null` when it is none of its keys. */
export type Target = (
  key: string,
  links: readonly HTMLAnchorElement[],
  from: number,
) => number | null;

/**
 * Makes the links of a chart one stop of the Tab key, within which the arrow keys go (ARIA Authoring Practices, roving
 * tabindex). Call it once; {@linkcode settle} after each drawing.
 */
export function rove(place: HTMLElement, target: Target): void {
  place.addEventListener("keydown", (event) => {
    if (event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
    const links = linksOf(place);
    const from = links.findIndex((link) => link === document.activeElement);
    const wanted = from < 0 ? null : target(event.key, links, from);
    if (wanted === null) return;
    event.preventDefault();
    links[Math.min(links.length - 1, Math.max(0, wanted))]?.focus();
  });
  place.addEventListener("focusin", ({ target: link }) => {
    if (link instanceof HTMLAnchorElement) stopAt(linksOf(place), link);
  });
}

/** Lets the Tab key stop at one link of a newly drawn chart: the last, which is the newest. */
export function settle(place: HTMLElement): void {
  const links = linksOf(place);
  stopAt(links, links[links.length - 1]);
}

function stopAt(links: readonly HTMLAnchorElement[], chosen: HTMLAnchorElement | undefined): void {
  for (const link of links) link.tabIndex = link === chosen ? 0 : -1;
}

function linksOf(place: HTMLElement): HTMLAnchorElement[] {
  return Array.from(place.querySelectorAll("a"));
}

/** The keys of a row of bars, which may stand beside or below each other. */
export const alongRow: Target = (key, links, from) => {
  const places: Record<string, number> = {
    ArrowLeft: from - 1,
    ArrowUp: from - 1,
    ArrowRight: from + 1,
    ArrowDown: from + 1,
    Home: 0,
    End: links.length - 1,
  };
  return places[key] ?? null;
};
