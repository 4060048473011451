import { type LiveReading, type Reading, roundAt } from "../reading.ts";
import { appendLines } from "./append.ts";

/** Longest time that readings wait for network time. */
const LONGEST_HOLD_MS = 600_000;

/** Where systemd-timesyncd says whether it has set the clock (systemd-timesyncd.service(8)). */
const TIMESYNC_FOLDER = "/run/systemd/timesync";

/** Whether the wall clock can be trusted: `false` only where systemd-timesyncd runs and has not set it yet. */
export async function isClockSynchronised(folder = TIMESYNC_FOLDER): Promise<boolean> {
  const present = (path: string) => Deno.lstat(path).then(() => true, () => false);
  return !await present(folder) || await present(`${folder}/synchronized`);
}

/** A reading whose time is known only since the machine's start. */
interface HeldReading extends Reading {
  readonly bootMs: number;
}

/** What the hold needs to know of the machine. */
export interface ClockHoldOptions {
  readonly folder: string;
  /** Tells this start of the machine from any other. */
  readonly bootId: string;
  /** Milliseconds since the machine started. */
  readonly bootMs: () => number;
  readonly nowMs: () => number;
  readonly monoMs: () => number;
  readonly isSynchronised: () => Promise<boolean>;
}

/**
 * Keeps readings back while the wall clock is not set yet, with the machine's own time, and stamps them when it is: in
 * a file `spool.held.<boot>` of lines `bootMs,at,watts`, so that the death of the process loses none. Once it holds the
 * line `offset,<ms>` the times are decided, and a second try gives the same ones.
 */
export class ClockHold {
  readonly #options: ClockHoldOptions;
  readonly #path: string;
  #held: HeldReading[] = [];
  #unwritten = 0;
  #holding = false;

  constructor(options: ClockHoldOptions) {
    this.#options = options;
    this.#path = `${options.folder}/spool.held.${options.bootId}`;
  }

  get holding(): boolean {
    return this.#holding;
  }

  /** Starts to hold if the clock is not set; gives the readings of an earlier process or start that can be stamped now. */
  async start(): Promise<Reading[]> {
    const stamped: Reading[] = [];
    for await (const entry of Deno.readDir(this.#options.folder)) {
      if (!entry.name.startsWith("spool.held.")) continue;
      const path = `${this.#options.folder}/${entry.name}`;
      const { held, offsetMs } = parseHeld(await Deno.readTextFile(path));
      if (path === this.#path && offsetMs === null) this.#held = held;
      else stamped.push(...held.map((reading) => stamp(reading, offsetMs)));
    }
    this.#holding = this.#held.length > 0 || !await this.#options.isSynchronised();
    return stamped;
  }

  /** Holds a reading; never throws, since it is kept in memory too. */
  async hold(reading: LiveReading): Promise<void> {
    const sinceMs = this.#options.monoMs() - reading.monoMs;
    const bootMs = Math.round(this.#options.bootMs() - sinceMs);
    this.#held.push({ at: reading.at, watts: reading.watts, bootMs });
    this.#unwritten++;
    const lines = this.#held.slice(-this.#unwritten).map((one) =>
      `${one.bootMs},${one.at},${one.watts}\n`
    );
    await appendLines(this.#path, lines.join(""), { durable: false })
      .then(() => this.#unwritten -= lines.length, () => {});
  }

  /**
   * The held readings, stamped, when the clock has been set or has not been for too long (`late`); `null` while they
   * must wait. Once these are in the spool, call {@linkcode forget}.
   */
  async release(): Promise<{ readonly readings: Reading[]; readonly late: boolean } | null> {
    const bootNowMs = this.#options.bootMs();
    const first = this.#held[0]?.bootMs ?? bootNowMs;
    const late = bootNowMs - first >= LONGEST_HOLD_MS;
    if (!late && !await this.#options.isSynchronised()) return null;
    const offsetMs = Math.round(this.#options.nowMs() - this.#options.bootMs());
    if (this.#held.length > 0) {
      await appendLines(this.#path, `offset,${offsetMs}\n`, { durable: true }).catch(() => {});
    }
    const readings = this.#held.map((reading) => stamp(reading, offsetMs));
    this.#held = [];
    this.#holding = false;
    return { readings, late };
  }

  /** Removes what stamped readings left on the disk. */
  async forget(): Promise<void> {
    for await (const entry of Deno.readDir(this.#options.folder)) {
      const path = `${this.#options.folder}/${entry.name}`;
      if (!entry.name.startsWith("spool.held.") || this.#holding && path === this.#path) continue;
      await Deno.remove(path);
    }
  }
}

function stamp(reading: HeldReading, offsetMs: number | null): Reading {
  const at = offsetMs === null ? reading.at : roundAt(reading.bootMs + offsetMs);
  return { at, watts: reading.watts };
}

const HELD_LINE = /^(\d{1,15}),(\d{1,15}),(\d{1,7})$/;
const OFFSET_LINE = /^offset,(-?\d{1,15})$/m;

function parseHeld(text: string): { held: HeldReading[]; offsetMs: number | null } {
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  const held: HeldReading[] = [];
  for (const line of whole.split("\n")) {
    const match = HELD_LINE.exec(line);
    if (!match) continue;
    held.push({ bootMs: Number(match[1]), at: Number(match[2]), watts: Number(match[3]) });
  }
  const offset = OFFSET_LINE.exec(whole);
  return { held, offsetMs: offset ? Number(offset[1]) : null };
}
