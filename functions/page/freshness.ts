import type { Snapshot } from "../../lib/live/wire.ts";
import { holdMs } from "../../lib/reading.ts";

/** A moment of the server's wall clock pinned to this browser's monotonic clock, whose own wall clock is not trusted. */
export interface ServerClock {
  readonly serverMs: number;
  /** `performance.now()` at that moment. */
  readonly monoMs: number;
}

/** What the server's wall clock shows at `monoMs`, epoch milliseconds. */
export function serverNow(clock: ServerClock, monoMs: number): number {
  return clock.serverMs + (monoMs - clock.monoMs);
}

/**
 * The clock after a reading that has just come: a reading from the future or older than the one before it means that
 * the server's clock was stepped (network time after a power cut), so the reading's own time is the better pin.
 */
export function pinToReading(
  clock: ServerClock,
  at: number,
  previousAt: number | null,
  monoMs: number,
): ServerClock {
  const steppedBack = previousAt !== null && at < previousAt;
  return steppedBack || at > serverNow(clock, monoMs) ? { serverMs: at, monoMs } : clock;
}

/** `fresh`: shown as it is. `stale`: grey, with its age. `gone`: no number is shown any more. */
export type Freshness = "fresh" | "stale" | "gone";

/** Stale is as old as a reading holds (15 s at 5 s sampling), gone is four times that (60 s). */
const GONE_HOLDS = 4;

/** What the service has said of its newest reading. */
type Told = Pick<Snapshot, "at" | "now" | "stale" | "sampleSeconds">;

/** Whether its age is unknown: it has not just come, and the server's clock lies before it, not set yet after a start. */
export function isUndated({ at, now, stale }: Pick<Told, "at" | "now" | "stale">): boolean {
  return stale && at !== null && at > now;
}

/** How far a reading of this age may still be shown as "now". */
export function freshness(ageMs: number, told: Told): Freshness {
  const hold = holdMs(told.sampleSeconds);
  if (isUndated(told)) return "gone";
  if (ageMs < hold && !told.stale) return "fresh";
  return ageMs < GONE_HOLDS * hold ? "stale" : "gone";
}
