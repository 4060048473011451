import { dayAt } from "../calendar.ts";
import type { Clock } from "../clock.ts";
import type { StoreStatus } from "../live/wire.ts";

/** What is flushed, and how often. */
export interface FlushLoopOptions {
  readonly journal: { flush(signal: AbortSignal): Promise<void>; status(): StoreStatus };
  readonly flushMs: number;
  readonly timeZone: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Told after each flush. */
  readonly onFlushed: (status: StoreStatus) => void;
}

/** After a flush that the disk refused. */
const RETRY_MS = 30_000;
/** The wall clock may step, so midnight is looked for anew at least this often. */
const LONGEST_NAP_MS = 30_000;

/** Flushes every `flushMs`, and when the local day has turned, until `signal` aborts. */
export async function runFlushes(options: FlushLoopOptions): Promise<void> {
  const { journal, flushMs, timeZone, clock, signal, onFlushed } = options;
  const pauseMs = ({ ok }: StoreStatus) => ok ? flushMs : Math.min(flushMs, RETRY_MS);
  let dueMonoMs = clock.monoMs() + pauseMs(journal.status());
  let day = dayAt(clock.nowMs(), timeZone);
  while (!signal.aborted) {
    const nowMs = clock.nowMs();
    const hasTurned = nowMs < day.startMs || nowMs >= day.endMs;
    if (hasTurned || clock.monoMs() >= dueMonoMs) {
      await journal.flush(signal);
      day = dayAt(nowMs, timeZone);
      const status = journal.status();
      dueMonoMs = clock.monoMs() + pauseMs(status);
      onFlushed(status);
    }
    const untilDueMs = dueMonoMs - clock.monoMs();
    const untilMidnightMs = day.endMs - clock.nowMs();
    const napMs = Math.min(untilDueMs, untilMidnightMs, LONGEST_NAP_MS);
    await clock.sleep(Math.max(napMs, 1), signal);
  }
}
