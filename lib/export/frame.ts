/** How an export is written. */
export type ExportFormat = "csv" | "json" | "ndjson";

/** What stands before, between and after the rows of a document. */
export interface Frame {
  readonly open: string;
  /** Before each row but the first. */
  readonly separator: string;
  readonly close: string;
}

/** Ends each line of a CSV document (RFC 4180, 2.1). */
export const CSV_LINE_END = "\r\n";

/** The frame of a document whose rows end their own line in all but JSON. A document without rows is a whole one too. */
export function frameOf(format: ExportFormat, columns: readonly string[]): Frame {
  if (format === "csv") {
    return { open: columns.join(",") + CSV_LINE_END, separator: "", close: "" };
  }
  return format === "json"
    ? { open: "[\n", separator: ",\n", close: "\n]\n" }
    : { open: "", separator: "", close: "" };
}
