import assert from "node:assert/strict";
import fc from "fast-check";
import { houseLoad, minuteWatts } from "../lib/meter/simulator/house_load.ts";

const MINUTE_MS = 60_000;
const SLOT_MS = 5_000;
const TWO_DAYS_MS = 2 * 1440 * MINUTE_MS;
const ANY_DAY_MS = Date.UTC(2026, 10, 23);

const localMs = () => fc.integer({ min: 0, max: Date.UTC(2100, 0, 1) });

/** The twelve powers of the minute that starts at `minuteMs`. */
function slots(load: (localMs: number) => number, minuteMs: number): number[] {
  return Array.from({ length: 12 }, (_, i) => load(minuteMs + i * SLOT_MS));
}

Deno.test("power is always whole watts between 30 and 9000", () => {
  fc.assert(fc.property(fc.integer(), localMs(), (seed, at) => {
    const watts = houseLoad(seed)(at);
    return Number.isInteger(watts) && watts >= 30 && watts <= 9000;
  }));
});

Deno.test("the same seed gives the same house, another seed another", () => {
  fc.assert(fc.property(fc.integer(), localMs(), (seed, at) => {
    assert.equal(houseLoad(seed)(at), houseLoad(seed)(at));
  }));
  const differ = (at: number) => houseLoad(1)(at) !== houseLoad(2)(at);
  const minutes = Array.from({ length: 1440 }, (_, i) => ANY_DAY_MS + i * MINUTE_MS);
  assert(minutes.filter(differ).length > 500);
});

Deno.test("power holds for 5 seconds of the wall's clock", () => {
  fc.assert(fc.property(localMs(), (at) => {
    const load = houseLoad(1);
    assert.equal(load(at), load(Math.floor(at / SLOT_MS) * SLOT_MS));
  }));
});

Deno.test("each minute's mean stays within 1 % and 5 W of the data, and so does the energy of the two days", () => {
  const load = houseLoad(1);
  let simulated = 0;
  let measured = 0;
  for (let at = ANY_DAY_MS; at < ANY_DAY_MS + TWO_DAYS_MS; at += MINUTE_MS) {
    const mean = slots(load, at).reduce((sum, watts) => sum + watts, 0) / 12;
    const data = minuteWatts(at);
    assert(Math.abs(mean - data) <= 5 + 0.01 * data, `${mean} W for ${data} W`);
    simulated += mean;
    measured += data;
  }
  assert(Math.abs(simulated / measured - 1) < 0.001);
});

Deno.test("appliances switch within the minute, as in a house", () => {
  const load = houseLoad(1);
  const steps = Array.from({ length: 1440 * 12 }, (_, i) => {
    const at = ANY_DAY_MS + i * SLOT_MS;
    return Math.abs(load(at + SLOT_MS) - load(at));
  });
  const large = steps.filter((watts) => watts > 500).length;
  assert(large > 50 && large < steps.length / 20, `${large} steps above 500 W`);
  const still = steps.filter((watts) => watts < 30).length;
  assert(still > steps.length * 0.8, `${still} of ${steps.length} steps below 30 W`);
});

Deno.test("the data are two whole days of a real house, with its peak and its quiet night", () => {
  const minutes = Array.from({ length: 2880 }, (_, i) => minuteWatts(i * MINUTE_MS));
  assert.equal(Math.max(...minutes), 7482);
  assert.equal(Math.min(...minutes), 220);
  assert.equal(minutes.reduce((sum, watts) => sum + watts, 0), 3_492_496);
  assert.equal(minuteWatts(-MINUTE_MS), minutes.at(-1));
  assert.equal(minuteWatts(TWO_DAYS_MS), minutes[0]);
});
