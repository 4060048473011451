import { addDays } from "../calendar.ts";
import { toColumns } from "../export/union.ts";
import type { PowerRow } from "../minute_sums.ts";
import type { Reading } from "../reading.ts";
import type { HeldReadings, Source } from "../store/digest.ts";
import type { HeldColumns } from "../store/year_read.ts";
import { UserError } from "../user_error.ts";
import { curveOf, type CurveSource } from "./curves.ts";
import { FreshDays, type FreshDaysOptions } from "./fresh_days.ts";
import { type DayEntry, HouseDays } from "./house_days.ts";
import { levelOf } from "./level.ts";
import { patiently } from "./patience.ts";
import { makeSlices } from "./slices.ts";
import { DEFAULT_POINTS } from "./parameters.ts";
import { datesOf, type KnownDays, type Span } from "./span.ts";
import { statsOf } from "./stats.ts";
import type { DayAnswer, HistoryAnswer, SpanAnswer, StatsAnswer } from "./wire.ts";
import { type YearReader, type YearSource, YearTables } from "./year_tables.ts";

/** A yearly file and its readings. */
export interface ReadingsReader extends YearReader {
  readings(date: string, source: Source): HeldReadings | null;
  columns(date: string, source: Source): HeldColumns | null;
  lastReading(date: string): Reading | null;
}

/** What questions are answered from. */
export interface HouseQueryOptions
  extends Omit<FreshDaysOptions, "stored" | "storedVersion" | "pause"> {
  readonly years: YearSource<ReadingsReader>;
  readonly monoMs: () => number;
  /** Told, in one line, of a day of the journal that cannot be read. */
  readonly onProblem: (sentence: string) => void;
}

const DAY_MS = 86_400_000;
/** A month's power curve: its rows come from the yearly files, those of a longer one from memory. */
const WARM_DAYS = 31;

/** A day, and its rows of `MIN_TIME_RES` minutes, in order, when they are asked for. */
export interface DayWithRows {
  readonly answer: DayAnswer;
  readonly historyRows: () => Promise<readonly PowerRow[]>;
}

/**
 * Answers questions about all that is known of the house, today included, in small pieces of work that hold up nothing
 * else. All may throw YearFileError, and a span of time is answered as far as anything can be known of it.
 */
export class HouseQuery {
  readonly #options: HouseQueryOptions;
  readonly #slices;
  readonly #fresh: FreshDays;
  readonly #days: HouseDays;
  readonly #source: CurveSource;

  constructor(options: HouseQueryOptions) {
    const { years, monoMs, minTimeRes, onProblem } = options;
    this.#options = options;
    this.#slices = makeSlices(monoMs);
    const { pause } = this.#slices;
    const yearly = (date: string) => years.existing(yearOf(date));
    const stored = (date: string, source: Source) =>
      patiently(() => yearly(date)?.readings(date, source) ?? null);
    const columns = (date: string, source: Source) =>
      patiently(() => yearly(date)?.columns(date, source) ?? null);
    const storedVersion = (date: string) => years.version(yearOf(date));
    this.#fresh = new FreshDays({ ...options, stored, storedVersion, pause });
    const tables = new YearTables(years, pause);
    this.#days = new HouseDays({ fresh: this.#fresh, tables, pause, onProblem });
    this.#source = {
      storedRows: (date, fromMs, toMs) =>
        patiently(() => [...yearly(date)?.rows("history", fromMs, toMs) ?? []]),
      storedReadings: async ({ date }) => ({
        measured: await columns(date, "measured"),
        origin: await columns(date, "origin"),
        carriedIn: await patiently(() => {
          const before = addDays(date, -1);
          return yearly(before)?.lastReading(before) ?? null;
        }),
      }),
      freshReadings: async ({ date }) => {
        const { measured, origin, carriedIn } = await this.#fresh.readings(date);
        return { measured: toHeld(measured), origin: origin && toHeld(origin), carriedIn };
      },
      minTimeRes,
      pause,
    };
  }

  /** Reads the days of all years, and asks once for what the first page will. Throws what questions throw. */
  async warm(): Promise<void> {
    const { firstDate, lastDate, today } = await this.span();
    if (!firstDate || !lastDate) return;
    await this.stats(Number(today.slice(0, 4)), null);
    const { startMs, endMs } = this.#fresh.today;
    await this.days({ startMs: Date.parse(firstDate), endMs });
    const newestMs = Math.min(startMs, Date.parse(lastDate));
    for (const days of [1, WARM_DAYS]) {
      await this.history({ startMs: newestMs - days * DAY_MS, endMs: newestMs }, DEFAULT_POINTS);
    }
  }

  /** What a question may leave open. */
  known(): Promise<KnownDays> {
    return this.#slices.work(async () => {
      const { timeZone } = this.#options;
      return { timeZone, today: this.#fresh.today, firstDate: await this.#days.firstDate() };
    });
  }

  span(): Promise<SpanAnswer> {
    return this.#slices.work(async () => ({
      timeZone: this.#options.timeZone,
      firstDate: await this.#days.firstDate(),
      lastDate: await this.#days.lastDate(),
      today: this.#fresh.today.date,
    }));
  }

  /** The days that a span touches, oldest first: a `DayAnswer[]` in JSON. */
  days(span: Span): Promise<string> {
    return this.#slices.work(async () =>
      `[${(await this.#entries(span)).map(({ answer }) => answer).join(",")}]`
    );
  }

  /** The days from one date to another, both included, and their rows; also throws for a day that cannot be read. */
  withRows(fromDate: string, toDate: string): Promise<DayWithRows[]> {
    const unreadable = (sentence: string) => {
      throw new UserError(sentence);
    };
    return this.#slices.work(async () => {
      const entries = await this.#days.between(fromDate, toDate, unreadable);
      return entries.map(({ answer, day, fresh }) => ({
        answer: JSON.parse(answer),
        historyRows: async () =>
          fresh?.history ?? await this.#source.storedRows(day.date, day.startMs, day.endMs),
      }));
    });
  }

  /** The power curve of a span in at most `points` rows. */
  history(asked: Span, points: number): Promise<HistoryAnswer> {
    return this.#slices.work(async () => {
      const span = await this.#known(asked);
      const level = levelOf(asked, points, this.#options.minTimeRes);
      if (span.endMs <= span.startMs) return { level, endMs: span.startMs, rows: [] };
      // A day that was stored in another zone may reach over those beside it.
      const entries = overlapping(await this.#entries(span, 1), span);
      const rows = await curveOf({ level, span, points, entries }, this.#source);
      return { level, endMs: span.endMs, rows };
    });
  }

  /** @param month 1 to 12, `null` for the year */
  stats(year: number, month: number | null): Promise<StatsAnswer> {
    return this.#slices.work(async () => {
      const entries = await this.#days.between(`${year}-01-01`, `${year}-12-31`);
      const today = this.#fresh.today.date;
      return statsOf(entries.map(({ day }) => day).filter(({ date }) => date < today), month);
    });
  }

  /** A span as far as anything can be known of it: today ends with its newest reading. */
  async #known({ startMs, endMs }: Span): Promise<Span> {
    const { today } = this.#fresh;
    if (endMs <= today.startMs) return { startMs, endMs };
    const [soFar] = await this.#days.between(today.date, today.date);
    const knownToMs = soFar?.day.endMs ?? Math.min(today.endMs, this.#options.nowMs());
    return { startMs, endMs: Math.min(endMs, knownToMs) };
  }

  async #entries(span: Span, besides = 0): Promise<readonly DayEntry[]> {
    const dates = datesOf(span, this.#options.timeZone);
    if (!dates) return [];
    const { fromDate, toDate } = dates;
    return await this.#days.between(addDays(fromDate, -besides), addDays(toDate, besides));
  }
}

function overlapping(entries: readonly DayEntry[], { startMs, endMs }: Span): readonly DayEntry[] {
  const first = entries.findIndex(({ day }) => day.endMs > startMs);
  const last = entries.findLastIndex(({ day }) => day.startMs < endMs);
  return first < 0 ? [] : entries.slice(first, last + 1);
}

function toHeld({ readings, holdMs }: HeldReadings): HeldColumns {
  return { ...toColumns(readings), holdMs };
}

function yearOf(date: string): number {
  return Number(date.slice(0, 4));
}
