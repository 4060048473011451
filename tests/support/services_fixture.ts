import type { Env, Services } from "../../functions/env.ts";
import { dayAt } from "../../lib/calendar.ts";
import { Hub } from "../../lib/live/hub.ts";
import { encodeEvent } from "../../lib/live/sse.ts";
import { NOW, NOW_ANSWER, snapshotAt } from "./live_fixture.ts";

/** What is answered about a house of which nothing is known yet. */
function emptyQuery(timeZone: string): Services["query"] {
  const today = dayAt(NOW, timeZone);
  const stats = { days: 0, max: null, min: null, mean: null, std: null, sum: 0, months: [] };
  return {
    known: () => Promise.resolve({ timeZone, today, firstDate: null }),
    present: () => ({ timeZone, today, firstDate: null }),
    span: () => Promise.resolve({ timeZone, firstDate: null, lastDate: null, today: today.date }),
    days: () => Promise.resolve(new TextEncoder().encode("[]")),
    history: ({ startMs }) => Promise.resolve({ level: "raw", endMs: startMs, rows: [] }),
    stats: () => Promise.resolve({ ...stats, bandsKWh: null }),
  };
}

/** The services of a house that is well, changed as a test wants. */
export function servicesFixture(change: Partial<Services> = {}): Env["Bindings"] {
  const hub = new Hub(() => encodeEvent("snapshot", snapshotAt(NOW)));
  return {
    live: { subscribe: () => hub.subscribe(), now: () => NOW_ANSWER },
    metrics: () => "# EOF\n",
    health: () => ({ ok: true, parts: {} }),
    digest: {
      state: () => Promise.resolve({ last: null, pending: [], failed: [] }),
      run: () => Promise.resolve({ last: null, pending: [], failed: [] }),
      isOver: () => true,
    },
    alarm: {
      episodes: () => Promise.resolve([]),
      days: () => ({ timeZone: "Europe/Rome", today: dayAt(NOW, "Europe/Rome"), firstDate: null }),
      silence: (minutes) => minutes === 0 ? null : NOW + 60_000 * minutes,
    },
    query: emptyQuery("Europe/Rome"),
    exports: { async *open() {} },
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
    reportFault: (sentence) => {
      throw new Error(sentence);
    },
    ...change,
  };
}
