import { createFormat, type Format } from "../format.ts";
import type { Language } from "../texts.ts";

/** What the history page writes besides numbers that the live page has too. */
export interface HistoryFormat extends Format {
  /** A part of a whole with one decimal: `8.4%`. */
  share(part: number): string;
  /** How much more or less than before: `+3.9%`, `−12.0%`. */
  change(by: number): string;
  /** A number with as many decimals as it needs, two at most. */
  number(value: number): string;
  /** `YYYY-MM-DD` in the zone. */
  date(atMs: number): string;
  /** The name of the zone's time then: `CEST`. */
  zoneName(atMs: number): string;
}

const LOCALES = { en: "en-GB", it: "it-IT" } as const;

/**
 * The formatter of the history page. Pure.
 *
 * @param timeZone IANA name; a name that the runtime does not know throws a RangeError.
 */
export function createHistoryFormat(language: Language, timeZone: string): HistoryFormat {
  const locale = LOCALES[language];
  const one = { style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 } as const;
  const shares = new Intl.NumberFormat(locale, one);
  const changes = new Intl.NumberFormat(locale, { ...one, signDisplay: "exceptZero" });
  const numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  // The form of dates in Sweden is ISO 8601's.
  const dates = new Intl.DateTimeFormat("sv-SE", { timeZone });
  const zones = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "short" });
  return {
    ...createFormat(language, timeZone),
    share: (part) => shares.format(part),
    change: (by) => changes.format(by),
    number: (value) => numbers.format(value),
    date: (atMs) => dates.format(atMs),
    zoneName: (atMs) =>
      zones.formatToParts(atMs).find(({ type }) => type === "timeZoneName")?.value ?? "",
  };
}
