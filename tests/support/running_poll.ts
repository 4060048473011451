import { systemClock } from "../../lib/clock.ts";
import { pollMeter, type PollOptions } from "../../lib/meter/poll.ts";
import { initialStatus, type MeterStatus } from "../../lib/meter/status.ts";
import type { LiveReading } from "../../lib/reading.ts";

/** A poll with the real clock; `stop` ends it and waits for its end. */
export class RunningPoll {
  readonly readings: LiveReading[] = [];
  readonly statuses: MeterStatus[] = [];
  readonly #stop = new AbortController();
  readonly #done: Promise<void>;

  constructor(options: Pick<PollOptions, "open" | "intervalMs"> & Partial<PollOptions>) {
    this.#done = pollMeter({
      channels: null,
      clock: systemClock,
      signal: this.#stop.signal,
      onReading: (reading) => this.readings.push(reading),
      onStatus: (status) => this.statuses.push(status),
      ...options,
    });
  }

  get status(): MeterStatus {
    return this.statuses.at(-1) ?? initialStatus(0);
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#done;
  }
}
