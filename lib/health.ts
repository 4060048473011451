import type { SounderStatus } from "./alarm/held_sounder.ts";
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
  /** The completed day that has waited the longest, as far as this process knows, and why if it failed. */
  readonly waiting: {
    readonly date: string;
    /** Epoch milliseconds. */
    readonly since: number;
    /** One sentence. */
    readonly reason: string | null;
  } | null;
  /** The newest day digested by this process. */
  readonly last: { readonly date: string; readonly at: number } | null;
  readonly startedAt: number;
  readonly nowMs: number;
}

/** A day may wait for so long: the digest is tried every minute. */
const DIGEST_PATIENCE_MS = 3_600_000;

/** Not well while a completed day has waited for over an hour. */
export function digestHealth({ waiting, last, startedAt, nowMs }: DigestEvidence): PartHealth {
  const lateAt = waiting ? waiting.since + DIGEST_PATIENCE_MS : Infinity;
  const ok = nowMs <= lateAt;
  const since = ok ? last?.at ?? startedAt : lateAt;
  if (waiting) {
    const reason = waiting.reason ? `: ${waiting.reason}` : "";
    return { ok, since, detail: `${waiting.date} waits for its digest${reason}` };
  }
  const detail = last
    ? `the newest digested day is ${last.date}`
    : "no day has been digested since the start";
  return { ok, since, detail };
}

/** Not well while a pin fails. A machine without pins has no buzzer that could be ill. */
export function alarmHealth({ state, since, problem }: SounderStatus): PartHealth {
  const details = {
    off: "no buzzer is wanted: ALARM_GPIO is off",
    opening: "the buzzer's pins are being taken",
    ready: "the buzzer is ready",
    absent: `there is no buzzer: ${problem}`,
    failing: `the buzzer fails: ${problem}`,
  };
  return { ok: state !== "failing", since, detail: details[state] };
}

/** Well when every part is, but for the alarm: without its buzzer the service still does what nothing else does. */
export function health(parts: Readonly<Record<string, PartHealth>>): Health {
  const ok = Object.entries(parts).every(([name, part]) => part.ok || name === "alarm");
  return { ok, parts };
}
