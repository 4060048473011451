import assert from "node:assert/strict";
import { type DatedCutOff, type DayEpisode, joinEpisodes } from "../lib/alarm/join_episodes.ts";
import { DEFAULT_TIERS } from "../lib/alarm/tiers.ts";

const LIMITS = "3300:180m,4200:2m";
const MIDNIGHT = 86_400_000;

function part(from: number, to: number, change: Partial<DayEpisode> = {}): DayEpisode {
  return {
    ...{ from, to, state: "above", maxWatts: 3500, maxAt: from, secondsAbove: (to - from) / 1000 },
    ...{ whAboveCap: 0.12345, secondsLeft: 9000, tierWatts: 3300, limits: LIMITS },
    ...change,
  };
}

function cutOff(at: number, limits = LIMITS): DatedCutOff {
  return {
    ...{ at, watts: 4060, secondsAbove: 118, tierWatts: 4060, endedBy: "boot", limits },
    suggestedLimits: "3300:180m,4060:2m",
  };
}

Deno.test("what midnight has cut is one episode again", () => {
  const [whole, none] = joinEpisodes(
    [
      part(MIDNIGHT - 60_400, MIDNIGHT),
      part(MIDNIGHT, MIDNIGHT + 30_000, {
        ...{ state: "critical", maxWatts: 4300, secondsLeft: 90, tierWatts: 4200 },
      }),
    ],
    [],
    false,
  );
  assert.equal(none, undefined);
  assert.deepEqual(whole, {
    from: MIDNIGHT - 60_400,
    to: MIDNIGHT + 30_000,
    isOpen: false,
    state: "critical",
    maxWatts: 4300,
    maxAt: MIDNIGHT,
    secondsAbove: 90,
    whAboveCap: 0.247,
    secondsLeft: 90,
    tierWatts: 4200,
    limits: DEFAULT_TIERS,
    cutOff: null,
  });
});

Deno.test("episodes under other limits stay apart", () => {
  const parts = [part(0, 1000), part(1000, 2000, { limits: "4950:180m,5985:2m" })];
  assert.deepEqual(joinEpisodes(parts, [], false).map(({ limits }) => limits[0]?.watts), [
    3300,
    4950,
  ]);
});

Deno.test("a cut-off stands with the episode that it ended, and the next one is another", () => {
  const parts = [part(0, 60_000), part(120_000, 180_000), part(240_000, 300_000)];
  const found = joinEpisodes(parts, [cutOff(50_000)], false);
  const { limits: _, ...told } = cutOff(50_000);
  assert.deepEqual(found.map(({ from, to, cutOff }) => ({ from, to, cutOff })), [
    { from: 0, to: 60_000, cutOff: told },
    { from: 120_000, to: 300_000, cutOff: null },
  ]);
});

Deno.test("a cut-off is told also when its day has no episode by the limits that hold now", () => {
  const [before, alone] = joinEpisodes([part(0, 60_000)], [cutOff(2_000_000)], true);
  assert.equal(before?.cutOff, null);
  assert.deepEqual(
    [alone?.from, alone?.to, alone?.maxWatts, alone?.secondsLeft, alone?.cutOff?.at],
    [2_000_000 - 118_000, 2_000_000, 4060, 0, 2_000_000],
  );
});

Deno.test("only the last episode goes on", () => {
  const parts = [part(0, 60_000), part(1_000_000, 1_060_000)];
  assert.deepEqual(joinEpisodes(parts, [], true).map(({ isOpen }) => isOpen), [false, true]);
  assert.deepEqual(joinEpisodes([], [], true), []);
});
