import { address, HISTORY_PATH, type Place, readPlace } from "./place.ts";

/**
 * How a place came to be shown: by a link or a choice, in the stead of the one before, by Back and Forward, or once more
 * since it may have changed.
 */
export type Arrival = "step" | "instead" | "back" | "again";

/** Goes to a place, with an address of its own. */
export function goTo(place: Place, arrival: "step" | "instead"): void {
  const way = arrival === "step" ? "pushState" : "replaceState";
  if (address(place) !== location.pathname + location.search) {
    history[way](null, "", address(place));
  }
}

/** Turns the page's links to places, and Back and Forward, into visits without a new document. */
export function followLinks(visit: (place: Place | null, arrival: Arrival) => void): void {
  document.addEventListener("click", (event) => {
    const isPlain = event.button === 0 && !event.defaultPrevented && !event.metaKey &&
      !event.ctrlKey && !event.shiftKey && !event.altKey;
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (!isPlain || link === null || link.origin !== location.origin) return;
    if (link.pathname !== HISTORY_PATH) return;
    event.preventDefault();
    visit(readPlace(new URLSearchParams(link.search)), "step");
  });
  addEventListener("popstate", () => visit(addressed(), "back"));
}

/** The place that the page's address names. */
export function addressed(): Place | null {
  return readPlace(new URLSearchParams(location.search));
}
