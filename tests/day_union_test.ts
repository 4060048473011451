import assert from "node:assert/strict";
import fc from "fast-check";
import type { Reading } from "../lib/reading.ts";
import { type DayUnion, joinReadings } from "../lib/store/day_union.ts";
import type { HeldReadings, Source } from "../lib/store/digest.ts";

/** Few times, so that many meet. */
const reading = fc.record({
  at: fc.integer({ min: 0, max: 30 }),
  watts: fc.integer({ min: 0, max: 3 }),
});
const arrivals = fc.array(reading, { maxLength: 20 });
/** A house's readings: one power a time, whatever part they arrive in. */
const agreed = fc.array(reading, { maxLength: 20 })
  .map((some) => some.map(({ at }) => ({ at, watts: at * 7 % 5 })));
const sources = fc.constantFrom<Source>("measured", "origin");

const HOLD_MS = 15_000;
const part = (readings: readonly Reading[], holdMs = HOLD_MS): HeldReadings => ({
  readings,
  holdMs,
});

/** Parts joined one after the other; the last join. */
function joined(source: Source, parts: readonly HeldReadings[]): DayUnion | null {
  return parts.reduce<DayUnion | null>((stored, next) => joinReadings(source, stored, next), null);
}

/** What arrived first at each time, in the order of times. */
function firsts(arrivals: readonly Reading[]): Reading[] {
  const byTime = new Map<number, Reading>();
  for (const one of arrivals) if (!byTime.has(one.at)) byTime.set(one.at, one);
  return [...byTime.values()].sort((a, b) => a.at - b.at);
}

Deno.test("nothing is lost, of two at one time the first stays, and what differs from it is counted", () => {
  fc.assert(fc.property(sources, arrivals, arrivals, (source, first, second) => {
    const stored = joinReadings(source, null, part(first));
    const union = joinReadings(source, stored, part(second));
    const all = [...first, ...second];
    assert.deepEqual(stored.readings, firsts(first));
    assert.deepEqual(union.readings, firsts(all));
    assert.equal(union.added, union.readings.length - stored.readings.length);
    const differs = (some: readonly Reading[], among: readonly Reading[]) =>
      some.filter(({ at, watts }) => among.find((one) => one.at === at)!.watts !== watts).length;
    assert.equal(stored.conflicts, differs(first, firsts(first)));
    assert.equal(union.conflicts, differs(second, firsts(all)));
  }));
});

Deno.test("joining the same again changes nothing", () => {
  const holds = fc.constantFrom(15_000, 60_000, 900_000);
  const input = fc.tuple(arrivals, holds).map(([readings, holdMs]) => part(readings, holdMs));
  fc.assert(fc.property(sources, input, input, (source, one, other) => {
    const union = joined(source, [one, other])!;
    for (const again of [one, other, part([])]) {
      const after = joinReadings(source, union, again);
      assert.deepEqual(after.readings, union.readings);
      assert.deepEqual([after.holdMs, after.added], [union.holdMs, 0]);
    }
  }));
});

Deno.test("parts of a house's readings join to the same in any order", () => {
  const parts = fc.array(agreed, { minLength: 1, maxLength: 4 });
  fc.assert(fc.property(sources, parts, (source, parts) => {
    const all = parts.map((readings) => part(readings));
    const { readings, holdMs } = joined(source, all)!;
    for (const order of [all.toReversed(), [...all.slice(1), all[0]!], [...all, ...all]]) {
      const other = joined(source, order)!;
      assert.deepEqual([other.readings, other.holdMs], [readings, holdMs]);
    }
  }));
});

Deno.test("of accounts of the origin the finest that has anything is kept, in any order", () => {
  const account = fc.tuple(arrivals, fc.constantFrom(15_000, 900_000, 3_600_000))
    .map(([readings, holdMs]) => part(readings, holdMs));
  fc.assert(fc.property(fc.array(account, { minLength: 1, maxLength: 4 }), (accounts) => {
    const known = accounts.filter(({ readings }) => readings.length > 0);
    const finestMs = Math.min(...known.map(({ holdMs }) => holdMs));
    const finest = known.filter(({ holdMs }) => holdMs === finestMs).flatMap(({ readings }) =>
      readings
    );
    assert.deepEqual(joined("origin", accounts)!.readings, firsts(finest));
  }));
});

Deno.test("a late reading fills no other gap of its day, however long readings hold by now", () => {
  const stored = part([{ at: 0, watts: 1 }, { at: 120_000, watts: 1 }]);
  const late = part([{ at: 5_000, watts: 1 }], 180_000);
  assert.equal(joinReadings("measured", stored, late).holdMs, HOLD_MS);
  assert.equal(joinReadings("measured", late, stored).holdMs, 180_000);
});
