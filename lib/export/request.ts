import { type Given, refuse } from "../query/parameters.ts";
import { type KnownDays, readSpan, type Span } from "../query/span.ts";
import type { Source } from "../store/digest.ts";
import type { ExportFormat } from "./frame.ts";

/** What a row of an export is: a reading, a stored row of `MIN_TIME_RES` minutes, or a local day. */
export type Resolution = "raw" | "history" | "day";

/** What is to be exported, and how. */
export interface ExportRequest {
  readonly span: Span;
  readonly resolution: Resolution;
  readonly format: ExportFormat;
  /** Readings of this source only; `null`: of both. */
  readonly source: Source | null;
}

/** The parameters of an export, by name. */
export const EXPORT_PARAMETERS = ["from", "to", "resolution", "format", "source"] as const;

export const RESOLUTIONS: readonly Resolution[] = ["raw", "history", "day"];
export const FORMATS: readonly ExportFormat[] = ["csv", "json", "ndjson"];
export const SOURCES: readonly Source[] = ["measured", "origin"];

/** Reads what is to be exported: by default every reading, as CSV. What is wrong joins `problems`; the result means nothing then. */
export function readExport(given: Given, days: KnownDays, problems: string[]): ExportRequest {
  const span = readSpan(given, days, problems);
  const resolution = readOneOf(given, "resolution", RESOLUTIONS, problems) ?? "raw";
  const format = readOneOf(given, "format", FORMATS, problems) ?? "csv";
  const source = readOneOf(given, "source", SOURCES, problems);
  if (source !== null && resolution !== "raw") {
    const reason = `only resolution=raw takes it, other rows are made from both`;
    problems.push(refuse("source", source, reason));
  }
  return { span, resolution, format, source };
}

function readOneOf<Value extends string>(
  given: Given,
  name: string,
  values: readonly Value[],
  problems: string[],
): Value | null {
  const text = given[name];
  if (!text) return null;
  const value = values.find((one) => one === text);
  if (value !== undefined) return value;
  problems.push(
    refuse(name, text, `it takes ${values.slice(0, -1).join(", ")} or ${values.at(-1)}`),
  );
  return null;
}
