import { C, libc, unwrap } from "../libc.ts";

/** What pulses are made with. Times are milliseconds since the start. */
export interface PulseTrainOptions {
  /** Sets the level, without delay. */
  readonly write: (level: 0 | 1) => void;
  /** Pulses a second at a time. */
  readonly hz: (sinceMs: number) => number;
  /** Asked before each pulse. */
  readonly goesOn: (sinceMs: number) => boolean;
}

/** The A4988 steps at rising edges and wants 1 µs or more of each level (its datasheet, figure 1). */
const PULSE_NS = 5_000;
/** Instead of the 50 µs by which the kernel may put off a thread's timers to spare power. */
const TIMER_SLACK_NS = 1n;
/** By so much a wake's lateness moves what is expected of the next: steps of one size lead to the median, whatever the worst. */
const LEARNT_NS = 200;

/**
 * Makes short pulses until `goesOn` ends them, and leaves the level low. A circuit that counts rising edges hears no
 * difference to a square wave, and the thread wakes half as often. It is held up meanwhile: it has to be one of its own.
 */
export function playPulses({ write, hz, goesOn }: PulseTrainOptions): void {
  libc().prctl(C.PR_SET_TIMERSLACK, TIMER_SLACK_NS);
  const timer = new Timer();
  let nowNs = 0;
  let usuallyLateNs = 0;
  for (let dueNs = 0; goesOn(dueNs / 1e6);) {
    write(1);
    const periodNs = 1e9 / hz(dueNs / 1e6);
    while (timer.ns() < nowNs + PULSE_NS);
    write(0);
    // Pulses that were missed are not made up for in a burst.
    dueNs = Math.max(dueNs + periodNs, timer.ns());
    const wakeNs = dueNs - usuallyLateNs;
    timer.sleepUntil(wakeNs);
    nowNs = timer.ns();
    usuallyLateNs += LEARNT_NS * Math.sign(nowNs - wakeNs - usuallyLateNs);
  }
}

/** Nanoseconds since it was made, by the monotonic clock. */
class Timer {
  // struct timespec in words of 32 bits: the seconds since the machine's start fit into the first of their two.
  readonly #now = new Uint32Array(4);
  readonly #due = new Uint32Array(4);
  readonly #startS: number;
  readonly #startNs: number;

  constructor() {
    this.#read();
    this.#startS = this.#now[0]!;
    this.#startNs = this.#now[2]!;
  }

  ns(): number {
    this.#read();
    return 1e9 * (this.#now[0]! - this.#startS) + this.#now[2]! - this.#startNs;
  }

  sleepUntil(ns: number): void {
    const sinceSecondNs = Math.max(0, this.#startNs + Math.round(ns));
    this.#due[0] = this.#startS + Math.floor(sinceSecondNs / 1e9);
    this.#due[2] = sinceSecondNs % 1e9;
    libc().clock_nanosleep(C.CLOCK_MONOTONIC, C.TIMER_ABSTIME, this.#due, null);
  }

  #read(): void {
    unwrap(libc().clock_gettime(C.CLOCK_MONOTONIC, this.#now), "clock_gettime");
  }
}
