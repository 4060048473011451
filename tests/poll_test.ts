import { deepEqual, equal, ok } from "node:assert/strict";
import { encodeReply } from "../lib/meter/simulator/reply_encode.ts";
import { eventually } from "./support/eventually.ts";
import { RunningPoll } from "./support/running_poll.ts";
import { ScriptedPort } from "./support/scripted_port.ts";
import { VirtualClock } from "./support/virtual_clock.ts";

const INTERVAL_MS = 60;

function houseReply(watts: number): Uint8Array<ArrayBuffer> {
  return encodeReply([{ number: 2, id: [0x32, 0x32], watts, active: true }]);
}

Deno.test("each request gives one reading, with the time at which its reply was complete", async () => {
  const port = new ScriptedPort();
  let watts = 1000;
  const completeMs: number[] = [];
  port.onRequest = () => {
    const reply = houseReply(watts++);
    port.send(reply.subarray(0, 50));
    setTimeout(() => {
      completeMs.push(performance.now());
      port.send(reply.subarray(50));
    }, 20);
  };
  const poll = new RunningPoll({ open: () => port, intervalMs: INTERVAL_MS });
  await eventually("5 readings", () => poll.readings.length >= 5);
  await poll.stop();
  ok(port.closed);
  deepEqual(poll.readings.slice(0, 5).map((reading) => reading.watts), [
    1000,
    1001,
    1002,
    1003,
    1004,
  ]);
  poll.readings.forEach(({ at, monoMs }, i) => {
    ok(monoMs >= completeMs[i]!, "not before the last byte");
    equal(at % 100, 0);
  });
  equal(poll.status.good, poll.readings.length);
});

Deno.test("requests keep a fixed phase: neither a late reply nor a missed one moves those after it", async () => {
  const clock = new VirtualClock(1_795_387_806_123);
  const port = new ScriptedPort();
  const requestedMs: number[] = [];
  const repliesAfterMs = [340, 0, 1490, null, 20, 500];
  port.onRequest = () => {
    const afterMs = repliesAfterMs[requestedMs.push(clock.monoMs()) - 1];
    if (afterMs === null || afterMs === undefined) return;
    clock.sleep(afterMs, new AbortController().signal).then(() => port.send(houseReply(100)));
  };
  const poll = new RunningPoll({ open: () => port, intervalMs: 5_000, clock });
  await clock.advance(29_999);
  await poll.stop();
  deepEqual(requestedMs, [0, 5_000, 10_000, 15_000, 20_000, 25_000]);
  deepEqual(poll.readings.map(({ monoMs }) => monoMs), [340, 5_000, 11_490, 20_020, 25_500]);
  deepEqual(poll.readings.map(({ at }) => at % 100), [0, 0, 0, 0, 0]);
  equal(poll.status.missed, 1);
});

Deno.test("a reply is waited for 1.5 s, or 0.9 intervals where that is less", async () => {
  for (
    const [intervalMs, lastInTimeMs] of [[5_000, 1_499], [60_000, 1_499], [1_000, 899]] as const
  ) {
    for (const [afterMs, readings] of [[lastInTimeMs, 1], [lastInTimeMs + 2, 0]] as const) {
      const clock = new VirtualClock(0);
      const port = new ScriptedPort();
      port.onRequest = () => {
        clock.sleep(afterMs, new AbortController().signal).then(() => port.send(houseReply(1)));
      };
      const poll = new RunningPoll({ open: () => port, intervalMs, clock });
      await clock.advance(intervalMs - 1);
      await poll.stop();
      equal(poll.readings.length, readings, `${afterMs} ms at an interval of ${intervalMs}`);
      equal(poll.status.missed, 1 - readings);
    }
  }
});

Deno.test("a clock that is set, in either direction, moves no request", async () => {
  const clock = new VirtualClock(1_795_387_806_100);
  const port = new ScriptedPort();
  port.onRequest = () => port.send(houseReply(port.requestedMs.length));
  const poll = new RunningPoll({ open: () => port, intervalMs: 5_000, clock });
  await clock.advance(7_000);
  clock.stepWall(-3_600_000);
  await clock.advance(5_000);
  clock.stepWall(3 * 86_400_000);
  await clock.advance(5_000);
  await poll.stop();
  deepEqual(poll.readings.map(({ monoMs }) => monoMs), [0, 5_000, 10_000, 15_000]);
  deepEqual(poll.readings.map(({ at }) => at - 1_795_387_806_100), [
    0,
    5_000,
    10_000 - 3_600_000,
    15_000 - 3_600_000 + 3 * 86_400_000,
  ]);
});

Deno.test("a clock that is set moves the time since when the state holds, and a slewed one does not", async () => {
  const startMs = 1_795_387_806_100;
  const clock = new VirtualClock(startMs);
  const port = new ScriptedPort();
  port.onRequest = () => port.send(houseReply(1));
  const poll = new RunningPoll({ open: () => port, intervalMs: 5_000, clock });
  await clock.advance(7_000);
  for (const stepMs of [900, -3_600_000, 3 * 86_400_000]) {
    clock.stepWall(stepMs);
    await clock.advance(5_000);
  }
  await poll.stop();
  const told = new Set(poll.statuses.map(({ since }) => since - startMs));
  deepEqual([...told], [0, 900 - 3_600_000, 900 - 3_600_000 + 3 * 86_400_000]);
});

Deno.test("what an earlier request left is not taken for the answer to the next", async () => {
  const port = new ScriptedPort();
  port.onRequest = () => {
    if (port.requestedMs.length === 1) return;
    port.send(houseReply(200));
  };
  const poll = new RunningPoll({ open: () => port, intervalMs: INTERVAL_MS });
  await eventually("the first request", () => port.requestedMs.length === 1);
  await eventually("that it is missed", () => poll.status.missed === 1);
  port.send(houseReply(100), houseReply(101));
  await eventually("a reading", () => poll.readings.length > 0);
  await poll.stop();
  ok(poll.readings.every(({ watts }) => watts === 200));
});

Deno.test("a late reply whose rest falls into the next request: wrong, no reading of the wrong time", async () => {
  const port = new ScriptedPort();
  const old = houseReply(100);
  port.onRequest = () => {
    if (port.requestedMs.length === 1) setTimeout(() => port.send(old.subarray(0, 60)), 10);
    else if (port.requestedMs.length === 2) port.send(old.subarray(60), houseReply(200));
    else port.send(houseReply(300));
  };
  const poll = new RunningPoll({ open: () => port, intervalMs: INTERVAL_MS });
  await eventually("a reading", () => poll.readings.length > 0);
  await poll.stop();
  equal(poll.readings[0]?.watts, 300);
  equal(poll.status.wrong, 2, "one cut short, one behind the rest of the older");
});

Deno.test("every request ends in one counter, and only good ones give readings", async () => {
  const port = new ScriptedPort();
  const inactive = encodeReply([{ number: 2, id: [1, 1], watts: 0, active: false }]);
  const answers = [
    [houseReply(500)],
    [],
    [inactive],
    [houseReply(0)],
    [houseReply(700).subarray(0, 80)],
    [Uint8Array.of(1, 2, 3), houseReply(1)],
    [houseReply(600)],
  ];
  port.onRequest = () => port.send(...answers[port.requestedMs.length - 1] ?? [houseReply(9)]);
  const poll = new RunningPoll({ open: () => port, intervalMs: INTERVAL_MS });
  // The first status tells that the port is open.
  await eventually("all answers", () => poll.statuses.length > answers.length);
  await poll.stop();
  const { good, wrong, missed, zero } = poll.statuses[answers.length]!;
  deepEqual({ good, wrong, missed, zero }, { good: 2, wrong: 3, missed: 1, zero: 1 });
  deepEqual(poll.readings.slice(0, 2).map(({ watts }) => watts), [500, 600]);
  equal(poll.statuses[3]?.lastWrong, "no active channel");
});

Deno.test("zeros become readings once they have lasted 60 s, and are counted from the first", async () => {
  const clock = new VirtualClock(0);
  const port = new ScriptedPort();
  port.onRequest = () => port.send(houseReply(port.requestedMs.length === 1 ? 40 : 0));
  const poll = new RunningPoll({ open: () => port, intervalMs: 5_000, clock });
  await clock.advance(79_999);
  await poll.stop();
  deepEqual(poll.readings.map(({ monoMs, watts }) => [monoMs, watts]), [
    [0, 40],
    [65_000, 0],
    [70_000, 0],
    [75_000, 0],
  ]);
  deepEqual([poll.status.good, poll.status.zero], [1, 15]);
});

Deno.test("a meter that answers with nonsense is there: wrong replies do not make it silent", async () => {
  const port = new ScriptedPort();
  port.onRequest = () => port.send(Uint8Array.of(1, 2, 3));
  const poll = new RunningPoll({ open: () => port, intervalMs: INTERVAL_MS });
  await eventually("5 wrong replies", () => poll.status.wrong >= 5);
  await poll.stop();
  equal(poll.status.state, "connected");
  equal(poll.status.lastWrong, "cut short: 3 bytes that make no reply");
  deepEqual(poll.readings, []);
});

Deno.test("channels that are left out are part of the state", async () => {
  const port = new ScriptedPort();
  const two = encodeReply([
    { number: 2, id: [1, 1], watts: 10, active: true },
    { number: 4, id: [1, 2], watts: 20, active: true },
  ]);
  port.onRequest = () => port.send(two);
  const unset = new RunningPoll({ open: () => port, intervalMs: INTERVAL_MS });
  await eventually("a reading", () => unset.readings.length > 0);
  await unset.stop();
  deepEqual(unset.status.channels, [2]);
  deepEqual(unset.status.ignoredChannels, [4]);
});
