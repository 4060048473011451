import assert from "node:assert/strict";
import fc from "fast-check";
import type { AlarmStatus } from "../lib/live/wire.ts";
import { damp, UNTOLD } from "../lib/notify/damping.ts";

type State = AlarmStatus["state"];
/** So many seconds of a state; `null`: no reading holds. */
type Spell = readonly [State | null, number];

/** What is told of a course of states, and at which second. */
function told(...spells: readonly Spell[]): [number, State][] {
  const out: [number, State][] = [];
  let damping = UNTOLD;
  let second = 0;
  for (const [state, seconds] of spells) {
    for (const end = second + seconds; second < end; second += 5) {
      const next = damp(damping, state ?? "ok", state !== null, second * 1000);
      damping = next.damping;
      if (next.isToTell) out.push([second, damping.told]);
    }
  }
  return out;
}

Deno.test("what gets worse is told at once, each step", () => {
  assert.deepEqual(told(["ok", 60], ["above", 60], ["warning", 60], ["critical", 60]), [
    [60, "above"],
    [120, "warning"],
    [180, "critical"],
  ]);
  assert.deepEqual(told(["ok", 600]), []);
});

Deno.test("the end of the cap's alarm is told when it has lasted for a minute", () => {
  assert.deepEqual(told(["critical", 60], ["ok", 120]), [[0, "critical"], [120, "ok"]]);
  assert.deepEqual(told(["critical", 60], ["above", 120]), [[0, "critical"], [120, "above"]]);
  assert.deepEqual(told(["critical", 60], ["ok", 50], ["critical", 60]), [[0, "critical"]]);
});

Deno.test("a new alarm of the cap after its end was told is told at once; that one's end later", () => {
  assert.deepEqual(told(["critical", 60], ["ok", 120], ["critical", 60], ["ok", 700]), [
    [0, "critical"],
    [120, "ok"],
    [180, "critical"],
    [840, "ok"],
  ]);
});

Deno.test("a cap's alarm that comes back before its end was told is told again, every five minutes at most", () => {
  const again: Spell[] = [["critical", 60], ["ok", 120]];
  assert.deepEqual(told(...again, ...again, ...again, ...again, ...again).map(([s]) => s), [
    0,
    120,
    180,
    540,
  ]);
});

Deno.test("a load that swings about the slow tier is told once, its end when the budget is full again", () => {
  const swing: Spell[] = Array.from({ length: 20 }, (_, i) => [i % 2 === 0 ? "above" : "ok", 300]);
  assert.deepEqual(told(...swing, ["ok", 600]), [[0, "above"], [6_300, "ok"]]);
});

Deno.test("silence is no all-clear, and no part of one", () => {
  assert.deepEqual(told(["critical", 60], [null, 3_600]), [[0, "critical"]]);
  assert.deepEqual(told(["critical", 60], ["ok", 30], [null, 3_600], ["ok", 40]), [
    [0, "critical"],
    [60 + 30 + 3_600 + 35, "ok"],
  ]);
});

Deno.test("whatever the house does, nobody is told more than four things a minute or thirty an hour", () => {
  const state = fc.constantFrom<State | null>("ok", "above", "warning", "critical", null);
  const spell = fc.tuple(state, fc.integer({ min: 1, max: 150 }).map((n) => n * 5));
  fc.assert(fc.property(fc.array(spell, { maxLength: 120 }), (spells) => {
    const seconds = told(...spells).map(([second]) => second);
    const most = (span: number) =>
      Math.max(
        0,
        ...seconds.map((from) => seconds.filter((s) => s >= from && s < from + span).length),
      );
    assert.ok(most(60) <= 4, `${most(60)} in a minute`);
    assert.ok(most(3_600) <= 30, `${most(3_600)} in an hour`);
  }));
});
