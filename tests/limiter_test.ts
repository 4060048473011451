import assert from "node:assert/strict";
import fc from "fast-check";
import {
  initialLimiter,
  isTripDue,
  type LimiterState,
  secondsToTripAt,
  status,
  step,
  tick,
} from "../lib/alarm/limiter.ts";
import { DEFAULT_TIERS, type Tier } from "../lib/alarm/tiers.ts";

const HOLD_MS = 15_000;
const MINUTE = 60;

/** A house at the default limits: 3300 W for 3 hours, 4200 W for 2 minutes. Draws so many watts for so many seconds. */
function house(tiers: readonly Tier[] = DEFAULT_TIERS) {
  let state = initialLimiter(tiers);
  let monoMs = 1_000_000;
  return {
    draw(watts: number, seconds: number) {
      for (const endMs = monoMs + seconds * 1000; monoMs < endMs; monoMs += 5000) {
        state = step(state, { watts, monoMs }, HOLD_MS);
      }
      state = tick(state, monoMs);
      return status(state);
    },
    silent(seconds: number) {
      monoMs += seconds * 1000;
      state = tick(state, monoMs);
      return status(state);
    },
    left: () => state.budgets.map(({ leftMs }) => leftMs / 1000),
    inFuture: (watts: number) => secondsToTripAt(state, watts),
    isTripDue: () => isTripDue(state),
  };
}

const OK = { state: "ok", secondsToTrip: null, shedWatts: 0 };

Deno.test("below every tier a house may go on for ever", () => {
  const { draw, left } = house();
  assert.deepEqual(draw(3299, 24 * 60 * MINUTE), OK);
  assert.deepEqual(left(), [10_800, 120]);
});

Deno.test("over the slow tier the time runs down to a warning and to the cut-off", () => {
  const { draw, isTripDue } = house();
  assert.deepEqual(draw(3400, 5), { state: "above", secondsToTrip: 10_795, shedWatts: 134 });
  assert.deepEqual(draw(3400, 10_800 - 5 - 30 * MINUTE).state, "above");
  assert.deepEqual(draw(3400, 5), { state: "warning", secondsToTrip: 1795, shedWatts: 134 });
  assert.ok(!isTripDue());
  assert.equal(draw(3400, 1795).secondsToTrip, 0);
  assert.ok(isTripDue());
  assert.deepEqual(draw(3400, 60), { state: "warning", secondsToTrip: 0, shedWatts: 134 });
});

Deno.test("at the cap the house has two minutes, and what it sheds ends the alarm at the next reading", () => {
  const { draw } = house();
  const { state, secondsToTrip, shedWatts } = draw(4840, 60);
  assert.deepEqual({ state, secondsToTrip }, { state: "critical", secondsToTrip: 60 });
  assert.equal(draw(4840 - shedWatts + 1, 5).state, "critical");
  assert.equal(draw(4840 - shedWatts, 5).state, "above");
});

Deno.test("a tier counts from the very watts it names", () => {
  assert.equal(house().draw(4199, 5).state, "above");
  assert.equal(house().draw(4200, 5).state, "critical");
});

Deno.test("the nearest tier gives the time, whichever it is", () => {
  const { draw, inFuture } = house();
  draw(3400, 10_740);
  assert.deepEqual(draw(4300, 5), { state: "critical", secondsToTrip: 55, shedWatts: 1034 });
  assert.equal(inFuture(3000), null);
  assert.equal(inFuture(3300), 55);
  assert.equal(house().inFuture(3300), 10_800);
  assert.equal(house().inFuture(4200), 120);
});

Deno.test("a limit of one tier is a cap", () => {
  const { draw } = house([{ watts: 3990, seconds: 120 }]);
  assert.equal(draw(3980, 60).state, "ok");
  assert.deepEqual(draw(4000, 30), { state: "critical", secondsToTrip: 90, shedWatts: 50 });
});

Deno.test("what is spent stays spent until power has been below the tier for ten minutes", () => {
  const { draw, left } = house();
  draw(4300, 60);
  draw(3350, 595);
  assert.deepEqual(left(), [10_800 - 60 - 595, 60]);
  assert.equal(draw(4300, 5).secondsToTrip, 55);
  draw(1000, 595);
  assert.deepEqual(left()[1], 55);
  draw(1000, 5);
  assert.deepEqual(left(), [10_800, 120]);
});

Deno.test("a load that swings about the tier does not flap, and spends", () => {
  const { draw } = house();
  draw(3310, 5);
  for (let i = 0; i < 100; i++) {
    assert.equal(draw(3290, 5).state, "above");
    assert.equal(draw(3310, 5).state, "above");
  }
  assert.equal(draw(3310, 5).secondsToTrip, 10_800 - 1010);
});

Deno.test("a load that stays just below the tier ends it after a minute", () => {
  const { draw } = house();
  draw(3310, 5);
  assert.equal(draw(3290, 60).state, "above");
  assert.equal(draw(3290, 5).state, "ok");
});

Deno.test("silence spends what the last reading holds, ends the alarm and refills nothing", () => {
  const { draw, silent, left } = house();
  draw(4300, 60);
  assert.deepEqual(silent(9), { state: "critical", secondsToTrip: 51, shedWatts: 143 });
  assert.deepEqual(silent(1), OK);
  assert.deepEqual(silent(24 * 60 * MINUTE), OK);
  assert.deepEqual(left(), [10_800 - 70, 50]);
  assert.equal(draw(4300, 5).secondsToTrip, 45);
});

Deno.test("time that nobody measured is no time below the tier", () => {
  const { draw, silent, left } = house();
  draw(4300, 60);
  draw(1000, 300);
  silent(3600);
  draw(1000, 285);
  assert.deepEqual(left()[1], 60);
  draw(1000, 5);
  assert.deepEqual(left()[1], 120);
});

Deno.test("a zero ends no alarm: silence does", () => {
  const { draw } = house();
  draw(4300, 60);
  assert.equal(draw(0, 5).state, "critical");
  assert.deepEqual(draw(0, 10), OK);
});

Deno.test("a clock that does not move, or runs back, spends nothing", () => {
  let state = initialLimiter(DEFAULT_TIERS);
  for (const monoMs of [9000, 9000, 4000, 4000, 4000]) {
    state = step(state, { watts: 5000, monoMs }, HOLD_MS);
  }
  assert.equal(status(state).secondsToTrip, 120);
});

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
    const { draw } = house();
    for (const readings of edges) {
      assert.equal(draw(4200, 5).state, "critical");
      for (const watts of readings) assert.equal(draw(watts, 5).state, "critical");
    }
  }));
});
