import type { Language } from "./texts.ts";

/** A number in words and its unit, kept apart so that a page can set them in different sizes. */
export interface Quantity {
  readonly value: string;
  readonly unit: string;
}

/** How numbers and times read in one language and one time zone, wherever the browser is. */
export interface Format {
  /** Whose times it tells. */
  readonly timeZone: string;
  /** Power: below 10 kW whole watts without grouping, from there kilowatts with two decimals. */
  quantity(watts: number): Quantity;
  /** {@linkcode Format.quantity} as one text: `1999 W`, `13,42 kW`. */
  power(watts: number): string;
  /** Energy with two decimals: `7,41`. */
  kWh(kWh: number): string;
  /** 0..1 as whole per cent, rounded down: 99.9 % measured is not 100 %. */
  percent(share: number): string;
  /** A count with the language's grouping. */
  count(n: number): string;
  /** `1, 2 and 3`. */
  list(items: readonly string[]): string;
  /** `14:32`. */
  time(atMs: number): string;
  /** `14:32:05`. */
  timeOfSecond(atMs: number): string;
  /** `14:32` when that was on the day of `nowMs`, else `14:32 (22 November)`. */
  since(atMs: number, nowMs: number): string;
  /** The clock of the zone: hours 0..23 and minutes 0..59. */
  clock(atMs: number): { readonly hour: number; readonly minute: number };
}

const LOCALES = { en: "en-GB", it: "it-IT" } as const;
const KILO = 1000;
const KILOWATTS_FROM_WATTS = 10 * KILO;

/**
 * The formatter of a page. Pure: the same input gives the same text.
 *
 * @param timeZone IANA name; a name that the runtime does not know throws a RangeError.
 */
export function createFormat(language: Language, timeZone: string): Format {
  const { twoDecimals, counts, percents, lists, minutes, wall, seconds, dates, days } = formatters(
    LOCALES[language],
    timeZone,
  );
  const quantity = (watts: number): Quantity =>
    watts < KILOWATTS_FROM_WATTS
      ? { value: String(Math.round(watts)), unit: "W" }
      : { value: twoDecimals.format(watts / KILO), unit: "kW" };
  const time = (atMs: number) => minutes.format(atMs);

  return {
    timeZone,
    quantity,
    power(watts) {
      const { value, unit } = quantity(watts);
      return `${value} ${unit}`;
    },
    kWh: (kWh) => twoDecimals.format(kWh),
    percent: (share) => percents.format(Math.floor(share * 100) / 100),
    count: (n) => counts.format(n),
    list: (items) => lists.format(items),
    time,
    timeOfSecond: (atMs) => seconds.format(atMs),
    since: (atMs, nowMs) =>
      days.format(atMs) === days.format(nowMs)
        ? time(atMs)
        : `${time(atMs)} (${dates.format(atMs)})`,
    clock(atMs) {
      const [hour, minute] = wall.format(atMs).split(":");
      return { hour: Number(hour), minute: Number(minute) };
    },
  };
}

function formatters(locale: string, timeZone: string) {
  const hm = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone } as const;
  return {
    twoDecimals: new Intl.NumberFormat(locale, {
      minimumFractionDigits: 2,
      maximumFractionDigits: 2,
      useGrouping: false,
    }),
    counts: new Intl.NumberFormat(locale, { maximumFractionDigits: 0 }),
    percents: new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 }),
    lists: new Intl.ListFormat(locale),
    minutes: new Intl.DateTimeFormat(locale, hm),
    wall: new Intl.DateTimeFormat("en-GB", hm), // parted by a colon, whatever the language
    seconds: new Intl.DateTimeFormat(locale, { ...hm, second: "2-digit" }),
    dates: new Intl.DateTimeFormat(locale, { day: "numeric", month: "long", timeZone }),
    days: new Intl.DateTimeFormat("en", { dateStyle: "short", timeZone }),
  };
}
