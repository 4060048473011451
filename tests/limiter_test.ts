import assert from "node:assert/strict";
import {
  initialLimiter,
  isTripDue,
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

Deno.test("zeros refill nothing: nobody knows what the house drew meanwhile", () => {
  const { draw, left, inFuture } = house();
  draw(4300, 60);
  draw(1000, 300);
  assert.deepEqual(draw(0, 3600), OK);
  assert.equal(inFuture(4300), 60);
  draw(1000, 280);
  assert.deepEqual(left()[1], 60);
  draw(1000, 10);
  assert.deepEqual(left()[1], 120);
});

Deno.test("a clock that does not move, or runs back, spends nothing", () => {
  let state = initialLimiter(DEFAULT_TIERS);
  for (const monoMs of [9000, 9000, 4000, 4000, 4000]) {
    state = step(state, { watts: 5000, monoMs }, HOLD_MS);
  }
  assert.equal(status(state).secondsToTrip, 120);
});
