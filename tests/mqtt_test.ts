import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { LiveNow } from "../lib/live/wire.ts";
import { Broker } from "../lib/mqtt/broker.ts";
import { houseMeter } from "../lib/meter/simulator/house_meter.ts";
import "./support/libc_loaded.ts";
import { eventually } from "./support/eventually.ts";
import { freePort, Listener, Mosquitto } from "./support/mosquitto.ts";
import { Service } from "./support/service.ts";

const HOUSE = { id: "mcce", language: "it", version: "1.2.3", holdS: 15 } as const;

function now(at: number): LiveNow {
  const meter = { state: "connected", since: 0, good: 1, wrong: 0, missed: 0, zero: 0 } as const;
  return { at, watts: at, kWhToday: at / 1000, stale: false, alarm: null, meter };
}

/** A house's side of a connection, with what it was told of it. */
function publish(url: string) {
  const told = { connected: 0, problems: [] as string[] };
  const broker = new Broker({
    url,
    house: HOUSE,
    onConnected: () => told.connected++,
    onProblem: (sentence) => told.problems.push(sentence),
  });
  return { broker, told };
}

Deno.test("readings reach a broker, and what Home Assistant must know at any time is kept there", async () => {
  await using mosquitto = await Mosquitto.start();
  await using early = await Listener.connect(mosquitto.url);
  const { broker, told } = publish(mosquitto.url);
  await eventually("the connection", () => told.connected === 1);
  for (const at of [1, 2, 3]) broker.tell(now(at));
  await eventually("the readings", () => early.texts("mcce/power").length === 3);
  deepEqual(early.texts("mcce/power"), ["1", "2", "3"]);
  deepEqual(early.texts("mcce/energy"), ["0.0010", "0.0020", "0.0030"]);
  await using late = await Listener.connect(mosquitto.url);
  await eventually("what is kept", () => late.heard.size === 6);
  ok([...late.heard.values()].flat().every(({ retained }) => retained));
  deepEqual(late.texts("mcce/availability"), ["online"]);
  deepEqual(late.texts("mcce/meter"), ["ON"]);
  await broker.close();
  await eventually("the goodbye", () => late.texts("mcce/availability").at(-1) === "offline");
});

Deno.test("a broker that comes late, or goes and comes back, is told everything anew", async () => {
  const port = freePort();
  const { broker, told } = publish(`mqtt://127.0.0.1:${port}`);
  await eventually("a problem", () => told.problems.length > 0);
  match(told.problems[0]!, /broker cannot be reached \(.*ECONNREFUSED.*\): next try in 1 s/);
  broker.tell(now(1));
  for (const connected of [1, 2]) {
    await using _mosquitto = await Mosquitto.start(port);
    await using listener = await Listener.connect(`mqtt://127.0.0.1:${port}`);
    await eventually("the connection", () => told.connected === connected);
    await eventually("the newest reading", () => listener.texts("mcce/power").includes("1"));
    equal(listener.texts("mcce/availability").at(-1), "online");
  }
  await broker.close();
});

Deno.test("Home Assistant is told everything again when it has started", async () => {
  await using mosquitto = await Mosquitto.start();
  await using listener = await Listener.connect(mosquitto.url);
  const { broker, told } = publish(mosquitto.url);
  await eventually("the connection", () => told.connected === 1);
  broker.tell(now(1));
  await eventually("the reading", () => listener.texts("mcce/power").length === 1);
  await listener.client.publishAsync("homeassistant/status", "online");
  await eventually("the reading again", () => listener.texts("mcce/power").length === 2);
  await broker.close();
});

Deno.test("a wrong password is told without the password", async () => {
  await using mosquitto = await Mosquitto.start(freePort(), ["allow_anonymous false"]);
  const { broker, told } = publish(`mqtt://user:s3cret-word@127.0.0.1:${mosquitto.port}`);
  await eventually("a problem", () => told.problems.length > 0);
  match(told.problems[0]!, /[Nn]ot authorized/);
  ok(!told.problems.join().includes("s3cret-word"));
  await broker.close();
});

Deno.test("a broker that takes nothing holds nobody up, and what waits for it is bounded", async () => {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const accepted = listener.accept();
  const { broker, told } = publish(`mqtt://127.0.0.1:${(listener.addr as Deno.NetAddr).port}`);
  using connection = await accepted;
  // CONNACK, accepted; after it, nothing is read any more.
  await connection.write(Uint8Array.of(0x20, 2, 0, 0));
  await eventually("the connection", () => told.connected === 1);
  for (let at = 0; at < 200_000; at++) {
    broker.tell(now(at));
    if (at % 1000 === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  ok(broker.unsentBytes < 100_000, `${broker.unsentBytes} bytes wait`);
  ok(broker.leftOut > 0);
  await broker.close();
});

Deno.test("the service tells a broker its readings; when it is killed, the broker tells that it is gone", async () => {
  await using mosquitto = await Mosquitto.start();
  await using listener = await Listener.connect(mosquitto.url);
  const folder = await Deno.makeTempDir({ prefix: "mcce-mqtt-" });
  const meter = houseMeter({ link: `${folder}/meter`, fast: true });
  {
    await using service = await Service.startBundled({
      SERIAL_PORT: `${folder}/meter`,
      SAMPLE_SECONDS: "1",
      JOURNAL_DIR: `${folder}/journal`,
      DATABASE_URL: `${folder}/years/mcce`,
      MQTT_URL: mosquitto.url,
    });
    await eventually("two readings", () => listener.texts("mcce/power").length >= 2);
    equal(listener.texts("mcce/availability").at(-1), "online");
    equal(listener.texts("mcce/meter").at(-1), "ON");
    equal(listener.texts("mcce/alarm").at(-1), "ok");
    await service.end("SIGKILL");
    await eventually(
      "the last will",
      () => listener.texts("mcce/availability").at(-1) === "offline",
    );
  }
  const said = meter.replies.map(({ watts }) => String(watts));
  ok(listener.texts("mcce/power").every((watts) => said.includes(watts)));
  await meter.unplug();
  await Deno.remove(folder, { recursive: true });
});
