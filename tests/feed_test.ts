import { deepEqual, equal, ok } from "node:assert/strict";
import { DEFAULT_TIERS } from "../lib/alarm/tiers.ts";
import { dayAt, dayBounds } from "../lib/calendar.ts";
import { LiveFeed } from "../lib/live/feed.ts";
import { LiveView } from "../lib/live/view.ts";
import type { Snapshot } from "../lib/live/wire.ts";
import { initialStatus, withOutcome, withState } from "../lib/meter/status.ts";
import type { Reading } from "../lib/reading.ts";
import { VirtualClock } from "./support/virtual_clock.ts";

const ZONE = "Europe/Rome";
const STORE = { ok: true, since: 0, detail: "", waiting: 0 };
/** Saturday 21 November 2026, 23:59:50 in Rome. */
const BEFORE_MIDNIGHT = dayBounds("2026-11-21", ZONE).endMs - 10_000;

/** A feed over a journal in memory whose reading a test may slow down or break. */
function feedAt(nowMs: number) {
  const clock = new VirtualClock(nowMs);
  const kept: Reading[] = [];
  const problems: string[] = [];
  const journal = { beforeRead: (): Promise<void> => Promise.resolve() };
  const about = { version: "1", timeZone: ZONE, sampleSeconds: 5, limits: DEFAULT_TIERS };
  const view = new LiveView(about, dayAt(nowMs, ZONE), initialStatus(nowMs), STORE);
  const feed = new LiveFeed({
    view,
    clock,
    timeZone: ZONE,
    readDay: async (date) => {
      const { startMs, endMs } = dayBounds(date, ZONE);
      const found = kept.filter(({ at }) => at >= startMs && at < endMs).sort((a, b) =>
        a.at - b.at
      );
      await journal.beforeRead();
      return found;
    },
    onProblem: (sentence) => problems.push(sentence),
  });
  /** A reading comes, and the spool has it at once unless `stored` says otherwise. */
  const read = (watts: number, stored = Promise.resolve()) => {
    const reading = { at: clock.nowMs(), watts, monoMs: clock.monoMs() };
    kept.push(reading);
    return feed.reading(reading, stored);
  };
  return { clock, kept, problems, journal, feed, read };
}

type Told = { event: string; data: Record<string, unknown> & Snapshot };

/** All that a viewer has been told so far. */
function viewer(feed: LiveFeed): { told: Told[] } {
  const told: Told[] = [];
  const collect = async () => {
    for await (const chunk of feed.subscribe()) {
      const text = new TextDecoder().decode(chunk);
      const event = /^event: (\w+)/.exec(text)?.[1];
      const data = /^data: (.*)$/m.exec(text)?.[1];
      if (event && data) told.push({ event, data: JSON.parse(data) });
    }
  };
  collect();
  return { told };
}

Deno.test("a viewer is told each reading, once the spool has it", async () => {
  const { clock, feed, read } = feedAt(BEFORE_MIDNIGHT - 3_600_000);
  const { told } = viewer(feed);
  const spool = Promise.withResolvers<void>();
  read(1000, spool.promise);
  await clock.advance(500);
  deepEqual(told.map(({ event }) => event), ["snapshot"]);
  spool.resolve();
  await clock.advance(0);
  deepEqual(told.map(({ event, data }) => [event, data.watts]), [["snapshot", null], [
    "reading",
    1000,
  ]]);
  feed.close();
});

Deno.test("a disk that hangs holds the view up for a second, and the order stays", async () => {
  const { clock, feed, read } = feedAt(BEFORE_MIDNIGHT - 3_600_000);
  const { told } = viewer(feed);
  const never = new Promise<void>(() => {});
  read(1, never);
  await clock.advance(5_000);
  read(2, never);
  await clock.advance(5_000);
  deepEqual(told.slice(1).map(({ data }) => data.watts), [1, 2]);
  feed.close();
});

Deno.test("at midnight today begins anew, with yesterday behind it and its last reading carried in", async () => {
  const { clock, feed, read } = feedAt(BEFORE_MIDNIGHT);
  const { told } = viewer(feed);
  for (let i = 0; i < 4; i++) {
    read(3600);
    await clock.advance(5_000);
  }
  const snapshots = told.filter(({ event }) => event === "snapshot");
  equal(snapshots.at(-1)?.data.today.date, "2026-11-22");
  const readings = told.filter(({ event }) => event === "reading");
  deepEqual(readings.map(({ data }) => data["date"]), [
    "2026-11-21",
    "2026-11-21",
    "2026-11-22",
    "2026-11-22",
  ]);
  equal(readings.at(-1)?.data["kWhToday"], 3600 * 5_000 / 3.6e9);
  const { yesterday, lastHour } = feed.snapshot();
  equal(yesterday?.at(-1), 3600);
  equal(lastHour.watts.length, 4, "the last hour reaches back over midnight");
  feed.close();
});

Deno.test("readings that come while a slow disk gives the day back are all in it afterwards", async () => {
  const { clock, journal, feed, read, kept } = feedAt(BEFORE_MIDNIGHT);
  read(1000);
  await clock.advance(10_000);
  journal.beforeRead = () => clock.sleep(7_000, new AbortController().signal);
  for (let i = 0; i < 6; i++) {
    read(1000 + i);
    await clock.advance(5_000);
  }
  await clock.advance(20_000);
  const { lastHour, today } = feed.snapshot();
  deepEqual(lastHour.watts, kept.map(({ watts }) => watts));
  const wattMs = [1000, 1001, 1002, 1003, 1004].reduce((sum, watts) => sum + 5_000 * watts, 0);
  ok(Math.abs(today.kWhToday - wattMs / 3.6e9) < 1e-12);
  feed.close();
});

Deno.test("a day that is asked for during another turn is turned to as well", async () => {
  const { clock, kept, journal, feed } = feedAt(BEFORE_MIDNIGHT - 3_600_000);
  journal.beforeRead = () => clock.sleep(1_000, new AbortController().signal);
  const first = feed.rebuild();
  await clock.advance(1_500);
  for (let i = 0; i < 100; i++) kept.push({ at: clock.nowMs() - 5_000 * (100 - i), watts: i });
  const second = feed.rebuild();
  await clock.advance(10_000);
  await Promise.all([first, second]);
  equal(feed.snapshot().lastHour.watts.length, 100);
  feed.close();
});

Deno.test("a day that cannot be read is told, and the view goes on", async () => {
  const { clock, problems, journal, feed, read } = feedAt(BEFORE_MIDNIGHT);
  journal.beforeRead = () => Promise.reject(new Error("the disk has gone"));
  await feed.rebuild();
  deepEqual(problems, [
    "the readings of 2026-11-20 cannot be read: the disk has gone",
    "the readings of 2026-11-21 cannot be read: the disk has gone",
  ]);
  read(500);
  await clock.advance(0);
  equal(feed.now().watts, 500);
  feed.close();
});

Deno.test("while no reading comes the day turns by the clock", async () => {
  const { clock, feed } = feedAt(BEFORE_MIDNIGHT);
  await clock.advance(70_000);
  await feed.tick();
  equal(feed.snapshot().today.date, "2026-11-22");
  feed.close();
});

Deno.test("the meter's state is told when it changes, its counters with the heartbeat", async () => {
  const { clock, feed } = feedAt(BEFORE_MIDNIGHT - 3_600_000);
  const { told } = viewer(feed);
  const good = { kind: "good", channels: [2], ignored: [] } as const;
  let meter = withOutcome(initialStatus(0), good, 0);
  feed.meter(meter);
  for (let i = 0; i < 3; i++) feed.meter(meter = withOutcome(meter, good, 0));
  await clock.advance(0);
  deepEqual(told.map(({ event, data }) => [event, data.meter.good]), [["snapshot", 0], [
    "status",
    1,
  ]]);
  await feed.tick();
  await feed.tick();
  await clock.advance(0);
  deepEqual(told.slice(2).map(({ data }) => data.meter.good), [4]);
  feed.meter(withState(meter, "missing", 1, "There is no port."));
  await clock.advance(0);
  deepEqual(told.slice(3).map(({ data }) => data.meter.problem), ["There is no port."]);
  feed.close();
});

Deno.test("the store is told when it changes, and the feed says when it is well again", () => {
  const { feed } = feedAt(BEFORE_MIDNIGHT);
  const full = { ok: false, since: 1, detail: "no room; 3 readings wait", waiting: 3 };
  deepEqual([feed.store(STORE), feed.store(full), feed.store(full), feed.store(STORE)], [
    false,
    true,
    false,
    true,
  ]);
  feed.close();
});

Deno.test("an old reading is stale in /live/now and in the snapshot, one from before the start too", async () => {
  const { clock, kept, feed, read } = feedAt(BEFORE_MIDNIGHT - 3_600_000);
  kept.push({ at: clock.nowMs() - 60_000, watts: 77 });
  await feed.rebuild();
  deepEqual([feed.now().watts, feed.now().stale, feed.snapshot().stale], [77, true, true]);
  read(500);
  await clock.advance(15_000);
  deepEqual([feed.now().watts, feed.now().stale, feed.snapshot().stale], [500, false, false]);
  await clock.advance(1);
  deepEqual([feed.now().stale, feed.snapshot().stale], [true, true]);
  feed.close();
});
