import { deepEqual, equal } from "node:assert/strict";
import { createLog } from "../lib/log.ts";
import {
  changeSentence,
  initialStatus,
  type MeterStatus,
  type Outcome,
  withOutcome,
  withState,
} from "../lib/meter/status.ts";
import { tellMeter } from "../lib/task/tell.ts";

const GOOD: Outcome = { kind: "good", channels: [2], ignored: [] };

/** What the log gets to see of a life. */
function sentences(...steps: ((status: MeterStatus) => MeterStatus)[]): string[] {
  let status = initialStatus(0);
  return steps.flatMap((step) => {
    const previous = status;
    status = step(previous);
    return changeSentence(status, previous) ?? [];
  });
}

const missing = (problem: string) => (status: MeterStatus) =>
  withState(status, "missing", 1, problem);
const silent = (status: MeterStatus) => withState(status, "silent", 1);
const outcome = (one: Outcome) => (status: MeterStatus) => withOutcome(status, one, 1);

Deno.test("a change of state is one line, whatever the reason turns to while it lasts", () => {
  deepEqual(
    sentences(
      missing("no port"),
      missing("no route"),
      missing("no port"),
      silent,
      outcome(GOOD),
      outcome(GOOD),
      silent,
      silent,
      missing("unplugged"),
      missing("no port"),
    ),
    [
      "there is no meter: no port",
      "the meter's port is open",
      "the meter answers",
      "the meter does not answer any more",
      "the meter is gone: unplugged",
    ],
  );
});

Deno.test("channels that are left out are named once, from the first right reply on", () => {
  const lines: string[] = [];
  const log = createLog("info", { journald: true, write: (line) => lines.push(line) });
  const feed = { meter: () => {} };
  const two: Outcome = { kind: "good", channels: [2], ignored: [4, 7] };
  let status = initialStatus(0);
  for (const step of [silent, outcome(two), outcome(two), silent, outcome(two), outcome(GOOD)]) {
    const previous = status;
    status = step(previous);
    tellMeter({ house: { meter: previous }, feed, log }, status, previous);
  }
  const warning =
    "channel 2 is taken for the house and 4, 7 left out: name those that add up to the mains in METER_CHANNELS";
  deepEqual(lines, [
    "<6>the meter's port is open\n",
    "<6>the meter answers\n",
    `<4>${warning}\n`,
    "<4>the meter does not answer any more\n",
    "<6>the meter answers\n",
  ]);
});

Deno.test("since changes with the state alone", () => {
  const first = withState(initialStatus(5), "silent", 10);
  equal(withState(first, "silent", 20).since, 10);
  equal(withOutcome(first, { kind: "missed" }, 30).since, 10);
  equal(withOutcome(first, GOOD, 40).since, 40);
});

Deno.test("an outcome counts in one place", () => {
  const wrong = withOutcome(initialStatus(0), { kind: "wrong", reason: "cut short" }, 1);
  deepEqual([wrong.good, wrong.wrong, wrong.missed, wrong.zero], [0, 1, 0, 0]);
  equal(wrong.lastWrong, "cut short");
  const zero = withOutcome(wrong, { kind: "zero", channels: [2], ignored: [] }, 1);
  deepEqual([zero.good, zero.wrong, zero.missed, zero.zero], [0, 1, 0, 1]);
});
