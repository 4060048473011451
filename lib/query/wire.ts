import type { Band } from "../tariff.ts";

/** `GET /query/span`: the days of which anything is known; `null`s before the first reading. Dates are `YYYY-MM-DD`. */
export interface SpanAnswer {
  /** IANA name. */
  readonly timeZone: string;
  readonly firstDate: string | null;
  readonly lastDate: string | null;
  readonly today: string;
}

/** Energy by the Italian tariff's bands, in kWh. */
export type BandsKWh = Readonly<Record<Band, number>>;

/** A row of `GET /query/days`: a local day; of today as far as its last reading. */
export interface DayAnswer {
  /** `YYYY-MM-DD`. */
  readonly date: string;
  readonly kWh: number;
  /** Over the measured time. */
  readonly meanWatts: number;
  readonly minWatts: number;
  readonly maxWatts: number;
  /** When the highest power began, epoch milliseconds. */
  readonly maxAt: number;
  /** 0..1 of the day that was really measured, of the time so far for today; `null` where `source` is `origin`. */
  readonly coverage: number | null;
  /** `origin` when any of the day was taken over from the Python origin. */
  readonly source: "measured" | "origin";
  /** `null` where what is known of the day is too coarse to tell. */
  readonly bandsKWh: BandsKWh | null;
  /** What the house draws at its quietest; `null` where that is unknown. */
  readonly baseLoadWatts: number | null;
}

/** What the rows of a power curve were made from: readings, the stored rows of `MIN_TIME_RES`, of six hours, or of a day. */
export type HistoryLevel = "raw" | "history" | "sixHourly" | "day";

/** A piece of a power curve, up to the next row's `at`. A gap is one row of `null`s. */
export interface HistoryRow {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly meanWatts: number | null;
  readonly minWatts: number | null;
  readonly maxWatts: number | null;
}

/** `GET /query/history`. */
export interface HistoryAnswer {
  readonly level: HistoryLevel;
  /** Where the last row ends, epoch milliseconds: with the span, or with the newest reading. */
  readonly endMs: number;
  /** In rising order of `at`; none for a span that is empty or still to come. */
  readonly rows: readonly HistoryRow[];
}

/** A month's energy among the months of its year. */
export interface MonthAnswer {
  /** 1 to 12. */
  readonly month: number;
  readonly kWh: number;
  /** 0..1 of the year's energy. */
  readonly share: number;
}

/** `GET /query/stats`: the kWh of the complete days of a year or a month. */
export interface StatsAnswer {
  readonly days: number;
  /** `null` without a day. */
  readonly max: number | null;
  readonly min: number | null;
  readonly mean: number | null;
  /** The sample standard deviation; `null` with fewer than two days. */
  readonly std: number | null;
  readonly sum: number;
  /** Oldest first; a month without a complete day is absent. */
  readonly months: readonly MonthAnswer[];
  /** Of the days whose bands are known; `null` when those of none are. */
  readonly bandsKWh: BandsKWh | null;
}
