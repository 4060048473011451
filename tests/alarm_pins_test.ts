import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Health } from "../lib/health.ts";
import type { LiveNow } from "../lib/live/wire.ts";
import { AlarmHouse } from "./support/alarm_house.ts";
import { eventually } from "./support/eventually.ts";
import "./support/libc_loaded.ts";
import type { Service } from "./support/service.ts";

/** Deno compiles the tone's thread at its first start. */
const PATIENCE_MS = 15_000;

async function sounds({ pins }: AlarmHouse, what = "the siren"): Promise<void> {
  const before = pins.writtenMs(18);
  const isSounding = () => pins.read(17, "value") === "1" && pins.writtenMs(18) !== before;
  await eventually(what, isSounding, PATIENCE_MS);
}

async function isStill({ pins }: AlarmHouse): Promise<void> {
  await eventually("both pins low", () => pins.levels === "00", PATIENCE_MS);
  const before = pins.writtenMs(18);
  await new Promise((resolve) => setTimeout(resolve, 50));
  equal(pins.writtenMs(18), before);
}

async function alarmPart(service: Service) {
  const { ok, parts } = await service.get<Health>("health");
  return { isWell: ok, ...parts["alarm"]! };
}

Deno.test("over the cap the siren sounds, the all-clear ends it, and so do a silence and the end of the service", async () => {
  await using house = new AlarmHouse();
  await using service = await house.startBundled();
  await eventually("the pins, low", () => house.pins.read(18, "direction") === "low");
  match((await alarmPart(service)).detail, /the buzzer is ready/);

  house.watts = 5000;
  await sounds(house);
  house.watts = 500;
  await isStill(house);

  house.watts = 5000;
  await sounds(house, "the siren again");
  const body = JSON.stringify({ minutes: 1 });
  const headers = { "content-type": "application/json" };
  const url = new URL("alarm/silence", service.url);
  await (await fetch(url, { method: "POST", body, headers })).body?.cancel();
  await isStill(house);
  equal((await service.get<LiveNow>("live/now")).alarm?.state, "critical");
  await (await fetch(url, { method: "DELETE" })).body?.cancel();
  await sounds(house, "the siren after the silence");

  equal((await service.end("SIGTERM")).code, 0, service.lines.join("\n"));
  await isStill(house);
  equal(Deno.readTextFileSync(`${house.pins.root}/unexport`), "530");
});

Deno.test("after kill -9 amid a howl, pins-low leaves both pins low, and so does the next start", async () => {
  await using house = new AlarmHouse();
  house.watts = 5000;
  await using service = await house.start();
  await sounds(house);
  await service.end("SIGKILL");
  const low = () => [17, 18].map((bcm) => house.pins.read(bcm, "direction"));
  const leaveHigh = () => {
    for (const line of [529, 530]) {
      Deno.writeTextFileSync(`${house.pins.root}/gpio${line}/direction`, "high");
    }
  };
  equal(house.pins.read(17, "value"), "1");
  leaveHigh();
  deepEqual(await house.pinsLow(), { code: 0, said: "" });
  deepEqual(low(), ["low", "low"]);
  leaveHigh();
  house.watts = 500;
  await using next = await house.start();
  await eventually("low pins", () => low().join() === "low,low");
  equal((await next.end("SIGTERM")).code, 0);
});

Deno.test("pins-low leaves the pins of a running service alone, and has nothing to do without pins", async () => {
  await using house = new AlarmHouse();
  house.watts = 5000;
  await using service = await house.start();
  await sounds(house);
  const { code, said } = await house.pinsLow();
  equal(code, 1);
  match(said, /^Pin 17 is in use by another MCCE.*\nPin 18 is in use by another MCCE.*\n$/);
  await sounds(house, "the siren still");
  deepEqual(await house.pinsLow({ GPIO_ROOT: "/nowhere" }), { code: 0, said: "" });
  deepEqual(await house.pinsLow({ ALARM_GPIO: "off" }), { code: 0, said: "" });
  deepEqual(
    await house.pinsLow({ ALARM_POWER_PIN: "5", ALARM_TONE_PIN: "6" }),
    { code: 0, said: "" },
  );
  await service.end("SIGTERM");
});

Deno.test("a machine without pins: one line in the log, and a service that is well", async () => {
  await using house = new AlarmHouse();
  await using service = await house.start({ GPIO_ROOT: "/nowhere" });
  house.watts = 5000;
  await eventually("the alarm", async () => {
    return (await service.get<LiveNow>("live/now")).alarm?.state === "critical";
  });
  const { isWell, ok, detail } = await alarmPart(service);
  deepEqual([isWell, ok], [true, true]);
  match(detail, /^there is no buzzer: This machine has no pins of a Raspberry Pi at \/nowhere\.$/);
  await service.end("SIGTERM");
  equal(service.lines.filter((line) => line.includes("no buzzer")).length, 1);
});

Deno.test("pins that cannot be had: one warning, shown in /health, and readings go on", async () => {
  await using house = new AlarmHouse();
  await using other = await house.start();
  await eventually("the pins", () => house.pins.read(18, "direction") === "low");
  await using second = new AlarmHouse();
  second.watts = 5000;
  await using service = await second.start({ GPIO_ROOT: house.pins.root });
  await eventually("a reading", async () => {
    return (await service.get<LiveNow>("live/now")).watts === 5000;
  });
  const { isWell, ok: isPartWell, detail } = await alarmPart(service);
  deepEqual([isWell, isPartWell], [true, false]);
  match(detail, /^the buzzer fails: Pin 17 is in use by another MCCE/);
  await service.end("SIGTERM");
  equal(service.lines.filter((line) => line.includes("Pin 17")).length, 1);
  await other.end("SIGTERM");
});

Deno.test("alarm-test refuses beside a running service, with ALARM_GPIO=off and without pins", async () => {
  await using house = new AlarmHouse();
  await using service = await house.start();
  await eventually("the pins", () => house.pins.read(18, "direction") === "low");
  const beside = await house.run("alarm-test");
  deepEqual(beside, {
    code: 1,
    printed: [],
    lines: ["Pin 17 is in use by another MCCE: stop that one first."],
  });
  match((await house.run("alarm-test", { ALARM_GPIO: "off" })).lines[0]!, /^ALARM_GPIO is off/);
  match((await house.run("alarm-test", { GPIO_ROOT: "/nowhere" })).lines[0]!, /has no pins/);
  await service.end("SIGTERM");
});

Deno.test("alarm-test that is interrupted leaves the pins low", async () => {
  await using house = new AlarmHouse();
  const program = house.begin("alarm-test");
  await eventually("the first rhythm", () => program.printed.length > 0, PATIENCE_MS);
  await sounds(house);
  program.process.kill("SIGINT");
  equal((await program.process.status).code, 0);
  await program.drained;
  ok(program.printed.at(-1)?.startsWith("Done"), program.printed.join("\n"));
  await isStill(house);
});
