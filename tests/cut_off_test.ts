import assert from "node:assert/strict";
import fc from "fast-check";
import { probableCutOff } from "../lib/alarm/cut_off.ts";
import { DEFAULT_TIERS, parseTiers, type Tier } from "../lib/alarm/tiers.ts";
import type { Reading } from "../lib/reading.ts";

const HOLD_MS = 15_000;
const MINUTE = 60;

/** Readings 5 s apart, the last of a stay being at its end: so many watts for so many seconds. */
function load(...stays: [watts: number, seconds: number][]): Reading[] {
  let at = 1_000_000;
  const readings: Reading[] = [];
  for (const [watts, seconds] of stays) {
    for (const endAt = at + 1000 * seconds; at < endAt; at += 5000) readings.push({ at, watts });
  }
  const last = stays.at(-1)!;
  return [...readings, { at, watts: last[0] }];
}

function cutOff(readings: readonly Reading[], tiers: readonly Tier[] = DEFAULT_TIERS) {
  return probableCutOff({ readings, holdMs: HOLD_MS, tiers, endedBy: "boot" });
}

/** What is learnt: the tier, its seconds and the limits. */
function lesson(...stays: [watts: number, seconds: number][]) {
  const found = cutOff(load(...stays));
  return found && [found.tierWatts, found.secondsAbove, found.suggestedLimits];
}

Deno.test("while no tier is spent there is no cut-off", () => {
  assert.equal(cutOff([]), null);
  assert.equal(lesson([3299, 3600]), null);
  assert.equal(lesson([4300, 60], [1000, 5]), null);
});

Deno.test("a cut-off below the cap tells where the cap is", () => {
  const readings = load([1000, 600], [4060, 118]);
  assert.deepEqual(cutOff(readings), {
    at: readings.at(-1)!.at,
    watts: 4060,
    secondsAbove: 120,
    tierWatts: 4060,
    endedBy: "boot",
    limits: "3300:180m,4200:2m",
    suggestedLimits: "3300:180m,4060:2m",
  });
});

Deno.test("the cap is what the house had reached all along its last two minutes, in whole tens", () => {
  assert.deepEqual(lesson([3500, 600], [4068, 60], [4195, 60]), [4060, 120, "3300:180m,4060:2m"]);
  assert.deepEqual(lesson([3500, 600], [4195, 60], [4068, 60]), [4060, 120, "3300:180m,4060:2m"]);
});

Deno.test("a cut-off when a tier's time has run out is what the limits foresaw", () => {
  assert.deepEqual(lesson([4300, 118]), [4200, 120, null]);
  assert.deepEqual(lesson([3400, 175 * MINUTE]), [3300, 175 * MINUTE, null]);
});

Deno.test("a cut-off sooner than the cap's time tells that time", () => {
  assert.deepEqual(lesson([3500, 600], [4300, 60]), [4200, 60, "3300:180m,4200:1m"]);
  assert.deepEqual(lesson([3500, 600], [4300, 5]), [4200, 5, null]);
});

Deno.test("a long time above the slow tier tells that one's time", () => {
  assert.deepEqual(lesson([3400, 90 * MINUTE + 30]), [3300, 5430, "3300:90m,4200:2m"]);
});

Deno.test("a short time above the slow tier teaches nothing: power has failed elsewhere, perhaps", () => {
  assert.deepEqual(lesson([1000, 600], [3500, 30]), [3300, 30, null]);
  assert.deepEqual(lesson([1000, 600], [3500, 65]), [3300, 65, null]);
  assert.deepEqual(lesson([3400, 89 * MINUTE]), [3300, 89 * MINUTE, null]);
});

Deno.test("the zeros of a display that has lost its transmitter are no readings of the house", () => {
  const readings = load([4060, 120]);
  const zeros = [1, 2, 3].map((i) => ({ at: readings.at(-1)!.at + 5000 * i, watts: 0 }));
  assert.deepEqual(cutOff([...readings, ...zeros]), cutOff(readings));
});

Deno.test("a limit of one tier has a time to learn, and nothing below it", () => {
  const cap = [{ watts: 3990, seconds: 120 }];
  assert.equal(cutOff(load([3900, 120]), cap), null);
  assert.equal(cutOff(load([4000, 60]), cap)?.suggestedLimits, "3990:1m");
});

Deno.test("whatever came before, a lesson is a setting that LIMITS takes", () => {
  const stay = fc.tuple(
    fc.oneof(fc.constantFrom(3267, 3300, 3305, 4158, 4200), fc.integer({ min: 0, max: 8000 })),
    fc.integer({ min: 5, max: 4000 }),
  );
  const stays = fc.array(stay, { minLength: 1, maxLength: 8 });
  const limits = fc.constantFrom("3300:180m,4200:2m", "4000:90s", "2000:10s,2005:60m,6000:1s");
  fc.assert(fc.property(stays, limits, (stays, text) => {
    const tiers = parseTiers(text)!;
    const found = cutOff(load(...stays), tiers);
    if (found === null) return;
    assert.ok(found.secondsAbove >= 0 && Number.isInteger(found.secondsAbove));
    assert.equal(found.limits, text);
    if (found.suggestedLimits === null) return;
    assert.equal(parseTiers(found.suggestedLimits)?.length, tiers.length);
    assert.notEqual(found.suggestedLimits, text);
  }));
});
