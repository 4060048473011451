import assert from "node:assert/strict";
import fc from "fast-check";
import { freePower, roundedTime, shedPower, tierPower } from "../lib/alarm/rounded.ts";

Deno.test("a time is rounded down, the coarser the longer it is", () => {
  const said = [10_800, 10_795, 3_600, 3_599, 1_795, 660, 599, 240, 150, 118, 89, 60, 59, 30];
  assert.deepEqual(said.map(roundedTime), [
    "3 h",
    "2 h 50",
    "1 h",
    "55 min",
    "25 min",
    "10 min",
    "9 min",
    "4 min",
    "2½ min",
    "1½ min",
    "1 min",
    "1 min",
    "½ min",
    "½ min",
  ]);
  assert.deepEqual([29, 0].map(roundedTime), [null, null]);
});

Deno.test("what is free is rounded down, what is to be switched off up, in the language's decimals", () => {
  assert.deepEqual([1_399, 1_000, 999, 9, -40].map((watts) => freePower(watts, ".")), [
    "1.3 kW",
    "1.0 kW",
    "990 W",
    "0 W",
    "0 W",
  ]);
  assert.deepEqual([640, 631, 991, 1_001].map((watts) => shedPower(watts, ",")), [
    "640 W",
    "640 W",
    "1,0 kW",
    "1,1 kW",
  ]);
  assert.deepEqual([3_300, 3_990, 800, 10_000].map((watts) => tierPower(watts, ",")), [
    "3,3 kW",
    "3,99 kW",
    "800 W",
    "10 kW",
  ]);
});

Deno.test("no rounding promises more time or power than there is", () => {
  const minutes = (text: string) => {
    const [, hours, tens] = /^(\d+) h(?: (\d+))?$/.exec(text) ?? [];
    if (hours !== undefined) return Number(hours) * 60 + Number(tens ?? 0);
    const [, whole, half] = /^(\d*)(½?) min$/.exec(text) ?? [];
    return Number(whole ?? NaN) + (half === "½" ? 0.5 : 0);
  };
  // 64.9 × 1000 is a little more than 64,900.
  const watts = (text: string) => Math.round(parseFloat(text) * (text.endsWith("kW") ? 1000 : 1));
  fc.assert(fc.property(fc.integer({ min: 30, max: 86_400 }), (seconds) => {
    const said = minutes(roundedTime(seconds) ?? "") * 60;
    assert.ok(said <= seconds && said > seconds / 2, `${seconds}: ${roundedTime(seconds)}`);
  }));
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 100_000 }), (power) => {
      assert.ok(watts(freePower(power, ".")) <= power);
      assert.ok(watts(shedPower(power, ".")) >= power);
    }),
    { examples: [[64_900]] },
  );
});
