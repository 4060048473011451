import { type Figure, isMet } from "./bench.ts";

/** A bench's figures, or the sentence by which it failed. */
export interface Result {
  readonly bench: string;
  readonly figures: readonly Figure[];
  readonly failure: string | null;
}

const HEADS = ["bench", "figure", "value", "bound", "met", "baseline", "rounds", "median", "p99"];

/** The results as text for a person: a line a figure, then the notes. */
export function table(results: readonly Result[]): string {
  const notes: string[] = [];
  const mark = (note: string | undefined) => note ? ` [${notes.push(note)}]` : "";
  const rows = results.flatMap(({ bench, figures, failure }) =>
    failure !== null
      ? [[bench, `failed${mark(failure)}`]]
      : figures.map((figure) => row(bench, figure, mark(figure.note)))
  );
  const widths = HEADS.map((head, i) =>
    Math.max(head.length, ...rows.map((cells) => cells[i]?.length ?? 0))
  );
  const line = (cells: readonly string[]) =>
    widths.map((width, i) => (cells[i] ?? "").padEnd(width)).join("  ").trimEnd();
  const lines = [HEADS, widths.map((width) => "-".repeat(width)), ...rows].map(line);
  return [...lines, ...notes.map((note, i) => `[${i + 1}] ${note}`)].join("\n");
}

function row(bench: string, figure: Figure, mark: string): string[] {
  const { name, value, unit, atMost, baseline, spread } = figure;
  const met = isMet(figure);
  return [
    bench,
    name + mark,
    value === null ? "not measured" : `${short(value)} ${unit}`,
    atMost === undefined ? "" : `≤ ${atMost}`,
    met === null ? "" : met ? "yes" : "NO",
    baseline ? `${short(baseline.value)} (${baseline.name})` : "",
    spread ? String(spread.rounds) : "",
    spread ? short(spread.median) : "",
    spread ? short(spread.p99) : "",
  ];
}

/** Three digits that count, whole numbers in full. */
function short(value: number): string {
  return Number.isInteger(value) || Math.abs(value) >= 100
    ? String(Math.round(value))
    : String(Number(value.toPrecision(3)));
}
