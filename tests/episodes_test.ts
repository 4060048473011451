import assert from "node:assert/strict";
import {
  type EpisodeSearch,
  episodesOf,
  GrowingEpisodes,
  warmUpMs,
} from "../lib/alarm/episodes.ts";
import { contractTiers, DEFAULT_TIERS } from "../lib/alarm/tiers.ts";
import type { Reading } from "../lib/reading.ts";

const MINUTE = 60;
const SPAN = { startMs: 0, endMs: 86_400_000 };

/** Readings 5 s apart from `fromS` on: so many watts for so many seconds, one after the other. */
function load(fromS: number, ...stays: [watts: number, seconds: number][]): Reading[] {
  let at = 1000 * fromS;
  return stays.flatMap(([watts, seconds]) =>
    Array.from({ length: seconds / 5 }, () => ({ at: (at += 5000) - 5000, watts }))
  );
}

function search(readings: Reading[], change: Partial<EpisodeSearch> = {}) {
  return episodesOf({
    ...{ span: SPAN, readings, before: [], holdMs: 15_000, tiers: DEFAULT_TIERS, cutOffsAt: [] },
    ...change,
  });
}

Deno.test("a house that stays below its limits has no episode", () => {
  assert.deepEqual(search(load(0, [3299, 3600])), []);
  assert.deepEqual(search([]), []);
});

Deno.test("an episode tells from when to when, the highest power, what lay beyond the cap and how near the cut-off was", () => {
  const readings = load(600, [1000, 60], [3500, 60], [4840, 90], [3500, 30], [1000, 60]);
  const rounded = search(readings).map((part) => ({
    ...part,
    whAboveCap: Math.round(1e6 * part.whAboveCap) / 1e6,
  }));
  assert.deepEqual(rounded, [{
    from: 660_000,
    to: 840_000,
    state: "critical",
    maxWatts: 4840,
    maxAt: 720_000,
    secondsAbove: 180,
    whAboveCap: 16,
    secondsLeft: 30,
    tierWatts: 4200,
  }]);
});

Deno.test("the slow tier's episode is a warning once less than half an hour is left", () => {
  const [above] = search(load(0, [3500, 150 * MINUTE], [1000, 60]));
  assert.deepEqual([above?.state, above?.secondsLeft, above?.tierWatts], ["above", 1800, 3300]);
  const [warning] = search(load(0, [3500, 150 * MINUTE + 5], [1000, 60]));
  assert.deepEqual([warning?.state, warning?.secondsLeft], ["warning", 1795]);
});

Deno.test("an overload that the meter bears longer than it should comes as near as it can", () => {
  const [episode] = search(load(0, [5000, 600], [1000, 60]));
  assert.deepEqual([episode?.secondsLeft, episode?.secondsAbove], [0, 600]);
});

Deno.test("interruptions of less than ten minutes are part of it, longer ones are not", () => {
  const readings = load(0, [4300, 30], [1000, 595], [4300, 30], [1000, 600], [4300, 30], [1000, 5]);
  assert.deepEqual(
    search(readings).map(({ from, to, secondsAbove, secondsLeft }) => (
      { from, to, secondsAbove, secondsLeft }
    )),
    [
      { from: 0, to: 655_000, secondsAbove: 60, secondsLeft: 60 },
      { from: 1_255_000, to: 1_285_000, secondsAbove: 30, secondsLeft: 90 },
    ],
  );
});

Deno.test("silence ends an episode when its last reading no longer holds, and gives nothing back", () => {
  const readings = [...load(0, [4300, 60]), ...load(7200, [4300, 30])];
  assert.deepEqual(
    search(readings).map(({ from, to, secondsLeft }) => ({ from, to, secondsLeft })),
    [
      { from: 0, to: 70_000, secondsLeft: 50 },
      { from: 7_200_000, to: 7_240_000, secondsLeft: 10 },
    ],
  );
});

Deno.test("after a cut-off every budget is full", () => {
  const readings = [...load(0, [4300, 60]), ...load(120, [4300, 30], [1000, 5])];
  assert.deepEqual(
    search(readings, { cutOffsAt: [55_000] }).map(({ from, to, secondsLeft }) => (
      { from, to, secondsLeft }
    )),
    [
      { from: 0, to: 70_000, secondsLeft: 50 },
      { from: 120_000, to: 150_000, secondsLeft: 90 },
    ],
  );
  const [second] = search(load(120, [4300, 30], [1000, 5]), {
    before: load(0, [4300, 60]),
    span: { startMs: 100_000, endMs: SPAN.endMs },
    cutOffsAt: [55_000],
  });
  assert.equal(second?.secondsLeft, 90);
});

Deno.test("an episode over midnight is cut there, and what the evening has spent is missing in the night", () => {
  const evening = load(0, [1000, 60], [4300, 45]);
  const night = load(105, [4300, 30], [1000, 5]);
  const midnightMs = 105_000;
  const [before] = search(evening, { span: { startMs: 0, endMs: midnightMs } });
  const [after] = search(night, {
    before: evening,
    span: { startMs: midnightMs, endMs: SPAN.endMs },
  });
  assert.deepEqual([before?.from, before?.to, before?.secondsLeft], [60_000, midnightMs, 75]);
  assert.deepEqual([after?.from, after?.to, after?.secondsLeft], [midnightMs, 135_000, 45]);
});

Deno.test("a reading that holds over midnight spends on both sides of it", () => {
  const span = { startMs: 0, endMs: 57_000 };
  const readings = load(0, [4300, 60]).filter(({ at }) => at < span.endMs);
  const [before] = search(readings, { span });
  assert.deepEqual([before?.to, before?.secondsAbove], [57_000, 57]);
  const [after] = search([], { before: readings, span: { startMs: 57_000, endMs: SPAN.endMs } });
  assert.deepEqual([after?.from, after?.to, after?.maxWatts], [57_000, 70_000, 4300]);
  assert.equal(after?.secondsAbove, 13);
});

Deno.test("what the day's first reading ends was the day before's", () => {
  const before = load(0, [4300, 60]);
  const span = { startMs: 60_000, endMs: SPAN.endMs };
  assert.deepEqual(search(load(60, [1000, 60]), { before, span }), []);
});

Deno.test("of an episode that goes on is told what is known so far", () => {
  const readings = load(0, [4300, 30], [1000, 300], [4300, 30]);
  const episodes = new GrowingEpisodes({
    ...{ startMs: 0, before: [], holdMs: 15_000, tiers: DEFAULT_TIERS, cutOffsAt: [] },
  });
  for (const reading of readings) episodes.take(reading);
  const fold = episodes.until(358_000);
  assert.ok(fold.isOpen);
  const [episode, none] = fold.parts;
  assert.equal(none, undefined);
  assert.deepEqual([episode?.from, episode?.to, episode?.secondsAbove], [0, 358_000, 58]);
  fold.pass(1e9);
  assert.ok(!fold.isOpen);
});

Deno.test("the past that counts is the longest tier's time and an hour, a day at most", () => {
  assert.equal(warmUpMs(DEFAULT_TIERS), 4 * 3_600_000);
  assert.equal(warmUpMs(contractTiers(6)), 4 * 3_600_000);
  assert.equal(warmUpMs([{ watts: 3990, seconds: 120 }]), 3_720_000);
  assert.equal(warmUpMs([{ watts: 3300, seconds: 86_400 }]), 86_400_000);
});
