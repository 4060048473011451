import assert from "node:assert/strict";
import fc from "fast-check";
import { joinParts } from "../lib/alarm/episode_fold.ts";
import type { EpisodePart } from "../lib/alarm/episode_fold.ts";
import { episodesOf, GrowingEpisodes } from "../lib/alarm/episodes.ts";
import { initialLimiter, status, step, tick } from "../lib/alarm/limiter.ts";
import type { Tier } from "../lib/alarm/tiers.ts";
import type { Reading } from "../lib/reading.ts";

const HOLD_MS = 15_000;
const LOOK_MS = 1000;
/** Short enough for a test to run out of each. */
const TIERS: readonly Tier[] = [{ watts: 3300, seconds: 600 }, { watts: 4200, seconds: 60 }];

const watts = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(0, 500, 3266, 3267, 3300, 3400, 4157, 4158, 4200, 4300) },
  fc.integer({ min: 0, max: 8000 }),
);
const stay = fc.record({
  watts,
  gapMs: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(5000, 15_000) },
    fc.integer({ min: 1, max: 900 }).map((seconds) => 1000 * seconds),
  ),
  times: fc.integer({ min: 1, max: 60 }),
});
const house = fc.array(stay, { minLength: 1, maxLength: 10 }).map((stays): Reading[] => {
  let at = 0;
  return stays.flatMap(({ watts, gapMs, times }) =>
    Array.from({ length: times }, () => ({ at: at += gapMs, watts }))
  );
});

/** What somebody notes who looks at the limiter each second. */
function looked(readings: readonly Reading[], endMs: number): EpisodePart[] {
  const parts: EpisodePart[] = [];
  let state = initialLimiter(TIERS);
  let next = 0;
  for (let ms = 0; ms < endMs; ms += LOOK_MS) {
    state = tick(state, ms);
    while (next < readings.length && readings[next]!.at <= ms) {
      const { at, watts } = readings[next++]!;
      state = step(state, { watts, monoMs: at }, HOLD_MS);
    }
    const told = status(state);
    if (told.state === "ok") continue;
    const power = state.watts!;
    const left = status(tick(state, Math.min(ms + LOOK_MS, state.heldUntilMs - 1)));
    parts.push({
      from: ms,
      to: ms + LOOK_MS,
      state: told.state,
      maxWatts: power,
      maxAt: ms,
      secondsAbove: LOOK_MS / 1000,
      whAboveCap: Math.max(0, power - 4200) * LOOK_MS / 3_600_000,
      secondsLeft: left.secondsToTrip!,
      tierWatts: 0,
    });
  }
  return joinParts(parts);
}

Deno.test("the episodes are those of somebody who looks at the limiter all the time", () => {
  fc.assert(fc.property(house, (readings) => {
    const endMs = readings.at(-1)!.at + 60_000;
    const search = { readings, before: [], holdMs: HOLD_MS, tiers: TIERS, cutOffsAt: [] };
    const found = episodesOf({ ...search, span: { startMs: 0, endMs } });
    const seen = looked(readings, endMs);
    const plain = ({ from, to, maxWatts, maxAt, secondsAbove }: EpisodePart) => (
      { from, to, maxWatts, maxAt, secondsAbove }
    );
    assert.deepEqual(found.map(plain), seen.map(plain));
    found.forEach(({ whAboveCap, secondsLeft, state }, i) => {
      assert.ok(Math.abs(whAboveCap - seen[i]!.whAboveCap) < 1e-6);
      assert.ok(Math.abs(secondsLeft - seen[i]!.secondsLeft) <= 1);
      assert.equal(state, seen[i]!.state);
    });
  }));
});

Deno.test("days that are cut anywhere join to the same episodes", () => {
  fc.assert(fc.property(house, fc.integer({ min: 0, max: 3_600_000 }), (readings, cutMs) => {
    const endMs = readings.at(-1)!.at + 60_000;
    const rest = { holdMs: HOLD_MS, tiers: TIERS, cutOffsAt: [] };
    const whole = episodesOf({ ...rest, readings, before: [], span: { startMs: 0, endMs } });
    const before = readings.filter(({ at }) => at < cutMs);
    const after = readings.filter(({ at }) => at >= cutMs);
    const parts = [
      ...episodesOf({ ...rest, readings: before, before: [], span: { startMs: 0, endMs: cutMs } }),
      ...episodesOf({ ...rest, readings: after, before, span: { startMs: cutMs, endMs } }),
    ];
    const near = (parts: readonly EpisodePart[]) =>
      parts.map(({ secondsAbove, whAboveCap, ...part }) => ({
        ...part,
        secondsAbove: secondsAbove.toFixed(3),
        whAboveCap: whAboveCap.toFixed(6),
      }));
    assert.deepEqual(near(joinParts(parts)), near(whole));
  }));
});

Deno.test("episodes that are asked for while they grow are those of a house that is asked once", () => {
  fc.assert(
    fc.property(house, fc.integer({ min: 0, max: 1_200_000 }), (readings, startMs) => {
      const rest = { holdMs: HOLD_MS, tiers: TIERS, cutOffsAt: [readings[0]!.at + 60_000] };
      const before = readings.filter(({ at }) => at < startMs);
      const growing = new GrowingEpisodes({ ...rest, startMs, before });
      const taken: Reading[] = [];
      for (const reading of readings.slice(before.length)) {
        growing.take(reading);
        taken.push(reading);
        const endMs = reading.at + LOOK_MS;
        assert.deepEqual(
          growing.until(endMs).parts,
          episodesOf({ ...rest, readings: taken, before, span: { startMs, endMs } }),
        );
      }
    }),
    { numRuns: 30 },
  );
});
