import { addDays } from "../calendar.ts";
import { toColumns } from "../export/union.ts";
import type { PowerRow } from "../minute_sums.ts";
import type { HeldReadings } from "../store/digest.ts";
import type { HeldColumns } from "../store/year_read.ts";
import { UserError } from "../user_error.ts";
import { dayAnswer } from "./day_answer.ts";
import { dayAnswers } from "./day_answers.ts";
import { curveOf, type CurveSource } from "./curves.ts";
import { FreshDays, type FreshDaysOptions } from "./fresh_days.ts";
import { type DayEntry, HouseDays } from "./house_days.ts";
import { levelOf } from "./level.ts";
import { makeSlices } from "./slices.ts";
import { DEFAULT_POINTS } from "./parameters.ts";
import { datesOf, type KnownDays, type Span } from "./span.ts";
import { type ReadingsReader, StoredDays } from "./stored_days.ts";
import { statsOf } from "./stats.ts";
import type { DayAnswer, HistoryAnswer, SpanAnswer, StatsAnswer } from "./wire.ts";
import { type YearSource, YearTables } from "./year_tables.ts";

/** What questions are answered from. */
export interface HouseQueryOptions extends Omit<FreshDaysOptions, "stored" | "pause"> {
  readonly years: YearSource<ReadingsReader>;
  readonly monoMs: () => number;
  /** Told, in one line, of a day of the journal that cannot be read. */
  readonly onProblem: (sentence: string) => void;
}

const DAY_MS = 86_400_000;
/** Power curves of which each level's rows are read once; those of longer spans are in memory then. */
const WARM_DAYS = [1, 3];

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
  readonly #stored: StoredDays;
  readonly #fresh: FreshDays;
  readonly #days: HouseDays;
  readonly #source: CurveSource;

  constructor(options: HouseQueryOptions) {
    const { years, monoMs, minTimeRes, onProblem } = options;
    this.#options = options;
    this.#slices = makeSlices(monoMs);
    const { pause } = this.#slices;
    this.#stored = new StoredDays(years);
    this.#fresh = new FreshDays({ ...options, stored: this.#stored, pause });
    const tables = new YearTables(years, pause);
    this.#days = new HouseDays({ fresh: this.#fresh, tables, pause, onProblem });
    this.#source = {
      storedRows: (date, fromMs, toMs) => this.#stored.rowValues(date, fromMs, toMs),
      storedReadings: ({ date }) => this.#stored.columns(date),
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
    await this.#slices.work(() => this.#days.between(firstDate, today));
    const endMs = Math.min(this.#fresh.today.startMs, Date.parse(lastDate));
    for (const days of WARM_DAYS) {
      await this.history({ startMs: endMs - days * DAY_MS, endMs }, DEFAULT_POINTS);
    }
  }

  /** What a question may leave open, for one that says where it begins. */
  present(): KnownDays {
    return { timeZone: this.#options.timeZone, today: this.#fresh.today, firstDate: null };
  }

  /** What a question may leave open. */
  known(): Promise<KnownDays> {
    return this.#slices.work(async () => ({
      ...this.present(),
      firstDate: await this.#days.firstDate(),
    }));
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
  days(span: Span): Promise<Uint8Array<ArrayBuffer>> {
    return this.#slices.work(async () => dayAnswers(await this.#entries(span)));
  }

  /** The days from one date to another, both included, and their rows; also throws for a day that cannot be read. */
  withRows(fromDate: string, toDate: string): Promise<DayWithRows[]> {
    const unreadable = (sentence: string) => {
      throw new UserError(sentence);
    };
    return this.#slices.work(async () => {
      const entries = await this.#days.between(fromDate, toDate, unreadable);
      return entries.map(({ day, fresh }) => ({
        answer: dayAnswer(day),
        historyRows: async () =>
          fresh?.history ?? await this.#stored.rows(day.date, day.startMs, day.endMs),
      }));
    });
  }

  /** The power curve of a span in at most `points` rows, as far as anything can be known of it: today ends with its newest reading. */
  history({ startMs, endMs }: Span, points: number): Promise<HistoryAnswer> {
    return this.#slices.work(async () => {
      const { today } = this.#fresh;
      const level = levelOf({ startMs, endMs }, points, this.#options.minTimeRes);
      const past = { startMs, endMs: Math.min(endMs, today.endMs) };
      // A day that was stored in another zone may reach over those beside it.
      const entries = await this.#entries(past, 1);
      const soFar = entries.find(({ date }) => date === today.date);
      const knownToMs = soFar?.piece.endMs ?? Math.min(today.endMs, this.#options.nowMs());
      const span = { startMs, endMs: Math.max(startMs, Math.min(past.endMs, knownToMs)) };
      const input = { level, span, points, entries: overlapping(entries, span) };
      return { level, endMs: span.endMs, rows: await curveOf(input, this.#source) };
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

  async #entries(span: Span, besides = 0): Promise<readonly DayEntry[]> {
    const dates = datesOf(span, this.#options.timeZone);
    if (!dates) return [];
    const { fromDate, toDate } = dates;
    return await this.#days.between(addDays(fromDate, -besides), addDays(toDate, besides));
  }
}

function overlapping(entries: readonly DayEntry[], { startMs, endMs }: Span): readonly DayEntry[] {
  const first = entries.findIndex(({ piece }) => piece.endMs > startMs);
  const last = entries.findLastIndex(({ piece }) => piece.startMs < endMs);
  return first < 0 ? [] : entries.slice(first, last + 1);
}

function toHeld({ readings, holdMs }: HeldReadings): HeldColumns {
  return { ...toColumns(readings), holdMs };
}
