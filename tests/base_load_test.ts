import assert from "node:assert/strict";
import { dayBounds } from "../lib/calendar.ts";
import type { Reading } from "../lib/reading.ts";
import { digestDay } from "../lib/store/digest.ts";

const DAY = dayBounds("2026-11-21", "Europe/Rome");

const baseLoad = (readings: Reading[]) =>
  digestDay({
    day: DAY,
    zone: "Europe/Rome",
    measured: { readings, holdMs: 15_000 },
    carriedIn: null,
    minTimeRes: 15,
  })
    ?.day
    .baseLoadWatts;

/** Four readings a minute from the day's start. */
const minutes = (watts: number[]): Reading[] =>
  watts.flatMap((watts, minute) =>
    [0, 15, 30, 45].map((s) => ({ at: DAY.startMs + minute * 60_000 + s * 1_000, watts }))
  );
const times = (count: number, watts: number) => new Array<number>(count).fill(watts);

Deno.test("the base load is what a twentieth of the covered time stays below", () => {
  assert.equal(baseLoad(minutes([...times(5, 60), ...times(95, 800)])), 60);
  assert.equal(baseLoad(minutes([...times(95, 800), ...times(5, 60)])), 60);
  assert.equal(baseLoad(minutes([...times(4, 60), ...times(95, 800)])), 800);
});

Deno.test("the base load leaves zeros out, and a house of nothing else has none", () => {
  assert.equal(baseLoad(minutes([...times(50, 0), ...times(5, 60), ...times(95, 800)])), 60);
  assert.equal(baseLoad(minutes(times(50, 0))), null);
});

Deno.test("the base load weighs a minute by its covered time", () => {
  // 15 s of 60 W beside 19 minutes of 800 W are less than a twentieth.
  const [short] = minutes([60]);
  const busy = minutes([0, ...times(19, 800)]).slice(4);
  assert.equal(baseLoad([short!, ...busy]), 800);
});
