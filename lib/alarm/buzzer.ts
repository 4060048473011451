import type { Clock } from "../clock.ts";
import type { AlarmStatus } from "../live/wire.ts";
import {
  delayed,
  endSilence,
  hear,
  INITIAL_RHYTHM,
  type RhythmState,
  silence,
  soundAt,
} from "./rhythm.ts";
import { HeldSounder, type OpenSounder, type SounderStatus } from "./held_sounder.ts";

/** What the buzzer needs from outside. */
export interface BuzzerOptions {
  /** `null`: no pins are to be touched. */
  readonly open: OpenSounder | null;
  readonly clock: Clock;
  /** From this power on a sound may be due at the next reading: what takes time is done ahead. */
  readonly readyWatts: number;
  /** Whether an instant (epoch milliseconds) lies in quiet hours. */
  readonly isQuiet: (atMs: number) => boolean;
  readonly onStatus: (status: SounderStatus) => void;
}

const REST_AFTER_MS = 300_000;

/** Sounds the alarm by its rhythm. Nothing here waits for a pin or throws because of one. */
export class Buzzer implements AsyncDisposable {
  readonly #options: BuzzerOptions;
  readonly #sounder: HeldSounder;
  #rhythm: RhythmState = INITIAL_RHYTHM;
  /** When a sound was last due or near, monotonic milliseconds. */
  #nearMs = -Infinity;
  /** Epoch milliseconds. */
  #silencedUntil = 0;
  #isOn = false;
  #closed: Promise<void> | null = null;
  #wake = new AbortController();

  constructor(options: BuzzerOptions) {
    this.#options = options;
    const { open, clock, onStatus } = options;
    const onReady = () => {
      this.#isOn = false;
      this.#drive();
    };
    const onLate = (lateMs: number) => {
      this.#rhythm = delayed(this.#rhythm, lateMs);
      this.#drive();
    };
    this.#sounder = new HeldSounder({ open, clock, onStatus, onReady, onLate });
  }

  get status(): SounderStatus {
    return this.#sounder.status;
  }

  /** Takes the pins, low; resolves once they are taken or have failed. */
  open(): Promise<void> {
    return this.#sounder.open();
  }

  /**
   * Takes the alarm's status as it is at `monoMs`: after each reading, and every 15 s between them.
   *
   * @param watts the newest reading's, `null` when none holds
   */
  hear(alarm: AlarmStatus, watts: number | null, monoMs: number): void {
    const { clock, isQuiet, readyWatts } = this.#options;
    const known = watts === null ? null : alarm;
    this.#rhythm = hear(this.#rhythm, known, monoMs, isQuiet(clock.nowMs()));
    if (alarm.state !== "ok" || (watts ?? 0) >= readyWatts) this.#nearMs = monoMs;
    this.#drive();
    this.#sounder.open();
  }

  /** Mutes the buzzer for so many minutes from now; a new `critical` after an all-clear sounds nevertheless. */
  silence(minutes: number): void {
    const { clock } = this.#options;
    this.#rhythm = silence(this.#rhythm, minutes, clock.monoMs());
    this.#silencedUntil = clock.nowMs() + 60_000 * minutes;
    this.#drive();
  }

  /** Lets the buzzer sound again at once. */
  endSilence(): void {
    this.#rhythm = endSilence(this.#rhythm);
    this.#drive();
  }

  /** Epoch milliseconds at which the silence ends, `null` when there is none. */
  silencedUntil(): number | null {
    const untilMs = this.#rhythm.silence?.untilMs ?? -Infinity;
    return this.#options.clock.monoMs() < untilMs ? this.#silencedUntil : null;
  }

  /** Ends the sound at once, leaves the pins low and sounds no more. May be called again. */
  close(): Promise<void> {
    return this.#closed ??= this.#close();
  }

  async #close(): Promise<void> {
    this.#wake.abort();
    if (this.#isOn) this.#sounder.use((sounder) => sounder.stop());
    await this.#sounder.close();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** Lets the pins do what the rhythm says now, and again when that changes by itself. */
  #drive(): void {
    this.#wake.abort();
    if (this.#closed) return;
    const monoMs = this.#options.clock.monoMs();
    const { on, untilMs } = soundAt(this.#rhythm, monoMs);
    const wasOn = this.#isOn;
    this.#sounder.use((sounder) => {
      this.#isOn = on;
      if (on) return sounder.start();
      if (wasOn) sounder.stop();
      if (monoMs - this.#nearMs < REST_AFTER_MS) sounder.prepare();
      else sounder.rest();
    });
    if (untilMs < Infinity) this.#driveAfter(untilMs - monoMs);
  }

  async #driveAfter(ms: number): Promise<void> {
    const { signal } = this.#wake = new AbortController();
    await this.#options.clock.sleep(Math.max(ms, 1), signal);
    if (!signal.aborted) this.#drive();
  }
}
