import type { Clock } from "../clock.ts";
import { holdMs, type LiveReading, roundAt } from "../reading.ts";
import { beginning, redated, type Since } from "../since.ts";
import { type Answer, Exchange } from "./exchange.ts";
import { mainsPower, stepZeroRun, type ZeroRun } from "./mains.ts";
import { type MeterPort, PortError } from "./port.ts";
import { initialStatus, type MeterStatus, type Outcome, withOutcome, withState } from "./status.ts";

/** What the poll needs from outside. Nothing it calls may block or throw. */
export interface PollOptions {
  /** Opens the port anew; throws a {@linkcode PortError} that says why it cannot, at once when the signal aborts. */
  readonly open: (signal: AbortSignal) => Promise<MeterPort> | MeterPort;
  readonly intervalMs: number;
  /** `METER_CHANNELS`, `null` for the lowest active one. */
  readonly channels: readonly number[] | null;
  readonly clock: Clock;
  /** Ends the poll and closes the port. */
  readonly signal: AbortSignal;
  readonly onReading: (reading: LiveReading) => void;
  /** Called after each request and each change of state. */
  readonly onStatus: (status: MeterStatus, previous: MeterStatus) => void;
}

const LONGEST_WAIT_MS = 1_500;
const FIRST_BACKOFF_MS = 250;
const LONGEST_BACKOFF_MS = 1_000;
const SILENT_AFTER_REQUESTS = 3;

/** Asks the meter for as long as `signal` allows, whatever the port does. */
export async function pollMeter(options: PollOptions): Promise<void> {
  const poll = new Poll(options);
  let backoffMs = FIRST_BACKOFF_MS;
  while (!options.signal.aborted) {
    const answered = await poll.session();
    if (answered) backoffMs = FIRST_BACKOFF_MS;
    await options.clock.sleep(backoffMs, options.signal);
    backoffMs = Math.min(2 * backoffMs, LONGEST_BACKOFF_MS);
  }
}

class Poll {
  readonly #options: PollOptions;
  #status: MeterStatus;
  #since: Since;
  #zeroRun: ZeroRun = null;

  constructor(options: PollOptions) {
    this.#options = options;
    this.#since = beginning(options.clock);
    this.#status = initialStatus(this.#since.at);
  }

  /** From opening the port until it goes or falls silent; tells whether anything was answered. */
  async session(): Promise<boolean> {
    const { open, signal } = this.#options;
    const repliesBefore = this.#replies();
    let close = () => {};
    try {
      const port = await open(signal);
      close = () => port.close();
      signal.addEventListener("abort", close);
      if (!signal.aborted) await this.#askUntilSilent(port);
    } catch (error) {
      if (!signal.aborted) {
        if (!(error instanceof PortError)) throw error;
        this.#tell(withState(this.#status, "missing", this.#now(), error.message));
      }
    } finally {
      signal.removeEventListener("abort", close);
      close();
    }
    return this.#replies() > repliesBefore;
  }

  async #askUntilSilent(port: MeterPort): Promise<void> {
    const { clock, intervalMs, signal } = this.#options;
    const exchange = new Exchange(port, clock);
    const ended = AbortSignal.any([signal, exchange.gone]);
    if (this.#status.state === "missing") {
      this.#tell(withState(this.#status, "silent", this.#now()));
    }
    const phaseMs = clock.monoMs();
    this.#zeroRun = null;
    for (let unanswered = 0; !signal.aborted;) {
      const outcome = await this.#request(exchange);
      unanswered = outcome.kind === "missed" ? unanswered + 1 : 0;
      const counted = withOutcome(this.#status, outcome, this.#now());
      if (unanswered === SILENT_AFTER_REQUESTS) {
        this.#tell(withState(counted, "silent", this.#now()));
        return;
      }
      this.#tell(counted);
      // A request that comes late costs its place, never the phase of those after it.
      const sinceMs = clock.monoMs() - phaseMs;
      const nextMs = (Math.floor(sinceMs / intervalMs) + 1) * intervalMs;
      await clock.sleep(nextMs - sinceMs, ended);
      exchange.gone.throwIfAborted();
    }
  }

  async #request(exchange: Exchange): Promise<Outcome> {
    const waitMs = Math.min(LONGEST_WAIT_MS, 0.9 * this.#options.intervalMs);
    try {
      return this.#judge(await exchange.ask(waitMs));
    } catch (error) {
      const missed: Outcome = { kind: "missed" };
      if (!this.#options.signal.aborted) this.#tell(withOutcome(this.#status, missed, this.#now()));
      throw error;
    }
  }

  #judge(answer: Answer): Outcome {
    if (answer.kind === "none") return { kind: "missed" };
    const { reply, wallMs, monoMs } = answer;
    if (reply.kind === "wrong") return reply;
    const mains = mainsPower(reply.channels, this.#options.channels);
    if (mains.kind === "wrong") return mains;
    const longestGapMs = holdMs(this.#options.intervalMs / 1000);
    const { run, believed } = stepZeroRun(this.#zeroRun, mains.watts, monoMs, longestGapMs);
    this.#zeroRun = run;
    if (believed) this.#options.onReading({ at: roundAt(wallMs), watts: mains.watts, monoMs });
    const kind = mains.watts === 0 ? "zero" : "good";
    return { kind, channels: mains.channels, ignored: mains.ignored };
  }

  #tell(next: MeterStatus): void {
    const { clock, onStatus } = this.#options;
    const previous = this.#status;
    this.#since = next.state === previous.state
      ? redated(this.#since, clock)
      : { at: next.since, monoMs: clock.monoMs() };
    this.#status = { ...next, since: this.#since.at };
    onStatus(this.#status, previous);
  }

  #now(): number {
    return this.#options.clock.nowMs();
  }

  #replies(): number {
    const { good, wrong, zero } = this.#status;
    return good + wrong + zero;
  }
}
