import * as z from "zod/mini";
import type {
  BandsKWh,
  DayAnswer,
  HistoryAnswer,
  HistoryRow,
  MonthAnswer,
  SpanAnswer,
  StatsAnswer,
} from "../../../lib/query/wire.ts";
import { atMs, date, kWh, said, share, watts } from "../schema.ts";

const span = z.strictObject({
  timeZone: said(z.string(), "IANA name of the zone whose days these are"),
  firstDate: z.nullable(date("The oldest day of which anything is known")),
  lastDate: z.nullable(date("The newest one")),
  today: date("The present day"),
}) satisfies z.ZodMiniType<SpanAnswer>;

const bands = z.strictObject({
  f1: kWh("Monday to Friday 8 to 19"),
  f2: kWh("Monday to Friday 7 to 8 and 19 to 23, Saturday 7 to 23"),
  f3: kWh("The rest, Sundays and national holidays"),
}) satisfies z.ZodMiniType<BandsKWh>;

const day = z.strictObject({
  date: date("The local day"),
  kWh: kWh("Its energy, of today so far"),
  meanWatts: watts("Mean power over the measured time"),
  minWatts: watts("Lowest power"),
  maxWatts: watts("Highest power"),
  maxAt: atMs("When that began"),
  coverage: said(
    z.nullable(share("The part of the day that was really measured, of the time so far for today")),
    "null where source is origin",
  ),
  source: said(
    z.enum(["measured", "origin"]),
    "origin: some of it was taken over from the Python origin, and its times are approximate",
  ),
  bandsKWh: said(z.nullable(bands), "null where what is known of the day is too coarse to tell"),
  baseLoadWatts: z.nullable(watts("What the house draws at its quietest")),
}) satisfies z.ZodMiniType<DayAnswer>;

const exportReading = z.strictObject({
  time: said(z.string(), "ISO 8601 with the zone's offset, to the tenth of a second"),
  watts: watts("The reading"),
});

const exportRow = z.strictObject({
  time: said(z.string(), "Where the row begins, ISO 8601 with the zone's offset"),
  meanWatts: watts("Mean power over the measured time"),
  minWatts: watts("Lowest power"),
  maxWatts: watts("Highest power"),
  coverage: share("The part of the row that was measured"),
});

const power = (what: string) => z.nullable(watts(what));

const row = z.strictObject({
  at: atMs("Where the row begins; it goes on to the next one"),
  meanWatts: power("Mean power over the measured time"),
  minWatts: power("Lowest power"),
  maxWatts: power("Highest power"),
}) satisfies z.ZodMiniType<HistoryRow>;

const history = z.strictObject({
  level: said(
    z.enum(["raw", "history", "sixHourly", "day"]),
    "What the rows were made from: readings, rows of MIN_TIME_RES minutes, of six hours, or of a day",
  ),
  endMs: atMs("Where the last row ends: with the span, or with the newest reading"),
  rows: said(z.array(row), "A gap is one row of nulls"),
}) satisfies z.ZodMiniType<HistoryAnswer>;

const month = z.strictObject({
  month: said(z.int().check(z.minimum(1), z.maximum(12)), "1 to 12"),
  kWh: kWh("Energy of its complete days"),
  share: share("Of the year's energy"),
}) satisfies z.ZodMiniType<MonthAnswer>;

const stats = z.strictObject({
  days: said(z.int(), "How many days are complete and known"),
  max: z.nullable(kWh("The highest day")),
  min: z.nullable(kWh("The lowest day")),
  mean: z.nullable(kWh("The mean day")),
  std: said(
    z.nullable(z.number()),
    "The sample standard deviation (n - 1) in kWh; null with fewer than two days",
  ),
  sum: kWh("All days"),
  months: said(z.array(month), "Those that have a complete day, oldest first"),
  bandsKWh: said(z.nullable(bands), "Of the days whose bands are known"),
}) satisfies z.ZodMiniType<StatsAnswer>;

/** The named schemas of what is asked about the past. */
export const QUERY_SCHEMAS = {
  KnownSpan: span,
  BandsKWh: bands,
  Day: day,
  Days: z.array(day),
  History: history,
  Stats: stats,
  ExportReading: exportReading,
  ExportRow: exportRow,
};
