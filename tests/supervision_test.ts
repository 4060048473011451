import { deepEqual, equal, match, ok } from "node:assert/strict";
import { PortError } from "../lib/meter/port.ts";
import { encodeReply } from "../lib/meter/simulator/reply_encode.ts";
import { initialStatus } from "../lib/meter/status.ts";
import { superviseLoop } from "../lib/supervision.ts";
import { RunningPoll } from "./support/running_poll.ts";
import { ScriptedPort } from "./support/scripted_port.ts";
import { VirtualClock } from "./support/virtual_clock.ts";

const START_MS = 1_795_387_806_123;

/** A supervised poll on a clock of its own, and what systemd hears of it. */
function supervisedPoll(
  open: () => ScriptedPort | Promise<ScriptedPort>,
  { watchdogMs = 30_000, sampleSeconds = 5 } = {},
) {
  const clock = new VirtualClock(START_MS);
  const heard: { atMs: number; lines: string }[] = [];
  const notify = (lines: string) => heard.push({ atMs: clock.monoMs(), lines });
  const supervision = superviseLoop({ notify, watchdogMs, sampleSeconds, clock });
  const poll = new RunningPoll({
    open,
    intervalMs: 1000 * sampleSeconds,
    clock,
    onStatus: (status) => supervision.turned(status),
  });
  const signs = () => heard.filter(({ lines }) => lines.startsWith("WATCHDOG=1\n"));
  return { clock, heard, supervision, poll, signs };
}

function answeringPort(): ScriptedPort {
  const port = new ScriptedPort();
  const reply = encodeReply([{ number: 2, id: [0x32, 0x32], watts: 700, active: true }]);
  port.onRequest = () => port.send(reply);
  return port;
}

/** The longest silence of `heard` until `untilMs`. */
function longestGapMs(heard: readonly { atMs: number }[], untilMs: number): number {
  const times = [0, ...heard.map(({ atMs }) => atMs), untilMs];
  return Math.max(...times.slice(1).map((atMs, i) => atMs - times[i]!));
}

Deno.test("a loop that reads gives a sign of life well within the patience, and tells how the meter is", async () => {
  const { clock, poll, signs } = supervisedPoll(answeringPort);
  await clock.advance(120_000);
  await poll.stop();
  ok(longestGapMs(signs(), 120_000) <= 15_000);
  ok(signs().length <= 25, "not more often than it helps");
  match(signs().at(-1)!.lines, /^WATCHDOG=1\nSTATUS=meter connected; \d+ good, 0 wrong/);
});

Deno.test("a loop whose meter is missing, or says nothing, turns too", async () => {
  const opens = [
    () => Promise.reject(new PortError("absent", "There is no port.")),
    () => new ScriptedPort(),
  ];
  for (const open of opens) {
    const { clock, poll, signs } = supervisedPoll(open);
    await clock.advance(120_000);
    await poll.stop();
    ok(longestGapMs(signs(), 120_000) <= 15_000);
  }
});

Deno.test("a loop that stands still gives no sign of life: no timer speaks for it", async () => {
  const port = answeringPort();
  const stuck = Promise.withResolvers<ScriptedPort>();
  let opened = 0;
  const { clock, poll, signs } = supervisedPoll(() => opened++ === 0 ? port : stuck.promise);
  await clock.advance(60_000);
  port.unplug();
  await clock.advance(10_000);
  const before = signs().length;
  ok(before > 0);
  await clock.advance(600_000);
  equal(signs().length, before);
  stuck.resolve(answeringPort());
  await poll.stop();
});

Deno.test("a loop that asks once a minute is given the time for it", async () => {
  const { clock, heard, supervision, poll, signs } = supervisedPoll(answeringPort, {
    sampleSeconds: 60,
  });
  supervision.ready();
  equal(heard.at(-1)!.lines, "READY=1\nWATCHDOG_USEC=180000000");
  await clock.advance(1_800_000);
  await poll.stop();
  ok(longestGapMs(signs(), 1_800_000) <= 90_000);
});

Deno.test("without a watchdog readiness, status and the end are told all the same", () => {
  const told: string[] = [];
  const supervision = superviseLoop({
    notify: (lines) => told.push(lines),
    watchdogMs: 0,
    sampleSeconds: 5,
    clock: { monoMs: () => 0 },
  });
  supervision.ready();
  supervision.turned(initialStatus(0));
  supervision.stopping();
  deepEqual(told, [
    "READY=1",
    "STATUS=meter missing; 0 good, 0 wrong, 0 missed, 0 zero replies",
    "STOPPING=1",
  ]);
});
