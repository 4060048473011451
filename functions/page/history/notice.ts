import { byId, element } from "../dom.ts";
import type { HistoryTexts } from "./texts.ts";

/** Says that the service did not answer, with a button that asks again. */
export function drawFailure(error: unknown, texts: HistoryTexts, again: () => void): void {
  const list = byId("notices");
  const button = element("button", { type: "button" }, texts.again);
  button.addEventListener("click", again);
  const cause = element(
    "small",
    { lang: "en" },
    error instanceof Error ? error.message : `${error}`,
  );
  list.replaceChildren(element("li", {}, element("span", {}, texts.failed), cause, button));
  list.hidden = false;
}

/** Takes the notice away. */
export function clearFailure(): void {
  byId("notices").hidden = true;
}
