import type { StoreStatus } from "./live/wire.ts";
import type { MeterStatus } from "./meter/status.ts";

/** What `/health` says of one part. */
export interface PartHealth {
  readonly ok: boolean;
  /** Epoch milliseconds since which `ok` holds. */
  readonly since: number;
  /** One sentence. */
  readonly detail: string;
}

/** `GET /health`. */
export interface Health {
  readonly ok: boolean;
  readonly parts: Readonly<Record<string, PartHealth>>;
}

/** What the meter's health follows from. */
export interface MeterEvidence {
  readonly status: MeterStatus;
  /** The newest reading's time, or the start of the service before the first. */
  readonly lastAt: number;
  /** How long ago that was, by the monotonic clock. */
  readonly ageMs: number;
  readonly sampleSeconds: number;
}

/** Not well without a reading for max(30 s, 5 intervals). */
export function meterHealth(evidence: MeterEvidence): PartHealth {
  const { status, lastAt, ageMs, sampleSeconds } = evidence;
  const { state, good, wrong, missed, zero, problem, lastWrong } = status;
  const patienceMs = Math.max(30_000, 5_000 * sampleSeconds);
  const ok = ageMs <= patienceMs;
  const counts = `${good} good, ${wrong} wrong, ${missed} missed, ${zero} zero replies`;
  const reason = problem ?? (!ok && lastWrong ? `the newest wrong reply: ${lastWrong}` : null);
  return {
    ok,
    since: ok ? Math.min(status.since, lastAt) : lastAt + patienceMs,
    detail: `${state}; ${counts}${reason ? `; ${reason}` : ""}`,
  };
}

/** Not well while the disk takes nothing. */
export function storeHealth({ ok, since, detail }: StoreStatus): PartHealth {
  return { ok, since, detail: detail || "readings reach the journal" };
}

/** What the digest's health follows from. */
export interface DigestEvidence {
  /** When the oldest day that waits for its digest ended, `null` when none waits. Epoch milliseconds. */
  readonly waitingSince: number | null;
  /** Why a day could not be digested, one sentence; `null` when none failed. */
  readonly failure: string | null;
  /** The newest day digested by this process. */
  readonly last: { readonly date: string; readonly at: number } | null;
  readonly startedAt: number;
  readonly nowMs: number;
}

/** A day may wait for so long: the digest is tried every minute. */
const DIGEST_PATIENCE_MS = 3_600_000;

/** Not well while a completed day has waited for over an hour since it ended and since the service started. */
export function digestHealth(evidence: DigestEvidence): PartHealth {
  const { waitingSince, failure, last, startedAt, nowMs } = evidence;
  const lateAt = waitingSince === null
    ? Infinity
    : Math.max(waitingSince, startedAt) + DIGEST_PATIENCE_MS;
  const ok = nowMs <= lateAt;
  const done = last ? `the newest digested day is ${last.date}` : "no day has ended yet";
  const waiting = waitingSince === null ? done : "a completed day waits for its digest";
  return {
    ok,
    since: ok ? last?.at ?? startedAt : lateAt,
    detail: failure ? `${waiting}: ${failure}` : waiting,
  };
}

/** Well when every part is. */
export function health(parts: Readonly<Record<string, PartHealth>>): Health {
  return { ok: Object.values(parts).every((part) => part.ok), parts };
}
