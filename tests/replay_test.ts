import assert from "node:assert/strict";
import fc from "fast-check";
import { initialLimiter, step, tick } from "../lib/alarm/limiter.ts";
import { Replay } from "../lib/alarm/replay.ts";
import { contractTiers, DEFAULT_TIERS, type Tier } from "../lib/alarm/tiers.ts";
import type { Reading } from "../lib/reading.ts";

const HOLD_MS = 15_000;
const MINUTE = 60;

/** Readings 5 s apart: so many watts for so many seconds, one after the other. */
function load(...stays: [watts: number, seconds: number][]): Reading[] {
  let at = 0;
  return stays.flatMap(([watts, seconds]) =>
    Array.from({ length: seconds / 5 }, () => ({ at: at += 5000, watts }))
  );
}

function takeDay(replay: Replay, date: string, readings: readonly Reading[]): void {
  const watts = Float64Array.from(readings, (reading) => reading.watts);
  const at = Float64Array.from(readings, (reading) => reading.at);
  replay.takeDay({ date, at, watts, holdMs: HOLD_MS, highestWatts: Math.max(0, ...watts) });
}

function replayed(readings: readonly Reading[], tiers: readonly Tier[] = DEFAULT_TIERS) {
  const replay = new Replay(tiers);
  takeDay(replay, "2026-11-21", readings);
  return replay.result;
}

Deno.test("a house below every limit comes near nothing", () => {
  assert.deepEqual(replayed(load([3299, 3600])), {
    tiers: DEFAULT_TIERS,
    cutOffs: 0,
    daysCutOff: 0,
    nearestSeconds: null,
    secondsAbove: 0,
  });
});

Deno.test("an overload that ends in time is told by what was left", () => {
  const result = replayed(load([1000, 60], [4300, 90], [1000, 900]));
  assert.deepEqual([result.cutOffs, result.nearestSeconds, result.secondsAbove], [0, 30, 90]);
});

Deno.test("an overload that goes on is one cut-off, and the next one another", () => {
  const hour = load([4300, 3600], [1000, 60], [4300, 125], [1000, 900]);
  const { cutOffs, daysCutOff, nearestSeconds, secondsAbove } = replayed(hour);
  assert.deepEqual([cutOffs, daysCutOff, nearestSeconds, secondsAbove], [2, 1, null, 240]);
});

Deno.test("after a cut-off every budget is full", () => {
  const result = replayed(load([4300, 130], [1000, 60], [4300, 90], [1000, 900]));
  assert.deepEqual([result.cutOffs, result.nearestSeconds], [1, 30]);
});

Deno.test("what a cut-off has ended is over also when nothing was measured for a while", () => {
  const [first, second] = [load([4300, 130]), load([4300, 60], [1000, 900])];
  const later = second.map(({ at, watts }) => ({ at: at + 3_600_000, watts }));
  const result = replayed([...first, ...later]);
  assert.deepEqual([result.cutOffs, result.nearestSeconds], [1, 60]);
});

Deno.test("the slow tier cuts off too", () => {
  assert.equal(replayed(load([3400, 179 * MINUTE], [1000, 900])).cutOffs, 0);
  assert.equal(replayed(load([3400, 181 * MINUTE], [1000, 900])).cutOffs, 1);
});

Deno.test("budgets outlive midnight, and each day with a cut-off counts once", () => {
  const replay = new Replay(DEFAULT_TIERS);
  const all = load([4300, 100], [4300, 50], [1000, 60], [4300, 150], [1000, 900]);
  takeDay(replay, "2026-11-20", all.slice(0, 20));
  takeDay(replay, "2026-11-21", all.slice(20));
  assert.deepEqual([replay.result.cutOffs, replay.result.daysCutOff], [2, 1]);
});

Deno.test("the greater the contract, the less often it cuts off and the less time is above it", () => {
  const readings = load(...Array.from({ length: 200 }, (_, i): [number, number] => [
    1000 + (i * 2654435761 % 7000),
    5 * (1 + i * 40503 % 60),
  ]));
  const results = [2, 3, 4, 5, 6, 10].map((kw) => replayed(readings, contractTiers(kw)));
  assert.ok(results[0]!.cutOffs > 0);
  assert.equal(results.at(-1)!.cutOffs, 0);
  for (const [i, { cutOffs }] of results.slice(1).entries()) {
    assert.ok(cutOffs <= results[i]!.cutOffs);
  }
});

const TIERS: readonly Tier[] = [{ watts: 3300, seconds: 300 }, { watts: 4200, seconds: 60 }];
const stay = fc.record({
  watts: fc.oneof(
    fc.constantFrom(0, 500, 3267, 3300, 4158, 4200),
    fc.integer({ max: 8000, min: 0 }),
  ),
  gapMs: fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(5000, 14_900, 15_000) },
    fc.integer({ min: 1, max: 900_000 }),
  ),
  times: fc.integer({ min: 1, max: 80 }),
});

/** The same told plainly: every reading goes through the limiter's own step. */
function plainly(readings: readonly Reading[]): [cutOffs: number, secondsAbove: number] {
  let state = initialLimiter(TIERS);
  let [cutOffs, aboveMs, offUntilMs] = [0, 0, -Infinity];
  for (const { at, watts } of readings) {
    if (watts >= 3300 && at < offUntilMs) {
      offUntilMs = at + HOLD_MS;
      continue;
    }
    offUntilMs = -Infinity;
    const { heldUntilMs, monoMs, budgets } = state;
    if (budgets.some(({ spending }) => spending)) aboveMs += Math.min(at, heldUntilMs) - monoMs;
    state = tick(state, at);
    if (state.budgets.some(({ leftMs }) => leftMs === 0)) {
      cutOffs++;
      state = initialLimiter(TIERS);
      if (watts >= 3300 && at < heldUntilMs) {
        offUntilMs = at + HOLD_MS;
        continue;
      }
    }
    state = step(state, { watts, monoMs: at }, HOLD_MS);
  }
  return [cutOffs, aboveMs / 1000];
}

Deno.test("what the replay leaves out changes nothing: it is the limiter's own fold", () => {
  const stays = fc.array(stay, { minLength: 1, maxLength: 15 });
  const cuts = fc.array(fc.integer({ min: 0, max: 1200 }), { maxLength: 4 });
  fc.assert(fc.property(stays, cuts, (stays, cuts) => {
    let at = 0;
    const readings = stays.flatMap(({ watts, gapMs, times }) =>
      Array.from({ length: times }, () => ({ at: at += gapMs, watts }))
    );
    const replay = new Replay(TIERS);
    const edges = [0, ...cuts.toSorted((a, b) => a - b), readings.length];
    edges.slice(1).forEach((edge, i) =>
      takeDay(replay, `2026-11-${10 + i}`, readings.slice(edges[i], edge))
    );
    const { cutOffs, secondsAbove } = replay.result;
    assert.deepEqual([cutOffs, secondsAbove], plainly(readings));
  }));
});
