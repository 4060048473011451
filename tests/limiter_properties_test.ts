import assert from "node:assert/strict";
import fc from "fast-check";
import {
  initialLimiter,
  type LimiterState,
  secondsToTripAt,
  status,
  step,
  tick,
} from "../lib/alarm/limiter.ts";
import { DEFAULT_TIERS } from "../lib/alarm/tiers.ts";

const HOLD_MS = 15_000;

/** Readings with the time since the one before, gaps and the tiers' edges included. */
const watts = fc.oneof(
  fc.integer({ min: 1, max: 8000 }),
  fc.constantFrom(3266, 3267, 3299, 3300, 3301, 4157, 4158, 4199, 4200, 4201),
);
const gapMs = fc.oneof(
  { weight: 8, arbitrary: fc.constantFrom(5000, 4900, 15_000) },
  fc.integer({ min: 1, max: 900_000 }),
);
const stays = fc.record({ watts, gapMs, times: fc.integer({ min: 1, max: 150 }) });
const day = fc.array(stays, { minLength: 1, maxLength: 12 }).map((stays) => {
  let monoMs = 0;
  return stays.flatMap(({ watts, gapMs, times }) =>
    Array.from({ length: times }, () => ({ watts, monoMs: monoMs += gapMs }))
  );
});

function* fold(readings: readonly { watts: number; monoMs: number }[]): Generator<LimiterState> {
  let state = initialLimiter(DEFAULT_TIERS);
  for (const reading of readings) yield state = step(state, reading, HOLD_MS);
}

Deno.test("more power never means more time left", () => {
  const more = fc.infiniteStream(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2000 })));
  fc.assert(fc.property(day, more, watts, (day, more, future) => {
    const higher = fold(day.map((reading) => ({
      ...reading,
      watts: reading.watts + (more.next().value ?? 0),
    })));
    for (const lower of fold(day)) {
      const high = higher.next().value as LimiterState;
      const time = (state: LimiterState) => status(state).secondsToTrip ?? Infinity;
      assert.ok(time(high) <= time(lower));
      assert.ok(
        (secondsToTripAt(high, future) ?? Infinity) <= (secondsToTripAt(lower, future) ?? Infinity),
      );
      high.budgets.forEach(({ leftMs }, i) => assert.ok(leftMs <= (lower.budgets[i]?.leftMs ?? 0)));
    }
  }));
});

Deno.test("the more a house would draw from now on, the less time it would have", () => {
  fc.assert(
    fc.property(day, watts, watts, (day, one, other) => {
      for (const state of fold(day)) {
        const [less, more] = [Math.min(one, other), Math.max(one, other)];
        assert.ok(
          (secondsToTripAt(state, more) ?? Infinity) <= (secondsToTripAt(state, less) ?? Infinity),
        );
      }
    }),
    { numRuns: 30 },
  );
});

Deno.test("the state depends on the readings only, not on how often one looks or when the clock began", () => {
  const looks = fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 5 });
  fc.assert(fc.property(day, looks, fc.integer({ max: 1e9 }), (day, looks, beganMs) => {
    let watched = initialLimiter(DEFAULT_TIERS);
    let i = 0;
    for (const plain of fold(day)) {
      const { watts, monoMs } = day[i++] ?? { watts: 0, monoMs: 0 };
      const lastMs = watched.monoMs;
      for (const ms of looks.toSorted((a, b) => a - b)) {
        if (i > 1) watched = tick(watched, Math.min(lastMs + ms, monoMs + beganMs));
      }
      watched = step(watched, { watts, monoMs: monoMs + beganMs }, HOLD_MS);
      assert.deepEqual(watched.budgets, plain.budgets);
      assert.deepEqual(status(watched), status(plain));
    }
  }));
});

Deno.test("a budget is never negative or above full, and no status contradicts itself", () => {
  fc.assert(fc.property(day, (day) => {
    for (const state of fold(day)) {
      for (const { leftMs, tier } of state.budgets) {
        assert.ok(leftMs >= 0 && leftMs <= tier.seconds * 1000);
      }
      const told = status(state);
      assert.equal(told.state === "ok", told.secondsToTrip === null);
      assert.equal(told.state === "ok", told.shedWatts === 0);
      assert.ok(told.shedWatts >= 0 && told.shedWatts <= (state.watts ?? 0));
    }
  }));
});

Deno.test("no swing within one per cent below the tier ends it within a minute", () => {
  const edge = fc.array(fc.integer({ min: 4158, max: 4300 }), { minLength: 1, maxLength: 11 });
  fc.assert(fc.property(fc.array(edge, { minLength: 1, maxLength: 20 }), (edges) => {
    const readings = edges.flatMap((watts) => [4200, ...watts])
      .map((watts, i) => ({ watts, monoMs: i * 5000 }));
    for (const state of fold(readings)) assert.equal(status(state).state, "critical");
  }));
});
