import assert from "node:assert/strict";
import { initialLimiter, type LimiterState, step, tick } from "../lib/alarm/limiter.ts";
import { outlook } from "../lib/alarm/outlook.ts";
import { DEFAULT_TIERS } from "../lib/alarm/tiers.ts";

const HOLD_MS = 15_000;
const APPLIANCES = [
  { name: "kettle", watts: 500 },
  { name: "oven", watts: 2000 },
  { name: "car", watts: 3000 },
];

function drawing(watts: number, seconds: number, from = initialLimiter(DEFAULT_TIERS)) {
  let state: LimiterState = from;
  const startMs = state.monoMs;
  for (let ms = 0; ms <= seconds * 1000; ms += 5000) {
    state = step(state, { watts, monoMs: startMs + ms }, HOLD_MS);
  }
  return state;
}

const answers = (state: LimiterState) =>
  outlook(state, APPLIANCES, null).appliances.map(({ answer, secondsToTrip }) => [
    answer,
    secondsToTrip,
  ]);

Deno.test("each appliance is answered by what the house draws already", () => {
  assert.deepEqual(answers(drawing(500, 0)), [["yes", null], ["yes", null], ["for", 10_800]]);
  assert.deepEqual(answers(drawing(1800, 0)), [["yes", null], ["for", 10_800], ["trips", 120]]);
});

Deno.test("what is spent already counts against an appliance", () => {
  const spent = drawing(500, 0, drawing(4300, 60));
  assert.deepEqual(answers(spent), [["yes", null], ["yes", null], ["for", 10_740]]);
  assert.deepEqual(answers(drawing(3400, 60 * 155)).map(([answer]) => answer), [
    "trips",
    "trips",
    "trips",
  ]);
});

Deno.test("without a reading that holds nothing is promised", () => {
  assert.deepEqual(answers(initialLimiter(DEFAULT_TIERS)), APPLIANCES.map(() => ["unknown", null]));
  const state = drawing(500, 0);
  assert.deepEqual(answers(tick(state, state.monoMs + HOLD_MS)), [
    ["unknown", null],
    ["unknown", null],
    ["unknown", null],
  ]);
});

Deno.test("the tier whose time is told is named", () => {
  assert.deepEqual(outlook(drawing(500, 0), [], null), {
    state: "ok",
    secondsToTrip: null,
    shedWatts: 0,
    tierWatts: null,
    silencedUntil: null,
    appliances: [],
  });
  assert.equal(outlook(drawing(3400, 5), [], null).tierWatts, 3300);
  assert.equal(outlook(drawing(4300, 5), [], 7).tierWatts, 4200);
  assert.equal(outlook(drawing(4300, 5), [], 7).silencedUntil, 7);
  const nearlySpent = drawing(3400, 10_740);
  assert.equal(outlook(drawing(4300, 5, nearlySpent), [], null).tierWatts, 3300);
});
