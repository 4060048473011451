import { deepEqual, equal, match } from "node:assert/strict";
import { alarmHealth, health, meterHealth, storeHealth } from "../lib/health.ts";
import { initialStatus, type MeterStatus, withOutcome, withState } from "../lib/meter/status.ts";

const LAST_AT = 1_795_387_806_100;
const GOOD = { kind: "good", channels: [2], ignored: [] } as const;

function meterAt(ageMs: number, status?: MeterStatus, sampleSeconds = 5) {
  const connected = withOutcome(initialStatus(LAST_AT - 60_000), GOOD, LAST_AT - 50_000);
  return meterHealth({ status: status ?? connected, lastAt: LAST_AT, ageMs, sampleSeconds });
}

Deno.test("the meter is well until max(30 s, 5 intervals) have passed without a reading", () => {
  equal(meterAt(30_000).ok, true);
  equal(meterAt(30_001).ok, false);
  equal(meterAt(300_000, undefined, 60).ok, true);
  equal(meterAt(300_001, undefined, 60).ok, false);
});

Deno.test("since when: its connection while it is well, the end of patience when it is not", () => {
  equal(meterAt(1_000).since, LAST_AT - 50_000);
  equal(meterAt(40_000).since, LAST_AT + 30_000);
});

Deno.test("the detail tells state, counters and what is the matter", () => {
  const missing = withState(initialStatus(0), "missing", LAST_AT, "There is no port.");
  match(meterAt(40_000, missing).detail, /^missing; 0 good.*There is no port\.$/);
  const wrong = withOutcome(initialStatus(0), { kind: "wrong", reason: "no active channel" }, 1);
  match(meterAt(40_000, wrong).detail, /connected; .*1 wrong.*no active channel/);
});

Deno.test("the whole is well when every part is", () => {
  const well = storeHealth({ ok: true, since: 1, detail: "", waiting: 0 });
  const full = storeHealth({ ok: false, since: 2, detail: "no room; 7 readings wait", waiting: 7 });
  deepEqual(health({ meter: meterAt(0), store: well }).ok, true);
  const ill = health({ meter: meterAt(0), store: full });
  equal(ill.ok, false);
  deepEqual(ill.parts["store"], { ok: false, since: 2, detail: "no room; 7 readings wait" });
});

Deno.test("a failing buzzer is told, but the whole is well without it; none at all is no illness", () => {
  const failing = alarmHealth({ state: "failing", since: 3, problem: "Pin 17 fails." });
  deepEqual(failing, { ok: false, since: 3, detail: "the buzzer fails: Pin 17 fails." });
  equal(health({ meter: meterAt(0), alarm: failing }).ok, true);
  const absent = alarmHealth({ state: "absent", since: 3, problem: "This machine has no pins." });
  deepEqual(absent.ok, true);
  match(absent.detail, /^there is no buzzer: This machine has no pins\.$/);
  for (const state of ["off", "opening", "ready"] as const) {
    equal(alarmHealth({ state, since: 3, problem: null }).ok, true);
  }
});
