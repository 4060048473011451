import type { HistoryFormat } from "./format.ts";
import type { HistoryTexts } from "./texts.ts";

/** In whose words and numbers something is told. */
export interface Voice {
  readonly texts: HistoryTexts;
  readonly format: HistoryFormat;
}
