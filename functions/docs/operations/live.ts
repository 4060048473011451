import { json, named, type Operation } from "../operation.ts";

const NOW = {
  at: 1_795_387_806_100,
  watts: 1999,
  kWhToday: 7.412,
  stale: false,
  alarm: {
    state: "ok",
    secondsToTrip: null,
    shedWatts: 0,
    tierWatts: null,
    silencedUntil: null,
    appliances: [{ name: "oven", watts: 2000, answer: "for", secondsToTrip: 7200 }],
  },
  meter: {
    state: "connected",
    since: 1_795_330_800_000,
    good: 12_345,
    wrong: 3,
    missed: 2,
    zero: 0,
  },
};

/** `/live` and what belongs to it. */
export const LIVE_OPERATIONS: readonly Operation[] = [
  {
    method: "get",
    path: "/live/now",
    id: "liveNow",
    tag: "live",
    summary: "The newest reading and the state of the house",
    answers: { 200: { description: "As it is now", content: [json("LiveNow", NOW)] } },
  },
  {
    method: "get",
    path: "/live",
    id: "live",
    tag: "live",
    summary: "Readings as they come, as Server-Sent Events",
    description:
      "First a snapshot of today so far, then a reading at each sample, and the alarm's and the meter's state when they change. " +
      "Each event's data is JSON. A comment line every 15 s tells a quiet house from a lost one. A reader that falls behind is dropped, and comes back by itself.",
    answers: {
      200: {
        description: "The stream, which has no end",
        content: [{
          type: "text/event-stream",
          schema: { type: "string" },
          example:
            'event: reading\nid: 1795387806100\ndata: {"at":1795387806100,"watts":1999,"kWhToday":7.412}\n\n',
        }],
        events: {
          snapshot: named("Snapshot"),
          reading: named("ReadingEvent"),
          alarm: named("AlarmEvent"),
          status: named("StatusEvent"),
        },
      },
    },
  },
];
