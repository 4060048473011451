import { deepEqual, equal, ok } from "node:assert/strict";
import { PortError } from "../lib/meter/port.ts";
import { encodeReply } from "../lib/meter/simulator/reply_encode.ts";
import { eventually } from "./support/eventually.ts";
import { RunningPoll } from "./support/running_poll.ts";
import { ScriptedPort } from "./support/scripted_port.ts";
import { VirtualClock } from "./support/virtual_clock.ts";

const INTERVAL_MS = 60;

function houseReply(watts: number): Uint8Array<ArrayBuffer> {
  return encodeReply([{ number: 2, id: [0x32, 0x32], watts, active: true }]);
}

Deno.test("a port that is not there is opened anew after 0.25 s, 0.5 s and then every second", async () => {
  const clock = new VirtualClock(0);
  const port = new ScriptedPort();
  port.onRequest = () => port.send(houseReply(1));
  const triedMs: number[] = [];
  const open = () => {
    triedMs.push(clock.monoMs());
    if (triedMs.length < 6) throw new PortError("absent", "There is no port.");
    return port;
  };
  const poll = new RunningPoll({ open, intervalMs: 5_000, clock });
  await clock.advance(2_000);
  equal(poll.status.state, "missing");
  equal(poll.status.problem, "There is no port.");
  await clock.advance(2_000);
  deepEqual(triedMs, [0, 250, 750, 1_750, 2_750, 3_750]);
  deepEqual(poll.readings.map(({ monoMs }) => monoMs), [3_750], "asked at once after reopening");
  equal(poll.status.problem, null);
  port.unplug();
  await clock.advance(250);
  await poll.stop();
  equal(triedMs.at(-1), 4_250, "success sets the pause back");
});

Deno.test("an unplugged port is given back and asked at once when it is there again", async () => {
  const ports: ScriptedPort[] = [];
  const open = () => {
    const port = new ScriptedPort();
    port.onRequest = () => port.send(houseReply(ports.length));
    ports.push(port);
    return port;
  };
  const poll = new RunningPoll({ open, intervalMs: INTERVAL_MS });
  await eventually("a reading", () => poll.readings.length > 0);
  ports[0]!.unplug();
  await eventually("the loss is told", () => poll.status.state === "missing");
  equal(poll.status.problem, "The port has gone.");
  await eventually("a reading from the new port", () => poll.readings.at(-1)?.watts === 2);
  await poll.stop();
  equal(poll.status.state, "connected");
});

Deno.test("a request that the unplugged port never answered is counted as missed", async () => {
  const ports: ScriptedPort[] = [];
  const open = () => {
    const port = new ScriptedPort();
    port.onRequest = () => ports.length === 1 ? port.unplug() : port.send(houseReply(5));
    ports.push(port);
    return port;
  };
  const poll = new RunningPoll({ open, intervalMs: INTERVAL_MS });
  await eventually("a reading", () => poll.readings.length > 0);
  await poll.stop();
  equal(poll.status.missed, 1);
});

Deno.test("a port that is there but silent for 3 requests is closed and opened anew", async () => {
  const clock = new VirtualClock(0);
  const ports: ScriptedPort[] = [];
  const openedMs: number[] = [];
  const open = () => {
    const port = new ScriptedPort();
    if (ports.length > 0) port.onRequest = () => port.send(houseReply(5));
    openedMs.push(clock.monoMs());
    ports.push(port);
    return port;
  };
  const poll = new RunningPoll({ open, intervalMs: 60_000, clock });
  await clock.advance(130_000);
  await poll.stop();
  equal(ports[0]?.requestedMs.length, 3);
  ok(ports[0]?.closed);
  deepEqual(openedMs, [0, 121_750], "at once after the third wait of 1.5 s, and a pause of 0.25 s");
  deepEqual(poll.statuses.map(({ state, missed }) => [state, missed]), [
    ["silent", 0],
    ["silent", 1],
    ["silent", 2],
    ["silent", 3],
    ["connected", 3],
  ]);
});

Deno.test("an open port is not told as missing, though nothing answers yet", async () => {
  const clock = new VirtualClock(0);
  const port = new ScriptedPort();
  const tried: number[] = [];
  const open = () => {
    if (tried.push(1) === 1) throw new PortError("absent", "There is no port.");
    return port;
  };
  const poll = new RunningPoll({ open, intervalMs: 5_000, clock });
  await clock.advance(300);
  await poll.stop();
  deepEqual(poll.statuses.map(({ state, problem }) => [state, problem]), [
    ["missing", "There is no port."],
    ["silent", null],
  ]);
});

Deno.test("a port that takes no request: missed, and opened anew after three", async () => {
  const clock = new VirtualClock(0);
  const ports: ScriptedPort[] = [];
  const open = () => {
    const port = new ScriptedPort();
    if (ports.length === 0) port.write = () => new Promise(() => {});
    else port.onRequest = () => port.send(houseReply(5));
    ports.push(port);
    return port;
  };
  const poll = new RunningPoll({ open, intervalMs: 5_000, clock });
  await clock.advance(20_000);
  await poll.stop();
  equal(poll.status.missed, 3);
  equal(poll.status.state, "connected");
});

Deno.test("opening is given up when the poll is stopped", async () => {
  const open = (signal: AbortSignal) =>
    new Promise<never>((_, reject) => {
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  const poll = new RunningPoll({ open, intervalMs: INTERVAL_MS });
  await poll.stop();
  deepEqual(poll.statuses, []);
});

Deno.test("months on one port cost no memory", async () => {
  const script = new URL("support/long_poll.ts", import.meta.url).pathname;
  const args = ["run", "--quiet", "--v8-flags=--expose-gc", script];
  const { stdout } = await new Deno.Command(Deno.execPath(), { args }).output();
  const { readings, grownBytes } = JSON.parse(new TextDecoder().decode(stdout));
  equal(readings, 10_000);
  // Each answer that something held on to would be 1.8 kB.
  ok(grownBytes < 2_000_000, `${grownBytes} bytes for 8,000 readings`);
});
