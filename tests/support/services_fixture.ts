import type { Services } from "../../functions/env.ts";
import { Hub } from "../../lib/live/hub.ts";
import { encodeEvent } from "../../lib/live/sse.ts";
import { initialStatus } from "../../lib/meter/status.ts";
import { NOW, snapshotAt } from "./live_fixture.ts";

/** The services of a house that is well, changed as a test wants. */
export function servicesFixture(change: Partial<Services> = {}): Services {
  const snapshot = () => snapshotAt(NOW);
  const hub = new Hub(() => encodeEvent("snapshot", snapshot()));
  const { state, since, good, wrong, missed, zero } = initialStatus(NOW);
  return {
    live: {
      subscribe: () => hub.subscribe(),
      snapshot,
      now: () => ({
        at: NOW,
        watts: 1999,
        kWhToday: 7.412,
        stale: false,
        alarm: null,
        meter: { state, since, good, wrong, missed, zero },
      }),
    },
    health: () => ({ ok: true, parts: {} }),
    digest: {
      state: () => Promise.resolve({ last: null, pending: [], failed: [] }),
      run: () => Promise.resolve({ last: null, pending: [], failed: [] }),
      isOver: () => true,
    },
    assets: new Map(),
    language: "en",
    timeZone: "Europe/Rome",
    version: "1.0.0",
    accessToken: null,
    hostNames: [],
    reportFault: (sentence) => {
      throw new Error(sentence);
    },
    ...change,
  };
}
