import assert from "node:assert/strict";
import fc from "fast-check";
import { extent, isolated, steps, withinHour, withReading } from "../functions/page/curves.ts";
import { createFormat } from "../functions/page/format.ts";
import { serverNow } from "../functions/page/freshness.ts";
import { notices } from "../functions/page/notices.ts";
import { onLost, onReading, onSnapshot, onStatus, START } from "../functions/page/state.ts";
import { TEXTS } from "../functions/page/texts.ts";
import { NOW, readingAt, snapshotAt } from "./support/live_fixture.ts";

const format = createFormat("en", "Europe/Rome");

Deno.test("a reading holds for 15 s, then a gap opens that nothing bridges", () => {
  const drawn = steps({ at: [0, 5_000, 100_000], watts: [10, 20, 30] }, 5, 104_000);
  assert.deepEqual(drawn.at, [0, 5_000, 20_000, 20_001, 100_000, 104_000]);
  assert.deepEqual(drawn.watts, [10, 20, 20, null, 30, 30]);
});

Deno.test("the newest reading holds no longer than any other, and never ends before it began", () => {
  assert.deepEqual(steps({ at: [0], watts: [10] }, 5, 60_000).watts, [10, 10, null]);
  assert.deepEqual(steps({ at: [5_000], watts: [10] }, 5, 4_000).at, [5_000]);
  assert.deepEqual(steps({ at: [], watts: [] }, 5, 4_000), { at: [], watts: [] });
});

Deno.test("drawn times always rise, whatever the gaps", () => {
  // Times of readings are whole tenths of a second.
  fc.assert(fc.property(fc.array(fc.integer({ min: 1, max: 900 })), (pauses) => {
    let time = 0;
    const at = pauses.map((pause) => time += 100 * pause);
    const drawn = steps({ at, watts: at.map(() => 1) }, 5, time + 30_000);
    drawn.at.forEach((value, i) => assert.ok(i === 0 || value > (drawn.at[i - 1] ?? 0)));
  }));
});

Deno.test("the last hour takes each reading once and lets go of what is older", () => {
  const hour = { at: [0, 5_000, 3_600_000], watts: [1, 2, 3] };
  assert.deepEqual(withinHour(hour, { at: 3_604_000, watts: 4 }), {
    at: [5_000, 3_600_000, 3_604_000],
    watts: [2, 3, 4],
  });
  assert.deepEqual(withinHour(hour, { at: 3_600_000, watts: 9 }).at, [5_000, 3_600_000]);
});

Deno.test("a reading changes its own minute of today's curve and leaves the gap before it", () => {
  const curve = { startMs: 0, stepS: 60, meanWatts: [100], minWatts: [90], maxWatts: [110] };
  const hour = { at: [180_000, 185_000], watts: [200, 400] };
  const next = withReading(curve, hour, { at: 185_000, watts: 400 });
  assert.deepEqual(next.meanWatts, [100, null, null, 300]);
  assert.deepEqual(next.minWatts, [90, null, null, 400]);
  assert.equal(withReading(curve, hour, { at: -1, watts: 5 }), curve);
});

Deno.test("a minute between two gaps gets a dot", () => {
  assert.deepEqual(isolated([1, null, 2, null, 3, 4, null]), [0, 2]);
  assert.deepEqual(isolated([null, 5]), [1]);
});

Deno.test("extremes and mean leave gaps out", () => {
  assert.deepEqual(extent([null, 100, 300]), { low: 100, high: 300, mean: 200 });
  assert.equal(extent([null]), null);
});

Deno.test("a reading of another day asks for a new snapshot", () => {
  const state = onSnapshot(snapshotAt(NOW), 0);
  assert.equal(onReading(state, readingAt(NOW + 5_000, 500), 5_000)?.snapshot?.watts, 500);
  assert.equal(onReading(state, readingAt(NOW, 500, { date: "2026-11-22" }), 5_000), null);
  assert.equal(onReading(START, readingAt(NOW, 500), 5_000), null);
});

Deno.test("a reading that has just come is of now, also when the server's clock was set back since", () => {
  const state = onSnapshot(snapshotAt(NOW, { now: NOW - 3_600_000 }), 0);
  assert.equal(serverNow(state.clock, 20_000), NOW + 20_000);
  const stale = onSnapshot(snapshotAt(NOW, { now: NOW - 3_600_000, stale: true }), 0);
  assert.equal(serverNow(stale.clock, 20_000), NOW - 3_580_000);
  const next = onReading(stale, readingAt(NOW - 3_600_000, 500), 5_000);
  assert.equal(next?.snapshot?.stale, false);
});

Deno.test("a lost connection is told before all else, since its first moment", () => {
  const lost = onLost(onLost(onSnapshot(snapshotAt(NOW), 0), 60_000), 90_000);
  assert.equal(lost.lostMonoMs, 60_000);
  const [notice, ...others] = notices(lost, TEXTS.en, format, 95_000);
  assert.equal(notice?.text, "No connection to MCCE since 14:31. Trying again.");
  assert.deepEqual(others, []);
  assert.equal(notices(onLost(START, 0), TEXTS.it, format, 0)[0]?.text, TEXTS.it.neverConnected);
});

Deno.test("what is wrong with meter, disk and channels is told in sentences, and nothing while all is well", () => {
  const snapshot = snapshotAt(NOW);
  const well = onSnapshot(snapshot, 0);
  assert.deepEqual(notices(well, TEXTS.en, format, 1_000), []);
  const silent = { ...snapshot.meter, state: "silent" as const, ignoredChannels: [1, 3] };
  const store = { ok: false, since: NOW, detail: "No space left", waiting: 120 };
  const told = notices(onStatus(well, { meter: silent, store }), TEXTS.en, format, 1_000);
  assert.deepEqual(told.map(({ key }) => key), ["silent", "store", "channels"]);
  assert.match(told[1]?.text ?? "", /120 readings wait in memory/);
  assert.match(told[2]?.text ?? "", /Channels 1 and 3/);
});

Deno.test("a meter that answers for a minute without a valid reading is not called well", () => {
  const snapshot = snapshotAt(NOW);
  const meter = { ...snapshot.meter, lastWrong: "bit 15 of the power is set" };
  const told = notices(onSnapshot({ ...snapshot, meter }, 0), TEXTS.en, format, 60_000);
  assert.deepEqual(told.map(({ key, detail }) => [key, detail]), [["unusable", meter.lastWrong]]);
});
