import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { look, UNTOLD, type Watch, type WatchEvidence } from "../lib/watch/watch.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** Monday 23 November 2026, noon in Rome. */
const NOON = Date.UTC(2026, 10, 23, 11);
const DAY_BEFORE_YESTERDAY = "2026-11-21";
/** When that day ended. */
const ENDED = Date.UTC(2026, 10, 21, 23);
const ROOM = { totalBytes: 32e9, freeBytes: 16e9 };

/** A service that is well, `afterMs` after noon. */
function evidence(afterMs: number, change: Partial<WatchEvidence> = {}): WatchEvidence {
  return {
    nowMs: NOON + afterMs,
    monoMs: afterMs,
    timeZone: "Europe/Rome",
    reading: { at: NOON + afterMs - 5_000, ageMs: 5_000, hasCome: true, problem: "" },
    waiting: null,
    disks: { "/data/journal": ROOM, "/run/mcce": ROOM },
    ...change,
  };
}

/** What is told in a look after another; `before`: what an earlier service has told. */
function told(looks: readonly WatchEvidence[], before: Watch["told"] = {}) {
  let watch: Watch = { ...UNTOLD, told: before };
  return looks.map((one) => {
    const seen = look(watch, one);
    watch = seen.watch;
    return seen.news.map(({ about, isOver, since, detail }) =>
      [about, isOver, since, detail] as const
    );
  });
}

const reading = (ageMs: number, problem = "") => ({ at: NOON, ageMs, hasCome: true, problem });

Deno.test("ten minutes without a reading are told once, with the cause, and when one comes", () => {
  const problem = "/dev/ttyUSB0 has gone";
  deepEqual(
    told([
      evidence(9 * MINUTE_MS, { reading: reading(9 * MINUTE_MS, problem) }),
      evidence(10 * MINUTE_MS, { reading: reading(10 * MINUTE_MS, problem) }),
      evidence(11 * MINUTE_MS, { reading: reading(11 * MINUTE_MS, problem) }),
      evidence(12 * MINUTE_MS),
      evidence(13 * MINUTE_MS),
    ]),
    [[], [["readings", false, NOON, problem]], [], [["readings", true, NOON, ""]], []],
  );
});

Deno.test("a day whose digest is more than a day late is told with its reason, and when it is done", () => {
  const waiting = { date: DAY_BEFORE_YESTERDAY, reason: "no room is left" };
  deepEqual(
    told([
      evidence(0, { waiting }),
      evidence(59 * MINUTE_MS, { waiting }),
      evidence(60 * MINUTE_MS, { waiting }),
      evidence(61 * MINUTE_MS, { waiting }),
      evidence(62 * MINUTE_MS),
    ]),
    [[], [], [["digest", false, ENDED, "no room is left"]], [], [["digest", true, ENDED, ""]]],
  );
});

Deno.test("a day that ended within a day is not late, however long it waits", () => {
  const waiting = { date: "2026-11-22", reason: null };
  const looks = Array.from({ length: 11 }, (_, hour) => evidence(hour * HOUR_MS, { waiting }));
  equal(told(looks).flat().length, 0);
});

Deno.test("days that a Pi that was off finds late, and digests within the hour, are nobody's trouble", () => {
  const waiting = { date: "2026-11-01", reason: null };
  deepEqual(
    told([
      evidence(0, { waiting }),
      evidence(30 * MINUTE_MS),
      evidence(90 * MINUTE_MS, { waiting }),
    ]),
    [[], [], []],
  );
});

Deno.test("a disk under 5 % is told with its path, and it is over with 6 %", () => {
  const disks = (share: number) => ({
    disks: { "/data/journal": ROOM, "/run/mcce": { totalBytes: 1e9, freeBytes: share * 1e9 } },
  });
  deepEqual(
    told([0.05, 0.049, 0.051, 0.059, 0.06, 0.05].map((share) => evidence(0, disks(share)))),
    [[], [["disk", false, NOON, "/run/mcce: 49 MB of 1000 MB."]], [], [], [
      ["disk", true, NOON, ""],
    ], []],
  );
});

Deno.test("a disk that tells no size is not full", () => {
  equal(told([evidence(0, { disks: { "/x": { totalBytes: 0, freeBytes: 0 } } })]).flat().length, 0);
});

Deno.test("what a service before has told is over only when it is, and not told again", () => {
  const before = { readings: NOON - HOUR_MS, digest: ENDED, disk: NOON - HOUR_MS };
  const silent = { ...reading(MINUTE_MS), hasCome: false };
  const disks = { "/": { totalBytes: 1000, freeBytes: 55 } };
  const waiting = { date: DAY_BEFORE_YESTERDAY, reason: null };
  deepEqual(
    told([
      evidence(MINUTE_MS, { reading: silent, disks, waiting: undefined }),
      evidence(2 * MINUTE_MS, { reading: silent, disks, waiting }),
      evidence(3 * MINUTE_MS),
      evidence(4 * MINUTE_MS),
    ], before),
    [[], [], [
      ["readings", true, NOON - HOUR_MS, ""],
      ["digest", true, ENDED, ""],
      ["disk", true, NOON - HOUR_MS, ""],
    ], []],
  );
});

Deno.test("whatever happens, each trouble begins and ends in turn", () => {
  const moment = fc.record({
    ageMs: fc.constantFrom(0, 9 * MINUTE_MS, 11 * MINUTE_MS),
    share: fc.constantFrom(0, 0.04, 0.055, 0.5),
    isWaiting: fc.boolean(),
  });
  fc.assert(fc.property(fc.array(moment), (moments) => {
    const looks = moments.map(({ ageMs, share, isWaiting }, i) =>
      evidence(i * 30 * MINUTE_MS, {
        reading: reading(ageMs),
        disks: { "/": { totalBytes: 1000, freeBytes: share * 1000 } },
        waiting: isWaiting ? { date: DAY_BEFORE_YESTERDAY, reason: null } : null,
      })
    );
    const open = new Map<string, boolean>();
    for (const [about, isOver] of told(looks).flat()) {
      equal(open.get(about) ?? false, isOver, about);
      open.set(about, !isOver);
    }
  }));
});
