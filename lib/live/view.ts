import { addDays, dayBounds, type LocalDay, sameTimeDayBefore } from "../calendar.ts";
import { holdMs, type LiveReading, type Reading } from "../reading.ts";
import type { MeterStatus } from "../meter/status.ts";
import { lastHour } from "./last_hour.ts";
import { Today } from "./today.ts";
import type { Tier } from "../alarm/tiers.ts";
import type {
  AlarmEvent,
  LiveNow,
  ReadingEvent,
  Snapshot,
  StatusEvent,
  StoreStatus,
} from "./wire.ts";

/** What does not change while the service runs. */
export interface ViewOptions {
  readonly version: string;
  readonly timeZone: string;
  readonly sampleSeconds: number;
  /** The contract's tiers, rising. */
  readonly limits: readonly Tier[];
}

/** What every viewer is shown: today, the newest reading, the state of meter, store and alarm. Times come in as data. */
export class LiveView {
  readonly #options: ViewOptions;
  readonly #holdMs: number;
  #today: Today;
  /** Readings of the day before that a look back over an hour may still want. */
  #before: readonly Reading[] = [];
  #yesterday: readonly (number | null)[] | null = null;
  #newest: Reading | null = null;
  /** When the newest reading came, if this process saw it. */
  #newestMonoMs = -Infinity;
  #meter: MeterStatus;
  #toldMeter: MeterStatus;
  #store: StoreStatus;
  #alarm: AlarmEvent | null = null;

  constructor(options: ViewOptions, day: LocalDay, meter: MeterStatus, store: StoreStatus) {
    this.#options = options;
    this.#holdMs = holdMs(options.sampleSeconds);
    this.#today = new Today(day, this.#holdMs);
    this.#meter = this.#toldMeter = meter;
    this.#store = store;
  }

  get day(): LocalDay {
    return this.#today.day;
  }

  /** What was measured of a day, `null` of another than the present one. */
  held(date: string): Today["held"] | null {
    return date === this.day.date ? this.#today.held : null;
  }

  get isStoreOk(): boolean {
    return this.#store.ok;
  }

  get newestMonoMs(): number {
    return this.#newestMonoMs;
  }

  /** Turns to another day, or to this one anew, with all that is known of it and of the one before. */
  startDay(day: LocalDay, readings: readonly Reading[], before: readonly Reading[]): void {
    const lastBefore = before.at(-1) ?? null;
    this.#today = new Today(day, this.#holdMs, lastBefore);
    for (const reading of readings) this.#today.add(reading);
    this.#before = before.filter(({ at }) => at > day.startMs - 3_600_000);
    this.#yesterday = before.length > 0 ? this.#alignYesterday(day, before) : null;
    this.#newest ??= this.#today.newest ?? lastBefore;
  }

  #alignYesterday(day: LocalDay, before: readonly Reading[]): (number | null)[] {
    const { timeZone } = this.#options;
    const dayBefore = dayBounds(addDays(day.date, -1), timeZone);
    const yesterday = new Today(dayBefore, this.#holdMs);
    for (const reading of before) yesterday.add(reading);
    const { startMs, stepS, meanWatts } = yesterday.curve();
    return sameTimeDayBefore(day, timeZone).map((at) =>
      at === null ? null : meanWatts[Math.floor((at - startMs) / (1000 * stepS))] ?? null
    );
  }

  /** Takes a reading of the present day. */
  add(reading: LiveReading, nowMs: number): ReadingEvent {
    this.#today.add(reading);
    this.#newest = reading;
    this.#newestMonoMs = reading.monoMs;
    return { at: reading.at, watts: reading.watts, ...this.#today.totals(nowMs) };
  }

  /** The event to send, `null` when nothing but counters has changed. */
  setMeter(meter: MeterStatus): StatusEvent | null {
    const before = this.#meter;
    this.#meter = meter;
    return withoutCounters(before) === withoutCounters(meter) ? null : this.#statusEvent();
  }

  /** The event to send when counters have changed since they were last told; to be asked for every 15 s. */
  takeCounters(): StatusEvent | null {
    return this.#meter === this.#toldMeter ? null : this.#statusEvent();
  }

  /** The event to send, `null` when nothing has changed. */
  setStore(store: StoreStatus): StatusEvent | null {
    const before = this.#store;
    this.#store = store;
    return before.ok === store.ok && before.detail === store.detail ? null : this.#statusEvent();
  }

  /** The event to send, `null` when nothing has changed. */
  setAlarm(alarm: AlarmEvent): AlarmEvent | null {
    const before = this.#alarm;
    this.#alarm = alarm;
    return JSON.stringify(before) === JSON.stringify(alarm) ? null : alarm;
  }

  #statusEvent(): StatusEvent {
    this.#toldMeter = this.#meter;
    return { meter: this.#meter, store: this.#store };
  }

  snapshot(nowMs: number, monoMs: number): Snapshot {
    const { version, timeZone, sampleSeconds, limits } = this.#options;
    return {
      version,
      now: nowMs,
      timeZone,
      sampleSeconds,
      limits,
      at: this.#newest?.at ?? null,
      watts: this.#newest?.watts ?? null,
      stale: this.#isStale(monoMs),
      today: this.#today.totals(nowMs),
      curve: this.#today.curve(),
      yesterday: this.#yesterday,
      lastHour: lastHour([...this.#before, ...this.#today.readings], this.#newest?.at ?? nowMs),
      meter: this.#meter,
      alarm: this.#alarm,
      store: this.#store,
    };
  }

  /** By the monotonic clock, since the wall clock may lie before the newest reading. */
  #isStale(monoMs: number): boolean {
    return monoMs - this.#newestMonoMs > this.#holdMs;
  }

  now(nowMs: number, monoMs: number): LiveNow {
    const { state, since, good, wrong, missed, zero } = this.#meter;
    return {
      at: this.#newest?.at ?? null,
      watts: this.#newest?.watts ?? null,
      kWhToday: this.#today.totals(nowMs).kWhToday,
      stale: this.#isStale(monoMs),
      alarm: this.#alarm,
      meter: { state, since, good, wrong, missed, zero },
    };
  }
}

function withoutCounters(status: MeterStatus): string {
  return JSON.stringify({ ...status, good: 0, wrong: 0, missed: 0, zero: 0, lastWrong: null });
}
