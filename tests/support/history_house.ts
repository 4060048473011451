import type { Services } from "../../functions/env.ts";
import { probableCutOff } from "../../lib/alarm/cut_off.ts";
import { DEFAULT_TIERS } from "../../lib/alarm/tiers.ts";
import { dayBounds } from "../../lib/calendar.ts";
import { HouseQuery } from "../../lib/query/house_query.ts";
import type { Reading } from "../../lib/reading.ts";
import { YearFiles } from "../../lib/store/year_files.ts";
import { AlarmRecord } from "../../lib/task/alarm_record.ts";
import { ROME, store } from "./year_fixture.ts";

/** Saturday 21 November 2026, 14:30 in Rome. */
export const NOW = Date.UTC(2026, 10, 21, 13, 30);
export const TODAY = "2026-11-21";
/** Nothing was measured from 9:00 to 20:30. */
export const GAP_DAY = "2026-11-12";
export const ORIGIN_DAY = "2026-11-02";
/** The only one of its year. */
export const LONE_DAY = "2025-11-12";
const HOLD_MS = 15_000;
const HOUR_MS = 3_600_000;

/** A day's readings: 300 W, from 12:00 to 13:00 2000 W more, and once, at 12:30, 3300 W. 9.20 kWh. */
export function cookingDay(date: string): Reading[] {
  const { startMs, endMs } = dayBounds(date, ROME);
  const noonMs = endMs - 12 * HOUR_MS;
  return Array.from({ length: (endMs - startMs) / 10_000 }, (_, i) => {
    const at = startMs + i * 10_000;
    const sinceNoonMs = at - noonMs;
    const isCooking = sinceNoonMs >= 0 && sinceNoonMs < HOUR_MS;
    return { at, watts: sinceNoonMs === HOUR_MS / 2 ? 3300 : isCooking ? 2300 : 300 };
  });
}

/** A house with some days of history: yearly files, and today in the journal. */
export class HistoryHouse implements Disposable {
  readonly #folder = Deno.makeTempDirSync({ prefix: "mcce-history-" });
  readonly #years = new YearFiles(`${this.#folder}/mcce`);
  readonly #today: readonly Reading[];

  /** @param dates the days that are stored; today is in the journal, as far as it has come */
  constructor(dates: readonly string[], today = cookingDay(TODAY).filter(({ at }) => at <= NOW)) {
    this.#today = today;
    for (const date of dates) {
      const options = date === ORIGIN_DAY ? { source: "origin" as const, holdMs: HOLD_MS } : {};
      const readings = cookingDay(date).filter(({ at }) => date !== GAP_DAY || !isInGap(at));
      store(this.#years.open(Number(date.slice(0, 4))), date, readings, options);
    }
  }

  /** What the handlers are given to answer from. */
  query(): Services["query"] {
    const today = this.#today;
    const query = new HouseQuery({
      timeZone: ROME,
      holdMs: HOLD_MS,
      minTimeRes: 15,
      nowMs: () => NOW,
      monoMs: () => performance.now(),
      years: this.#years,
      journalDates: () => Promise.resolve(today.length > 0 ? [TODAY] : []),
      journalVersion: () => Promise.resolve("1"),
      journal: (date) => Promise.resolve(date === TODAY ? today : []),
      live: () => null,
      onProblem: (sentence) => {
        throw new Error(sentence);
      },
    });
    return query;
  }

  /** What the handlers are given of the alarm. */
  alarm(): Services["alarm"] {
    const record = new AlarmRecord({
      ...{ years: this.#years, timeZone: ROME, sampleSeconds: 5, limits: DEFAULT_TIERS },
      nowMs: () => NOW,
      monoMs: () => performance.now(),
      pendingDates: () => Promise.resolve([]),
      journalVersion: () => Promise.resolve("1"),
      live: (date) => date === TODAY ? this.#today : null,
      readDay: (date) => Promise.resolve(date === TODAY ? this.#today : []),
    });
    return {
      episodes: (span) => record.episodes(span),
      days: () => record.days(),
      silence: () => null,
    };
  }

  /** Gives a day 4060 W from 12:00 on, after two minutes of which the house is cut off. */
  cutOff(date: string): void {
    const noonMs = dayBounds(date, ROME).startMs + 12 * HOUR_MS;
    const readings = cookingDay(date).filter(({ at }) => at < noonMs)
      .concat(Array.from({ length: 13 }, (_, i) => ({ at: noonMs + 10_000 * i, watts: 4060 })));
    const file = this.#years.open(Number(date.slice(0, 4)));
    store(file, date, readings, { alarm: { limits: DEFAULT_TIERS, before: () => [] } });
    file.addCutOff(
      probableCutOff({ readings, holdMs: HOLD_MS, tiers: DEFAULT_TIERS, endedBy: "boot" })!,
    );
  }

  [Symbol.dispose](): void {
    this.#years[Symbol.dispose]();
    Deno.removeSync(this.#folder, { recursive: true });
  }
}

function isInGap(at: number): boolean {
  const { startMs } = dayBounds(GAP_DAY, ROME);
  return at >= startMs + 9 * HOUR_MS && at < startMs + 20.5 * HOUR_MS;
}
