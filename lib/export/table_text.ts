import { CSV_LINE_END, type ExportFormat, frameOf } from "./frame.ts";

/** A value of a row; `null` where there is none. */
export type Cell = string | number | null;

/** How the rows of one kind are written. */
export interface Table<Row> {
  /** The names of the CSV document's columns. */
  readonly columns: readonly string[];
  /** A row's values by column. */
  readonly cells: (row: Row) => readonly Cell[];
  /** A row as the JSON formats have it. */
  readonly object: (row: Row) => object;
}

/** Characters that one piece has at most, but for its last row. */
const PIECE_LENGTH = 16_384;

/** Rows as a document in pieces; holds one of these at a time. */
export async function* tableText<Row>(
  rows: AsyncIterable<Row>,
  { columns, cells, object }: Table<Row>,
  format: ExportFormat,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { open, separator, close } = frameOf(format, columns);
  const encoder = new TextEncoder();
  let text = open;
  let before = "";
  for await (const row of rows) {
    text += before + (format === "csv" ? csvRecord(cells(row)) : JSON.stringify(object(row)));
    if (format === "ndjson") text += "\n";
    before = separator;
    if (text.length < PIECE_LENGTH) continue;
    yield encoder.encode(text);
    text = "";
  }
  yield encoder.encode(text + close);
}

function csvRecord(cells: readonly Cell[]): string {
  return cells.map(csvField).join(",") + CSV_LINE_END;
}

/** A field as RFC 4180 has it: quoted where it holds what ends one. */
function csvField(cell: Cell): string {
  const text = cell === null ? "" : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
