import type { Env, Services } from "../../functions/env.ts";
import { DEFAULT_TIERS } from "../../lib/alarm/tiers.ts";
import { dayAt } from "../../lib/calendar.ts";
import type { LiveNow, ReadingEvent, Snapshot } from "../../lib/live/wire.ts";
import type { MeterStatus } from "../../lib/meter/status.ts";

const HOUR_MS = 3_600_000;
const STEP_MS = 60_000;

/** Saturday 21 November 2026, 14:30 in Rome. */
export const NOW = Date.UTC(2026, 10, 21, 13, 30);

/** Power of a plausible house at a time: a base load, a fridge, a lunch. */
export function plausibleWatts(at: number): number {
  const minute = Math.floor(at / STEP_MS);
  const fridge = minute % 40 < 14 ? 95 : 0;
  const lunch = Math.abs(minute % 1440 - 700) < 25 ? 1800 + (minute * 37) % 400 : 0;
  return 210 + fridge + lunch + (Math.floor(at / 5000) * 13) % 40;
}

/** A snapshot of a healthy house at `now`, in Rome unless told otherwise. */
export function snapshotAt(now: number, change: Partial<Snapshot> = {}): Snapshot {
  const startMs = Date.UTC(2026, 10, 20, 23);
  const minutes = Math.ceil((now - startMs) / STEP_MS);
  const watts = (i: number) => plausibleWatts(startMs + i * STEP_MS);
  const curve = (add: number) => Array.from({ length: minutes }, (_, i) => watts(i) + add);
  const at = Array.from({ length: 720 }, (_, i) => now - HOUR_MS + (i + 1) * 5000);
  return {
    version: "1.0.0",
    now,
    timeZone: "Europe/Rome",
    sampleSeconds: 5,
    limits: DEFAULT_TIERS,
    at: now,
    watts: 1999,
    stale: false,
    today: {
      date: "2026-11-21",
      startMs,
      endMs: startMs + 24 * HOUR_MS,
      kWhToday: 7.412,
      minWatts: 212,
      minAt: startMs + 3.5 * HOUR_MS,
      maxWatts: 13_420,
      maxAt: startMs + 12.25 * HOUR_MS,
      coverage: 0.998,
    },
    curve: {
      startMs,
      stepS: 60,
      meanWatts: curve(0),
      minWatts: curve(-40),
      maxWatts: curve(120),
    },
    yesterday: null,
    lastHour: { at, watts: at.map(plausibleWatts) },
    meter: healthyMeter(startMs + 8 * HOUR_MS),
    alarm: null,
    store: { ok: true, since: startMs, detail: "", waiting: 0 },
    ...change,
  };
}

function healthyMeter(since: number): MeterStatus {
  return {
    state: "connected",
    since,
    good: 12_345,
    wrong: 3,
    missed: 2,
    zero: 0,
    lastWrong: null,
    problem: null,
    ignoredChannels: [],
    channels: [2],
  };
}

/** What `/live/now` says of that house at `NOW`. */
export const NOW_ANSWER: LiveNow = {
  at: NOW,
  watts: 1999,
  kWhToday: 7.412,
  stale: false,
  alarm: null,
  meter: { state: "connected", since: NOW, good: 12_345, wrong: 3, missed: 2, zero: 0 },
};

/** The event of a reading at `at` on the day of `snapshotAt`. */
export function readingAt(
  at: number,
  watts: number,
  change: Partial<ReadingEvent> = {},
): ReadingEvent {
  return { at, watts, ...snapshotAt(at).today, ...change };
}

/** Services for the page's handlers alone: whatever else they might reach for is not there. */
export function pageServices(change: Partial<Services> = {}): Env["Bindings"] {
  const unused = () => {
    throw new Error("the page needs no such thing");
  };
  return {
    live: { subscribe: unused, now: () => NOW_ANSWER },
    health: unused,
    metrics: unused,
    digest: { state: unused, run: unused, isOver: unused },
    alarm: {
      episodes: () => Promise.resolve([]),
      days: () => ({ timeZone: "Europe/Rome", today: dayAt(NOW, "Europe/Rome"), firstDate: null }),
      silence: unused,
    },
    query: {
      known: unused,
      present: unused,
      span: unused,
      days: unused,
      history: unused,
      stats: unused,
    },
    exports: { open: unused },
    assets: new Map(),
    language: "en",
    timeZone: "Europe/Rome",
    version: "1.0.0",
    accessToken: null,
    hostNames: [],
    nowMs: () => NOW,
    wrongToken: () => null,
    hangUp: () => {},
    peer: { hostname: "127.0.0.1", port: 50_000 },
    reportFault: () => {},
    ...change,
  };
}
