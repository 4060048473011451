import { type DayPlaces, daysOf, historyRowsOf } from "./days.ts";
import { rawText } from "./raw_text.ts";
import { type ReadingPlaces, readingsOf } from "./readings.ts";
import type { ExportRequest } from "./request.ts";
import { tableText } from "./table_text.ts";
import { DAY_TABLE, historyTable } from "./tables.ts";

/** Where exports take their rows from. */
export type ExportPlaces = ReadingPlaces & DayPlaces;

/** What is asked for as the bytes of a document, in pieces; each is made when it is asked for. */
export function exportDocument(
  { span, resolution, format, source }: ExportRequest,
  places: ExportPlaces,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { timeZone } = places;
  switch (resolution) {
    case "raw":
      return rawText(readingsOf({ span, source }, places), format, timeZone);
    case "history":
      return tableText(historyRowsOf(span, places), historyTable(timeZone), format);
    case "day":
      return tableText(daysOf(span, places), DAY_TABLE, format);
  }
}
