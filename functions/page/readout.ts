import type uPlot from "uplot";
import type { Format } from "./format.ts";
import type { Texts } from "./texts.ts";

/** A line that is read off: its row in the chart's data, and its name where there is more than one. */
export interface Read {
  readonly row: number;
  readonly label: string;
}

/**
 * Lets mouse, finger and arrow keys read single values off a chart: `place` is a slider over its times (the role whose
 * keys these are), `output` shows the values under the cursor. A named line is left out where it has no value.
 */
export function readOff(
  plot: uPlot,
  place: HTMLElement,
  output: HTMLElement,
  reads: readonly Read[],
  words: () => { readonly texts: Texts; readonly format: Format },
): void {
  const tell = (index: number | null | undefined) => {
    const at = index === null || index === undefined ? undefined : plot.data[0][index];
    if (index === null || index === undefined || at === undefined) {
      output.textContent = "";
      return;
    }
    const { texts, format } = words();
    const values = reads.map(({ row, label }) => {
      const watts = plot.data[row + 1]?.[index] ?? null;
      if (watts === null) return label === "" ? texts.noReading : "";
      return `${label} ${format.power(watts)}`.trim();
    }).filter((value) => value !== "");
    const time = format.time(at);
    output.textContent = [time, ...values].join(" · ");
    place.setAttribute("aria-valuemax", String(plot.data[0].length - 1));
    place.setAttribute("aria-valuenow", String(index));
    place.setAttribute("aria-valuetext", [time, ...values].join(", "));
  };
  (plot.hooks.setCursor ??= []).push(() => tell(plot.cursor.idx));

  place.addEventListener("keydown", (event) => {
    const times = plot.data[0];
    const last = times.length - 1;
    const wanted = target(event.key, plot.cursor.idx ?? last, last);
    if (wanted === null || last < 0) return;
    event.preventDefault();
    const at = times[Math.min(last, Math.max(0, wanted))] ?? 0;
    plot.setCursor({ left: plot.valToPos(at, "x"), top: 0 });
  });
  place.addEventListener("blur", () => plot.setCursor({ left: -10, top: -10 }));
}

/** The place that a slider's key leads to (ARIA Authoring Practices, slider), `null` for any other key. */
function target(key: string, from: number, last: number): number | null {
  const page = Math.ceil((last + 1) / 24);
  const places: Record<string, number> = {
    ArrowLeft: from - 1,
    ArrowDown: from - 1,
    ArrowRight: from + 1,
    ArrowUp: from + 1,
    PageDown: from - page,
    PageUp: from + page,
    Home: 0,
    End: last,
  };
  return places[key] ?? null;
}
