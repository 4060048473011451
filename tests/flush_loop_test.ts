import assert from "node:assert/strict";
import type { Clock } from "../lib/clock.ts";
import { runFlushes } from "../lib/store/flush_loop.ts";
import type { StoreStatus } from "../lib/live/wire.ts";

const MINUTE_MS = 60_000;

interface Course {
  readonly start: string;
  readonly flushMs: number;
  readonly untilS: number;
  /** Sets the wall clock, at so many seconds of the run. */
  readonly steps?: Readonly<Record<number, string>>;
  /** Whether the disk takes the flush at that second. */
  readonly isOk?: (s: number) => boolean;
}

/** Runs the loop on a clock that jumps from nap to nap; gives the seconds of the run, and the wall times, of its flushes. */
async function flushesOf({ start, flushMs, untilS, steps = {}, isOk = () => true }: Course) {
  let [monoMs, wallMs, longestNapMs, isFlushing] = [0, Date.parse(start), 0, false];
  const stop = new AbortController();
  const pending = Object.entries(steps).map(([s, wall]) => ({ ms: 1000 * Number(s), wall }));
  const clock: Clock = {
    nowMs: () => wallMs,
    monoMs: () => monoMs,
    sleep: async (ms, signal) => {
      assert.equal(signal, stop.signal);
      assert.equal(isFlushing, false);
      longestNapMs = Math.max(longestNapMs, ms);
      const endMs = monoMs + ms;
      wallMs += ms;
      monoMs = endMs;
      while (pending[0] && pending[0].ms <= endMs) {
        const { ms, wall } = pending.shift()!;
        wallMs = Date.parse(wall) + endMs - ms;
      }
      if (monoMs >= 1000 * untilS) stop.abort();
      await Promise.resolve();
    },
  };
  const seconds: number[] = [];
  const walls: string[] = [];
  const told: boolean[] = [];
  const status = (): StoreStatus => ({ ok: isOk(monoMs / 1000), since: 0, detail: "", waiting: 0 });
  const journal = {
    status,
    flush: async () => {
      isFlushing = true;
      seconds.push(monoMs / 1000);
      walls.push(new Date(wallMs).toISOString());
      await Promise.resolve();
      isFlushing = false;
    },
  };
  const onFlushed = ({ ok }: StoreStatus) => void told.push(ok);
  await runFlushes({
    journal,
    flushMs,
    timeZone: "Europe/Rome",
    clock,
    signal: stop.signal,
    onFlushed,
  });
  assert.equal(told.length, seconds.length);
  return { seconds, walls, told, longestNapMs };
}

Deno.test("a flush comes at every interval, whatever the wall clock does within the day", async () => {
  const { seconds, longestNapMs } = await flushesOf({
    start: "2026-11-21T06:00:00Z",
    flushMs: 10 * MINUTE_MS,
    untilS: 3_600,
    steps: { 700: "2026-11-21T09:00:00Z", 2_000: "2026-11-21T05:00:00Z" },
  });
  assert.deepEqual(seconds, [600, 1_200, 1_800, 2_400, 3_000]);
  assert(longestNapMs <= 30_000);
});

Deno.test("a flush comes when the local day turns, within a millisecond, and the interval counts from there", async () => {
  for (
    const [start, midnight] of [
      ["2026-11-21T22:55:00Z", "2026-11-21T23:00:00.000Z"],
      ["2026-03-29T21:55:00Z", "2026-03-29T22:00:00.000Z"], // the day of 23 hours
      ["2026-10-25T22:55:00Z", "2026-10-25T23:00:00.000Z"], // the day of 25
    ] as const
  ) {
    const { seconds, walls } = await flushesOf({ start, flushMs: 10 * MINUTE_MS, untilS: 1_000 });
    assert.deepEqual(seconds, [300, 900]);
    assert.equal(walls[0], midnight);
  }
});

Deno.test("a clock that jumps to another day, forth or back, is noticed within half a minute, once", async () => {
  const { seconds } = await flushesOf({
    start: "2026-11-21T12:00:00Z",
    flushMs: 60 * MINUTE_MS,
    untilS: 3_500,
    steps: {
      95: "2026-11-24T12:00:00Z",
      1_000: "2026-11-20T12:00:00Z",
      2_000: "2026-11-20T22:59:59Z",
    },
  });
  assert.equal(seconds.length, 3);
  for (const [i, expected] of [95, 1_000, 2_001].entries()) {
    assert(seconds[i]! >= expected && seconds[i]! <= expected + 30, `${seconds}`);
  }
});

Deno.test("what the disk refuses is tried again after half a minute, at the turn of the day too, and then at the interval", async () => {
  const { seconds, told } = await flushesOf({
    start: "2026-11-21T22:50:00Z",
    flushMs: 10 * MINUTE_MS,
    untilS: 1_400,
    isOk: (s) => s < 600 || s >= 690,
  });
  assert.deepEqual(seconds, [600, 630, 660, 690, 1_290]);
  assert.deepEqual(told, [false, false, false, true, true]);
});

Deno.test("what could not be taken in at the start is tried after half a minute", async () => {
  const { seconds } = await flushesOf({
    start: "2026-11-21T12:00:00Z",
    flushMs: 10 * MINUTE_MS,
    untilS: 700,
    isOk: (s) => s >= 30,
  });
  assert.deepEqual(seconds, [30, 630]);
});

Deno.test("a short interval is not stretched by a refusal", async () => {
  const { seconds } = await flushesOf({
    start: "2026-11-21T12:00:00Z",
    flushMs: 5_000,
    untilS: 21,
    isOk: () => false,
  });
  assert.deepEqual(seconds, [5, 10, 15, 20]);
});

Deno.test("the loop ends when it is told to, before its first flush as well", async () => {
  const { seconds } = await flushesOf({
    start: "2026-11-21T12:00:00Z",
    flushMs: 10 * MINUTE_MS,
    untilS: 1,
  });
  assert.deepEqual(seconds, []);
});
