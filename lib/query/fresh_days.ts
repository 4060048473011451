import { dayAt, dayBounds, localDate, type LocalDay } from "../calendar.ts";
import type { PowerRow } from "../minute_sums.ts";
import type { Reading } from "../reading.ts";
import { joinReadings } from "../store/day_union.ts";
import { digestDay, type HeldReadings } from "../store/digest.ts";
import type { KnownDay } from "./day_table.ts";
import type { StoredDays } from "./stored_days.ts";

/** A day that the journal has readings of. */
export interface FreshDay {
  /** Of today, `endMs` is how far it is known. */
  readonly day: KnownDay;
  readonly history: readonly PowerRow[];
  readonly sixHourly: readonly PowerRow[];
}

/** The readings from which a day is made up. */
export interface DayReadings {
  readonly measured: HeldReadings;
  readonly origin: HeldReadings | null;
  /** The last reading of the day before, which may hold into it. */
  readonly carriedIn: Reading | null;
}

/** What the fresh days are made from. */
export interface FreshDaysOptions {
  readonly timeZone: string;
  /** How long a reading holds when no next one comes. */
  readonly holdMs: number;
  /** Minutes a history row. */
  readonly minTimeRes: number;
  readonly nowMs: () => number;
  /** The dates of which the journal has a file. */
  readonly journalDates: () => Promise<readonly string[]>;
  /** What is another one after each change of a day's file in the journal. */
  readonly journalVersion: (date: string) => Promise<string>;
  /** All that the journal has of a day, in the order of its times. */
  readonly journal: (date: string) => Promise<readonly Reading[]>;
  /** The day that is shown live, where it is this one: all that was measured of it is in memory then. */
  readonly live: (date: string) => Omit<DayReadings, "origin"> | null;
  readonly stored: Pick<StoredDays, "readings" | "version">;
  readonly pause: () => Promise<void>;
}

/** Days kept digested: more are pending only while a disk refuses, or after a journal was put there by hand. */
const MOST_KEPT = 100;

/** The days that the yearly files do not have, or not all of: today, and those whose digest is still to come. */
export class FreshDays {
  readonly #options: FreshDaysOptions;
  readonly #kept = new Map<string, { readonly version: string; readonly day: FreshDay | null }>();

  constructor(options: FreshDaysOptions) {
    this.#options = options;
  }

  get today(): LocalDay {
    return dayAt(this.#options.nowMs(), this.#options.timeZone);
  }

  /** The dates that may be fresh, oldest first, today the last. Throws what the disk does. */
  async dates(): Promise<string[]> {
    const today = this.today.date;
    const pending = (await this.#options.journalDates()).filter((date) => date < today).sort();
    const fresh = [...pending, today];
    for (const date of this.#kept.keys()) if (!fresh.includes(date)) this.#kept.delete(date);
    return fresh;
  }

  /** A day of {@linkcode dates}, `null` when there is nothing of it. Throws YearFileError, and what the disk does. */
  day(date: string): Promise<FreshDay | null> {
    return date === this.today.date ? this.#today(this.today) : this.#pending(date);
  }

  /** The readings of a day of {@linkcode dates}. Throws as {@linkcode day} does. */
  async readings(date: string): Promise<DayReadings> {
    const { live, journal, stored, holdMs } = this.#options;
    const origin = await stored.readings(date, "origin");
    // After midnight the day before is shown until a reading comes: what the journal has of it is all.
    const shown = date === this.today.date ? live(date) : null;
    if (shown) return { ...shown, origin };
    const fresh = { readings: await journal(date), holdMs };
    const measured = joinReadings("measured", await stored.readings(date, "measured"), fresh);
    return { measured, origin, carriedIn: await this.#lastBefore(date) };
  }

  async #lastBefore(date: string): Promise<Reading | null> {
    const { timeZone, journalDates, journal, stored } = this.#options;
    const before = localDate(dayBounds(date, timeZone).startMs - 1, timeZone);
    const isPending = (await journalDates()).includes(before);
    const inJournal = isPending ? (await journal(before)).at(-1) : undefined;
    return inJournal ?? (await stored.readings(before, "measured"))?.readings.at(-1) ?? null;
  }

  /** As far as its readings go: the newest one holds until the next, and that is not due yet. */
  async #today({ date, startMs, endMs }: LocalDay): Promise<FreshDay | null> {
    const { nowMs, stored } = this.#options;
    const readings = await this.readings(date);
    const newest = newestOf(readings);
    if (!newest) return null;
    const { at, holdMs } = newest;
    const isDue = nowMs() - at > holdMs;
    // The newest reading counts for a moment, so that its peak does.
    const toMs = Math.min(endMs, isDue ? at + holdMs : at + 1);
    const version = [stored.version(date), readings.measured.readings.length, at, isDue].join(" ");
    const so = this.#digested(date, version, readings, { date, startMs, endMs: toMs });
    const knownToMs = Math.max(toMs, isDue ? Math.min(nowMs(), endMs) : toMs);
    return so && { ...so, day: { ...so.day, endMs: knownToMs } };
  }

  async #pending(date: string): Promise<FreshDay | null> {
    const { journalVersion, stored, timeZone, pause } = this.#options;
    const version = [stored.version(date), await journalVersion(date)].join(" ");
    const kept = this.#kept.get(date);
    if (kept?.version === version) return kept.day;
    const readings = await this.readings(date);
    await pause();
    return this.#digested(date, version, readings, dayBounds(date, timeZone));
  }

  #digested(
    date: string,
    version: string,
    { measured, origin, carriedIn }: DayReadings,
    day: LocalDay,
  ): FreshDay | null {
    const kept = this.#kept.get(date);
    // Of several who ask at the same time the first has made it.
    if (kept?.version === version) return kept.day;
    const { timeZone, minTimeRes } = this.#options;
    const input = { measured: inDay(measured, day), origin: origin && inDay(origin, day) };
    const digest = digestDay({ ...input, day, zone: timeZone, carriedIn, minTimeRes });
    this.#kept.delete(date);
    this.#kept.set(date, { version, day: digest });
    if (this.#kept.size > MOST_KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    return digest;
  }
}

/** A change of TIME_ZONE leaves readings in days that are others now. */
function inDay(held: HeldReadings, { startMs, endMs }: LocalDay): HeldReadings {
  const { readings, holdMs } = held;
  const isWithin = readings.length === 0 ||
    readings[0]!.at >= startMs && readings.at(-1)!.at < endMs;
  if (isWithin) return held;
  return { holdMs, readings: readings.filter(({ at }) => at >= startMs && at < endMs) };
}

function newestOf(
  { measured, origin }: DayReadings,
): { readonly at: number; readonly holdMs: number } | null {
  const newest = [measured, origin].flatMap((held) => {
    const last = held?.readings.at(-1);
    return held && last ? [{ at: last.at, holdMs: held.holdMs }] : [];
  });
  return newest.sort((a, b) => b.at - a.at)[0] ?? null;
}
