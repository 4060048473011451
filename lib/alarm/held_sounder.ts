import type { Clock } from "../clock.ts";
import { ABSENT, PinError } from "./pin_error.ts";
import type { OnFault, OnLate, Sounder } from "./sounder.ts";

/** Takes the pins, low. Throws {@linkcode PinError}. */
export type OpenSounder = (onFault: OnFault, onLate: OnLate) => Promise<Sounder>;

/** What is to be told of the buzzer. */
export interface SounderStatus {
  /** `off`: not wanted. `absent`: this machine has no pins. */
  readonly state: "off" | "opening" | "ready" | "absent" | "failing";
  /** Epoch milliseconds since which `state` holds. */
  readonly since: number;
  /** Why it is absent or failing, in one sentence. */
  readonly problem: string | null;
}

/** What a held sounder needs from outside. */
export interface HeldSounderOptions {
  /** `null`: there is to be no sounder. */
  readonly open: OpenSounder | null;
  readonly clock: Clock;
  /** Told when the status changes. */
  readonly onStatus: (status: SounderStatus) => void;
  /** Told each time the sounder has been taken. */
  readonly onReady: () => void;
  readonly onLate: OnLate;
}

const OPEN_AGAIN_MS = 60_000;

/** A sounder that is taken, given up when a pin fails, and tried again a minute later. */
export class HeldSounder {
  readonly #options: HeldSounderOptions;
  #sounder: Sounder | null = null;
  #status: SounderStatus;
  #work: Promise<void> | null = null;
  #triedMs = -Infinity;
  #isClosed = false;

  constructor(options: HeldSounderOptions) {
    this.#options = options;
    const state = options.open ? "opening" : "off";
    this.#status = { state, since: options.clock.nowMs(), problem: null };
  }

  get status(): SounderStatus {
    return this.#status;
  }

  /** Takes the sounder unless it is held or has been tried within the last minute; resolves when that is done. */
  open(): Promise<void> {
    const { clock } = this.#options;
    const isDue = clock.monoMs() - this.#triedMs >= OPEN_AGAIN_MS;
    if (this.#work === null && this.#sounder === null && isDue && !this.#isClosed) {
      this.#triedMs = clock.monoMs();
      this.#work = this.#open().finally(() => this.#work = null);
    }
    return this.#work ?? Promise.resolve();
  }

  /** Uses the sounder if it is held. */
  use(what: (sounder: Sounder) => void): void {
    if (this.#sounder === null) return;
    try {
      what(this.#sounder);
    } catch (error) {
      if (!(error instanceof PinError)) throw error;
      this.#fail(error);
    }
  }

  /** Leaves the pins low, for good. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#work;
    await this.#sounder?.close();
    this.#sounder = null;
  }

  async #open(): Promise<void> {
    const { open, onReady, onLate } = this.#options;
    if (open === null) return;
    try {
      this.#sounder = await open((error) => this.#fail(error), onLate);
    } catch (error) {
      if (!(error instanceof PinError)) throw error;
      return this.#tell(error.code === ABSENT ? "absent" : "failing", error.message);
    }
    this.#tell("ready", null);
    onReady();
  }

  #fail(error: PinError): void {
    const sounder = this.#sounder;
    this.#sounder = null;
    this.#tell("failing", error.message);
    // What does not fail is still left low.
    if (sounder) this.#work = sounder.close().finally(() => this.#work = null);
  }

  #tell(state: SounderStatus["state"], problem: string | null): void {
    const before = this.#status;
    if (before.state === state && before.problem === problem) return;
    const since = before.state === state ? before.since : this.#options.clock.nowMs();
    this.#status = { state, since, problem };
    this.#options.onStatus(this.#status);
  }
}
