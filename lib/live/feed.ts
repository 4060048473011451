import { addDays, dayAt, type LocalDay } from "../calendar.ts";
import type { Clock } from "../clock.ts";
import type { LiveReading, Reading } from "../reading.ts";
import type { MeterStatus } from "../meter/status.ts";
import { Hub } from "./hub.ts";
import { encodeEvent, HEARTBEAT } from "./sse.ts";
import type { LiveView } from "./view.ts";
import type { AlarmEvent, LiveNow, Snapshot, StatusEvent, StoreStatus } from "./wire.ts";

/** A snapshot is a few milliseconds' work: viewers that come at once share one, and see ages wrong by no more. */
const SNAPSHOT_SHARED_MS = 250;
/** After a restart of the service a page is to be back soon; browsers wait 3 s or more by themselves. */
const RETRY_MS = 1_000;
/** Longest that a viewer waits for the disk. */
const DISK_PATIENCE_MS = 1_000;
/** Readings that may be shown while a disk does not give a day back. */
const MOST_MEANWHILE = 20_000;

/** What the feed needs from outside. */
export interface FeedOptions {
  readonly view: LiveView;
  readonly clock: Clock;
  readonly timeZone: string;
  /** All that is kept of a local day, in the order of its times. */
  readonly readDay: (date: string) => Promise<readonly Reading[]>;
  /** Told, in one line, when the disk cannot give a day back. */
  readonly onProblem: (sentence: string) => void;
}

/** Brings what happens to the viewers, in order. */
export class LiveFeed {
  readonly #options: FeedOptions;
  readonly #hub: Hub;
  #snapshot: { readonly chunk: Uint8Array; readonly monoMs: number } | null = null;
  /** The turn under way, the day to turn to after it, and what was shown meanwhile and may have been read too early. */
  #turning: Promise<void> | null = null;
  #nextDay: LocalDay | null = null;
  #shownMeanwhile: LiveReading[] = [];

  constructor(options: FeedOptions) {
    this.#options = options;
    this.#hub = new Hub(() => this.#snapshotChunk());
  }

  /** A new viewer's stream of Server-Sent Events, the snapshot first. */
  subscribe(): ReadableStream<Uint8Array> {
    return this.#hub.subscribe();
  }

  /** What was measured of the day that is shown, `null` of another one and while it is being read. */
  held(date: string): ReturnType<LiveView["held"]> {
    return this.#turning ? null : this.#options.view.held(date);
  }

  get viewers(): number {
    return this.#hub.viewers;
  }

  /** Viewers that were dropped because they did not read. */
  get droppedViewers(): number {
    return this.#hub.dropped;
  }

  /** Ends every viewer's stream. */
  close(): void {
    this.#hub.close();
  }

  /** Shows the present day from what is kept: at the start, and when times of kept readings have changed. */
  rebuild(): Promise<void> {
    return this.#turnTo(dayAt(this.#options.clock.nowMs(), this.#options.timeZone));
  }

  /**
   * Shows a reading.
   *
   * @param kept resolves once the spool has it, so that what a viewer has seen is never lost; a disk that hangs is not
   * waited for.
   */
  async reading(reading: LiveReading, kept: Promise<void>): Promise<void> {
    const { view, clock, timeZone } = this.#options;
    await this.#patiently(kept);
    if (this.#turning) await this.#patiently(this.#turning);
    const day = dayAt(reading.at, timeZone);
    if (day.date !== view.day.date) await this.#patiently(this.#turnTo(day));
    if (day.date !== view.day.date) view.startDay(day, [], []);
    if (this.#turning && this.#shownMeanwhile.length < MOST_MEANWHILE) {
      this.#shownMeanwhile.push(reading);
    }
    this.#send("reading", view.add(reading, clock.nowMs()), reading.at);
  }

  meter(status: MeterStatus): void {
    this.#tell(this.#options.view.setMeter(status));
  }

  /** Tells whether `ok` has changed. */
  store(status: StoreStatus): boolean {
    const { view } = this.#options;
    const wasOk = view.isStoreOk;
    this.#tell(view.setStore(status));
    return wasOk !== status.ok;
  }

  alarm(alarm: AlarmEvent): void {
    const event = this.#options.view.setAlarm(alarm);
    if (event) this.#send("alarm", event);
  }

  /** To be called every 15 s: the heartbeat, and the turn of the day while no reading brings it. */
  async tick(): Promise<void> {
    const { view, clock, timeZone } = this.#options;
    this.#hub.publish(HEARTBEAT);
    this.#tell(view.takeCounters());
    const day = dayAt(clock.nowMs(), timeZone);
    const quiet = clock.monoMs() - view.newestMonoMs > 60_000;
    if (quiet && day.date !== view.day.date) await this.#turnTo(day);
  }

  snapshot(): Snapshot {
    return this.#options.view.snapshot(this.#options.clock.nowMs(), this.#options.clock.monoMs());
  }

  now(): LiveNow {
    return this.#options.view.now(this.#options.clock.nowMs(), this.#options.clock.monoMs());
  }

  #turnTo(day: LocalDay): Promise<void> {
    this.#nextDay = day;
    this.#turning ??= this.#turn().finally(() => this.#turning = null);
    return this.#turning;
  }

  async #turn(): Promise<void> {
    while (this.#nextDay) {
      const day = this.#nextDay;
      this.#nextDay = null;
      this.#shownMeanwhile = [];
      await this.#readAndTurn(day);
    }
  }

  async #readAndTurn(day: LocalDay): Promise<void> {
    const { view, clock, readDay, onProblem } = this.#options;
    const read = (which: string) =>
      readDay(which).catch((error): readonly Reading[] => {
        onProblem(`the readings of ${which} cannot be read: ${error.message}`);
        return [];
      });
    const before = await read(addDays(day.date, -1));
    view.startDay(day, await read(day.date), before);
    for (const reading of this.#shownMeanwhile) {
      if (reading.at >= day.startMs && reading.at < day.endMs) view.add(reading, clock.nowMs());
    }
    this.#snapshot = null;
    this.#hub.publish(this.#snapshotChunk());
  }

  #tell(event: StatusEvent | null): void {
    if (event) this.#send("status", event);
  }

  #send(event: string, data: unknown, id?: number): void {
    this.#snapshot = null;
    if (this.#hub.viewers > 0) this.#hub.publish(encodeEvent(event, data, id));
  }

  #snapshotChunk(): Uint8Array {
    const monoMs = this.#options.clock.monoMs();
    if (this.#snapshot === null || monoMs - this.#snapshot.monoMs > SNAPSHOT_SHARED_MS) {
      const snapshot = this.snapshot();
      this.#snapshot = { chunk: encodeEvent("snapshot", snapshot, snapshot.at, RETRY_MS), monoMs };
    }
    return this.#snapshot.chunk;
  }

  async #patiently(done: Promise<void>): Promise<void> {
    const timer = new AbortController();
    await Promise.race([done, this.#options.clock.sleep(DISK_PATIENCE_MS, timer.signal)]);
    timer.abort();
  }
}
