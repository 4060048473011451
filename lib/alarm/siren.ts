import type { Clock } from "../clock.ts";
import { PinError } from "./pin_error.ts";

/** The circuit that sounds. Nothing in it waits; each of its functions throws a {@linkcode PinError} when a pin fails. */
export interface Siren {
  /** Does ahead of the first sound what takes time. May be called again and again. */
  prepare(): void;
  /** Sounds. To be called again at least every 15 s while it is to go on: a program that hangs must not howl. */
  start(): void;
  stop(): void;
  /** Gives back what `prepare` took. May be called again and again. */
  rest(): void;
  /** Leaves the pins low and lets go of them; never throws. */
  close(): Promise<void>;
}

/** Takes the pins, low; `onFault` is told of one that fails between the calls. Throws {@linkcode PinError}. */
export type OpenSiren = (onFault: (error: PinError) => void) => Promise<Siren>;

/** What is to be told of the buzzer. */
export interface SirenStatus {
  /** `off`: not wanted. `absent`: this machine has no pins. */
  readonly state: "off" | "opening" | "ready" | "absent" | "failing";
  /** Epoch milliseconds since which `state` holds. */
  readonly since: number;
  /** Why it is absent or failing, in one sentence. */
  readonly problem: string | null;
}

/** What a held siren needs from outside. */
export interface HeldSirenOptions {
  /** `null`: there is to be no siren. */
  readonly open: OpenSiren | null;
  readonly clock: Clock;
  /** Told when the status changes. */
  readonly onStatus: (status: SirenStatus) => void;
  /** Told each time the siren has been taken. */
  readonly onReady: () => void;
}

const OPEN_AGAIN_MS = 60_000;

/** A siren that is taken, given up when a pin fails, and tried again a minute later. */
export class HeldSiren {
  readonly #options: HeldSirenOptions;
  #siren: Siren | null = null;
  #status: SirenStatus;
  #work: Promise<void> | null = null;
  #triedMs = -Infinity;
  #isClosed = false;

  constructor(options: HeldSirenOptions) {
    this.#options = options;
    const state = options.open ? "opening" : "off";
    this.#status = { state, since: options.clock.nowMs(), problem: null };
  }

  get status(): SirenStatus {
    return this.#status;
  }

  /** Takes the siren unless it is held or has been tried within the last minute; resolves when that is done. */
  open(): Promise<void> {
    const { clock } = this.#options;
    const isDue = clock.monoMs() - this.#triedMs >= OPEN_AGAIN_MS;
    if (this.#work === null && this.#siren === null && isDue && !this.#isClosed) {
      this.#triedMs = clock.monoMs();
      this.#work = this.#open().finally(() => this.#work = null);
    }
    return this.#work ?? Promise.resolve();
  }

  /** Uses the siren if it is held; tells whether that succeeded. */
  use(what: (siren: Siren) => void): boolean {
    if (this.#siren === null) return false;
    try {
      what(this.#siren);
      return true;
    } catch (error) {
      if (!(error instanceof PinError)) throw error;
      this.#fail(error);
      return false;
    }
  }

  /** Leaves the pins low, for good. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#work;
    await this.#siren?.close();
    this.#siren = null;
  }

  async #open(): Promise<void> {
    const { open, onReady } = this.#options;
    if (open === null) return;
    try {
      this.#siren = await open((error) => this.#fail(error));
    } catch (error) {
      if (!(error instanceof PinError)) throw error;
      return this.#tell(error.isAbsent ? "absent" : "failing", error.message);
    }
    this.#tell("ready", null);
    onReady();
  }

  #fail(error: PinError): void {
    const siren = this.#siren;
    this.#siren = null;
    this.#tell("failing", error.message);
    // What does not fail is still left low.
    if (siren) this.#work = siren.close().finally(() => this.#work = null);
  }

  #tell(state: SirenStatus["state"], problem: string | null): void {
    const before = this.#status;
    if (before.state === state && before.problem === problem) return;
    const since = before.state === state ? before.since : this.#options.clock.nowMs();
    this.#status = { state, since, problem };
    this.#options.onStatus(this.#status);
  }
}
