import type uPlot from "uplot";
import type { Format } from "./format.ts";
import type { Texts } from "./texts.ts";

/**
 * Lets mouse, finger and arrow keys read single values off a chart: `place` is a slider over its times (the keys'
 * standard role), `output` shows the value under the cursor.
 *
 * @param row the line that is read
 */
export function readOff(
  plot: uPlot,
  place: HTMLElement,
  output: HTMLElement,
  row: number,
  words: () => { readonly texts: Texts; readonly format: Format },
): void {
  const tell = (index: number | null | undefined) => {
    const at = index === null || index === undefined ? undefined : plot.data[0][index];
    if (index === null || index === undefined || at === undefined) {
      output.textContent = "";
      return;
    }
    const { texts, format } = words();
    const watts = plot.data[row + 1]?.[index];
    const value = watts === null || watts === undefined ? texts.noReading : format.power(watts);
    output.textContent = `${format.time(at)} · ${value}`;
    place.setAttribute("aria-valuemax", String(plot.data[0].length - 1));
    place.setAttribute("aria-valuenow", String(index));
    place.setAttribute("aria-valuetext", `${format.time(at)}, ${value}`);
  };
  (plot.hooks.setCursor ??= []).push(() => tell(plot.cursor.idx));

  place.addEventListener("keydown", (event) => {
    const times = plot.data[0];
    const last = times.length - 1;
    if (last < 0) return;
    const page = Math.ceil(times.length / 24);
    const from = plot.cursor.idx ?? last;
    const to: Record<string, number> = {
      ArrowLeft: from - 1,
      ArrowRight: from + 1,
      PageDown: from - page,
      PageUp: from + page,
      Home: 0,
      End: last,
    };
    const wanted = to[event.key];
    if (wanted === undefined) return;
    event.preventDefault();
    const at = times[Math.min(last, Math.max(0, wanted))] ?? 0;
    plot.setCursor({ left: plot.valToPos(at, "x"), top: 0 });
  });
  place.addEventListener("blur", () => plot.setCursor({ left: -10, top: -10 }));
}
