import { datesOf } from "../query/span.ts";
import type { ExportFormat } from "./frame.ts";
import type { ExportRequest } from "./request.ts";

const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = {
  // RFC 4180, 3: the header row is announced.
  csv: "text/csv; charset=utf-8; header=present",
  json: "application/json",
  ndjson: "application/x-ndjson",
};

/** A file's media type by its format. */
export function mediaType(format: ExportFormat): string {
  return MEDIA_TYPES[format];
}

/** The name under which an export is best kept: `mcce_2026-11-01_2026-11-30_raw.csv`. */
export function fileName(
  { span, resolution, format, source }: ExportRequest,
  timeZone: string,
): string {
  const dates = datesOf(span, timeZone);
  const days = dates ? [...new Set([dates.fromDate, dates.toDate])] : ["empty"];
  return `${["mcce", ...days, resolution, ...(source ? [source] : [])].join("_")}.${format}`;
}
