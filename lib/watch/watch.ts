import { dayBounds } from "../calendar.ts";
import type { DiskRoom } from "../disk_room.ts";
import type { Trouble } from "../notify/event.ts";

/** What a look at the service sees. */
export interface WatchEvidence {
  /** The wall clock, and one that never steps. */
  readonly nowMs: number;
  readonly monoMs: number;
  /** IANA name. */
  readonly timeZone: string;
  /** The newest reading, or the service's start before the first; `problem`: one sentence, empty when there is none. */
  readonly reading: {
    readonly at: number;
    readonly ageMs: number;
    /** Whether one has come since the service's start. */
    readonly hasCome: boolean;
    readonly problem: string;
  };
  /** The completed day that has waited the longest for its digest; `undefined` before the digest has looked. */
  readonly waiting: { readonly date: string; readonly reason: string | null } | null | undefined;
  /** By the path whose disk it is. */
  readonly disks: Readonly<Record<string, DiskRoom>>;
}

type About = Trouble["about"];

/** What has been told and is not over yet, by this service or by one before it; a fold over looks. */
export interface Watch {
  /** Since when each lasts, epoch milliseconds. */
  readonly told: Readonly<Partial<Record<About, number>>>;
  /** Monotonic milliseconds since which a day has been late. */
  readonly lateMonoMs: number | null;
}

/** Before the first look. */
export const UNTOLD: Watch = { told: {}, lateMonoMs: null };

const NO_READINGS_MS = 10 * 60_000;
const LATE_MS = 86_400_000;
/** A Pi that was off for days digests them in its first minutes, and so does one whose clock was just set. */
const LATE_PATIENCE_MS = 3_600_000;
const LEAST_FREE = 0.05;
/** It is over with some room to spare, so that a disk at the limit is not told of each minute. */
const ENOUGH_FREE = 0.06;

/** What is wrong now. */
interface Finding {
  readonly since: number;
  readonly detail: string;
}

/** Looks once; gives what has begun and what is over, each to be told once. */
export function look(watch: Watch, evidence: WatchEvidence): { watch: Watch; news: Trouble[] } {
  const lateMonoMs = isLate(evidence) ? watch.lateMonoMs ?? evidence.monoMs : null;
  const findings: Record<About, Finding | null> = {
    readings: missingReadings(evidence, watch.told.readings !== undefined),
    digest: lateDigest(evidence, lateMonoMs, watch.told.digest !== undefined),
    disk: fullDisk(evidence, watch.told.disk !== undefined),
  };
  const told: Partial<Record<About, number>> = { ...watch.told };
  const news: Trouble[] = [];
  for (const about of ["readings", "digest", "disk"] as const) {
    const [finding, since] = [findings[about], told[about]];
    const change = { kind: "trouble", at: evidence.nowMs, about } as const;
    if (finding !== null && since === undefined) {
      told[about] = finding.since;
      news.push({ ...change, isOver: false, ...finding });
    } else if (finding === null && since !== undefined) {
      delete told[about];
      news.push({ ...change, isOver: true, since, detail: "" });
    }
  }
  return { watch: { told, lateMonoMs }, news };
}

function missingReadings({ reading }: WatchEvidence, isTold: boolean): Finding | null {
  const { at, ageMs, hasCome, problem } = reading;
  // A start of the service is no reading.
  const isMissing = ageMs >= NO_READINGS_MS || (isTold && !hasCome);
  return isMissing ? { since: at, detail: problem } : null;
}

/** Whether the day that waits ended more than a day ago. */
function isLate({ waiting, nowMs, timeZone }: WatchEvidence): boolean {
  return !!waiting && nowMs - dayBounds(waiting.date, timeZone).endMs > LATE_MS;
}

function lateDigest(
  { waiting, nowMs, monoMs, timeZone }: WatchEvidence,
  lateMonoMs: number | null,
  isTold: boolean,
): Finding | null {
  if (waiting === undefined) return isTold ? { since: nowMs, detail: "" } : null;
  const patienceMs = isTold ? 0 : LATE_PATIENCE_MS;
  if (waiting === null || lateMonoMs === null || monoMs - lateMonoMs < patienceMs) return null;
  const { date, reason } = waiting;
  return { since: dayBounds(date, timeZone).endMs, detail: reason ?? "" };
}

function fullDisk({ disks, nowMs }: WatchEvidence, isTold: boolean): Finding | null {
  const least = isTold ? ENOUGH_FREE : LEAST_FREE;
  const full = Object.entries(disks).find(([, { freeBytes, totalBytes }]) =>
    freeBytes < least * totalBytes
  );
  if (!full) return null;
  const [path, { freeBytes, totalBytes }] = full;
  return { since: nowMs, detail: `${path}: ${megabytes(freeBytes)} of ${megabytes(totalBytes)}.` };
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
