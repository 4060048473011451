import assert from "node:assert/strict";
import { DEFAULT_TIERS } from "../lib/alarm/tiers.ts";
import { HouseState } from "../lib/house_state.ts";
import { initialStatus, withState } from "../lib/meter/status.ts";

const START = 1_795_000_000_000;

/** A house whose clocks the test moves: a reading every 5 s. */
function house() {
  let monoMs = 50_000;
  const state = new HouseState({
    ...{ limits: DEFAULT_TIERS, appliances: [], sampleSeconds: 5, startedAt: START, monoMs },
  });
  const at = () => START + monoMs;
  const meter = (name: "connected" | "silent" | "missing") => {
    state.meter = withState(initialStatus(START), name, at());
  };
  const draw = (watts: number, seconds: number) => {
    let cutOffAt: number | null = null;
    for (const endMs = monoMs + 1000 * seconds; monoMs < endMs; monoMs += 5000) {
      cutOffAt ??= state.take({ at: at(), watts, monoMs });
    }
    return cutOffAt;
  };
  const pass = (seconds: number) => state.pass(monoMs += 1000 * seconds);
  return { state, meter, draw, pass, at };
}

Deno.test("a meter that returns to a house that draws less tells a cut-off, and every budget is full", () => {
  const { state, meter, draw, pass, at } = house();
  meter("connected");
  assert.equal(draw(4300, 100), null);
  const last = at() - 5000;
  meter("missing");
  pass(300);
  meter("connected");
  assert.equal(draw(800, 5), last);
  assert.equal(draw(4300, 5), null);
  assert.equal(state.alarm.secondsToTrip, 120);
});

Deno.test("a display that says 0 W for long, and then less than before, tells one too", () => {
  const { draw, at, pass } = house();
  draw(4300, 100);
  const last = at() - 5000;
  pass(60);
  assert.equal(draw(0, 60), null);
  assert.equal(draw(800, 5), last);
});

Deno.test("when the load is still there, only the meter was away", () => {
  const { state, meter, draw, pass } = house();
  draw(4300, 60);
  meter("silent");
  pass(300);
  meter("connected");
  assert.equal(draw(4300, 5), null);
  assert.equal(state.alarm.secondsToTrip, 120 - 60 - 10);
});

Deno.test("no other gap tells a cut-off", () => {
  const short = house();
  short.draw(4300, 60);
  short.meter("missing");
  short.pass(5);
  short.meter("connected");
  assert.equal(short.draw(800, 5), null, "shorter than a reading holds");

  const quiet = house();
  quiet.draw(3000, 60);
  quiet.meter("missing");
  quiet.pass(300);
  quiet.meter("connected");
  assert.equal(quiet.draw(800, 5), null, "nothing was being spent");

  const wrong = house();
  wrong.draw(4300, 60);
  wrong.pass(300);
  assert.equal(wrong.draw(800, 5), null, "the meter was there all the time");
});

Deno.test("until a reading below every tier has come, the newest one looks like a cut-off's last", () => {
  const { state, draw, pass } = house();
  assert.equal(state.lastSpent, true, "what an earlier service has kept is not known here");
  draw(800, 5);
  assert.equal(state.lastSpent, false);
  draw(4300, 60);
  assert.equal(state.lastSpent, true);
  draw(0, 30);
  pass(300);
  assert.deepEqual([state.alarm.state, state.lastSpent], ["ok", true], "silence is no all-clear");
  draw(800, 5);
  assert.equal(state.lastSpent, false);
});

Deno.test("a service that starts again goes on with what was spent before", () => {
  const { state, at } = house();
  const nowMs = at();
  const readings = Array.from({ length: 12 }, (_, i) => ({
    at: nowMs - 65_000 + 5000 * i,
    watts: 4300,
  }));
  state.recall(readings, nowMs, 50_000);
  assert.deepEqual([state.alarm.state, state.alarm.secondsToTrip], ["critical", 55]);
  state.take({ at: nowMs, watts: 4300, monoMs: 50_000 });
  assert.equal(state.alarm.secondsToTrip, 55);
});
