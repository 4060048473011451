import type { PowerRow } from "../minute_sums.ts";
import type { Span } from "../query/span.ts";
import type { DayAnswer } from "../query/wire.ts";
import { rawText } from "./raw_text.ts";
import { type ReadingPlaces, readingsOf } from "./readings.ts";
import type { ExportRequest } from "./request.ts";
import { tableText } from "./table_text.ts";
import { DAY_TABLE, historyTable } from "./tables.ts";

/** Where exports take their rows from. */
export interface ExportSources extends ReadingPlaces {
  /** The rows of `MIN_TIME_RES` minutes that start in a span, in order. */
  readonly historyRows: (span: Span) => AsyncIterable<PowerRow>;
  /** The local days that a span touches, in order. */
  readonly days: (span: Span) => AsyncIterable<DayAnswer>;
}

/** What is asked for as the bytes of a document, in pieces; each is made when it is asked for. */
export function exportDocument(
  { span, resolution, format, source }: ExportRequest,
  sources: ExportSources,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { timeZone } = sources;
  switch (resolution) {
    case "raw":
      return rawText(readingsOf({ span, source }, sources), format, timeZone);
    case "history":
      return tableText(sources.historyRows(span), historyTable(timeZone), format);
    case "day":
      return tableText(sources.days(span), DAY_TABLE, format);
  }
}
