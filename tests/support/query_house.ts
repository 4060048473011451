import { addDays, dayAt, dayBounds } from "../../lib/calendar.ts";
import { Today } from "../../lib/live/today.ts";
import type { HouseQuery } from "../../lib/query/house_query.ts";
import type { DayAnswer, HistoryAnswer } from "../../lib/query/wire.ts";
import type { Reading } from "../../lib/reading.ts";
import { datesIn } from "../../lib/store/day_files.ts";
import { readJournalDay } from "../../lib/store/journal_day.ts";
import { makeQuery } from "../../lib/task/query_parts.ts";
import { DigestHouse, type DigestHouseOptions, evenDay } from "./digest_house.ts";
import { NOW } from "./live_fixture.ts";
import { store } from "./year_fixture.ts";

/** A house with yearly files and a journal in temporary folders, and the service's questions about it. */
export class QueryHouse implements AsyncDisposable {
  readonly house: DigestHouse;
  readonly query: HouseQuery;
  /** What could not be read. */
  readonly problems: string[] = [];
  #today: Today | null = null;

  constructor(options: DigestHouseOptions) {
    this.house = new DigestHouse(options);
    this.query = this.ask();
  }

  /** Questions as another start of the service asks them. */
  ask(): HouseQuery {
    const { config, folders } = this.house;
    return makeQuery(config, {
      clock: folders.clock,
      journal: {
        dates: () => datesIn(config.journalDir),
        readDay: (date) => readJournalDay(config, date),
      },
      feed: { held: (date) => this.#today?.day.date === date ? this.#today.held : null },
      log: { lasting: (_, sentence) => this.problems.push(sentence) },
    });
  }

  get zone(): string {
    return this.house.config.timeZone;
  }

  /** Shows readings of the present day live, as the feed does. */
  show(readings: readonly Reading[], carriedIn: Reading | null = null): void {
    const day = dayAt(this.house.folders.clock.nowMs(), this.zone);
    this.#today = new Today(day, 15_000, carriedIn);
    for (const reading of readings) this.#today.add(reading);
  }

  /** Stores a day as a digest of another process does. */
  store(date: string, readings: readonly Reading[], options: Parameters<typeof store>[3] = {}) {
    const file = this.house.years.open(Number(date.slice(0, 4)));
    return store(file, date, readings, { zone: this.zone, ...options });
  }

  /** The span of local days, both included. */
  span(fromDate: string, toDate = fromDate) {
    const { startMs } = dayBounds(fromDate, this.zone);
    return { startMs, endMs: dayBounds(toDate, this.zone).endMs };
  }

  async days(fromDate: string, toDate = fromDate): Promise<DayAnswer[]> {
    return jsonOf(await this.query.days(this.span(fromDate, toDate)));
  }

  history(fromDate: string, toDate = fromDate, points = 1000): Promise<HistoryAnswer> {
    return this.query.history(this.span(fromDate, toDate), points);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.house[Symbol.asyncDispose]();
  }
}

/** The day of {@linkcode NOW}, a Saturday. */
export const TODAY = "2026-11-21";

/** A house in Rome without a reading, at {@linkcode NOW}. */
export const house = () => new QueryHouse({ wall: new Date(NOW).toISOString() });

/** The readings of a day before an instant. */
export function until(date: string, atMs: number, watts = 1000): Reading[] {
  return evenDay(date, { watts }).filter(({ at }) => at < atMs);
}

/** The dates from one to another, both included. */
export function datesBetween(fromDate: string, toDate: string): string[] {
  const dates: string[] = [];
  for (let date = fromDate; date <= toDate; date = addDays(date, 1)) dates.push(date);
  return dates;
}

/** The value of a JSON text in bytes. */
export function jsonOf<Value>(bytes: Uint8Array): Value {
  return JSON.parse(new TextDecoder().decode(bytes));
}
