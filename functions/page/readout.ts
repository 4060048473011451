import type uPlot from "uplot";
import type { Format } from "./format.ts";

/** What a value that is read off is told in. */
export interface Words {
  readonly texts: { readonly noReading: string };
  readonly format: Pick<Format, "time" | "power">;
}

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
  words: () => Words,
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
    if (event.shiftKey || event.altKey || event.ctrlKey || event.metaKey) return;
    const [first, last] = inView(plot);
    const wanted = target(event.key, plot.cursor.idx ?? last, first, last);
    if (wanted === null || last < first) return;
    event.preventDefault();
    const at = plot.data[0][Math.min(last, Math.max(first, wanted))] ?? 0;
    plot.setCursor({ left: plot.valToPos(at, "x"), top: 0 });
  });
  place.addEventListener("blur", () => plot.setCursor({ left: -10, top: -10 }));
}

/** The first and the last place whose time is shown. */
function inView({ data: [times], scales: { x } }: uPlot): [number, number] {
  const first = times.findIndex((at) => at >= (x?.min ?? -Infinity));
  const beyond = times.findIndex((at) => at > (x?.max ?? Infinity));
  return [Math.max(0, first), (beyond < 0 ? times.length : beyond) - 1];
}

/** The place that a slider's key leads to (ARIA Authoring Practices, slider), `null` for any other key. */
function target(key: string, from: number, first: number, last: number): number | null {
  const page = Math.ceil((last - first + 1) / 24);
  const places: Record<string, number> = {
    ArrowLeft: from - 1,
    ArrowDown: from - 1,
    ArrowRight: from + 1,
    ArrowUp: from + 1,
    PageDown: from - page,
    PageUp: from + page,
    Home: first,
    End: last,
  };
  return places[key] ?? null;
}
