import { createFormat, type Format } from "../format.ts";
import type { Language } from "../texts.ts";
import { createNumbers, type Numbers } from "./numbers.ts";

/** What the part of the history page writes that shows a day: times as well as numbers. */
export interface DayFormat extends Format, Numbers {
  /** `YYYY-MM-DD` in the zone. */
  date(atMs: number): string;
  /** The name of the zone's time then: `CEST`. */
  zoneName(atMs: number): string;
}

/**
 * The formatter of a day. Pure.
 *
 * @param timeZone IANA name; a name that the runtime does not know throws a RangeError.
 */
export function createDayFormat(language: Language, timeZone: string): DayFormat {
  const locale = language === "it" ? "it-IT" : "en-GB";
  // The form of dates in Sweden is ISO 8601's.
  const dates = new Intl.DateTimeFormat("sv-SE", { timeZone });
  const zones = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "short" });
  return {
    ...createFormat(language, timeZone),
    ...createNumbers(language),
    date: (atMs) => dates.format(atMs),
    zoneName: (atMs) =>
      zones.formatToParts(atMs).find(({ type }) => type === "timeZoneName")?.value ?? "",
  };
}
