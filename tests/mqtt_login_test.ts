import { equal, match } from "node:assert/strict";
import { Broker } from "../lib/mqtt/broker.ts";
import { houseMeter } from "../lib/meter/simulator/house_meter.ts";
import "./support/libc_loaded.ts";
import { eventually } from "./support/eventually.ts";
import { freePort, Mosquitto } from "./support/mosquitto.ts";
import { runTool } from "./support/run_tool.ts";
import { Service } from "./support/service.ts";

const HOUSE = { id: "mcce", language: "it", version: "1.2.3", holdS: 15 } as const;
// A pair for `localhost` that nobody has signed, made for these tests alone.
const CERT_PATH = new URL("data/cert.pem", import.meta.url).pathname;
const KEY_PATH = new URL("data/key.pem", import.meta.url).pathname;
const SECURE = ["allow_anonymous true", `certfile ${CERT_PATH}`, `keyfile ${KEY_PATH}`];

/** What becomes of a try: `connected`, or the problem. */
async function outcome(url: string): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  const broker = new Broker({
    url,
    house: HOUSE,
    onConnected: () => resolve("connected"),
    onProblem: resolve,
  });
  const said = await promise;
  await broker.close();
  return said;
}

Deno.test("a name and a password of odd characters open a broker, coded as an address wants it", async () => {
  const folder = await Deno.makeTempDir({ prefix: "mcce-mqtt-" });
  const path = `${folder}/passwords`;
  const [name, password] = ["casa@mare", "100 % è:ok"];
  const command = ["-c", "-b", path, name, password];
  const { code, text } = await runTool("mosquitto_passwd", command, { debian: "mosquitto" });
  equal(code, 0, text);
  const lines = ["allow_anonymous false", `password_file ${path}`];
  await using mosquitto = await Mosquitto.start(freePort(), lines);
  const address = (login: string) => `mqtt://${login}@127.0.0.1:${mosquitto.port}`;
  const coded = [name, password].map(encodeURIComponent).join(":");
  equal(await outcome(address(coded)), "connected");
  match(await outcome(address("casa%40mare:100 %")), /[Nn]ot authorized/);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a secure broker that nobody vouches for is not spoken to, and the problem says why", async () => {
  await using mosquitto = await Mosquitto.start(freePort(), SECURE);
  match(await outcome(`mqtts://127.0.0.1:${mosquitto.port}`), /cannot be reached \(.*certificate/i);
});

Deno.test("a secure broker that the machine trusts takes the readings", async () => {
  await using mosquitto = await Mosquitto.start(freePort(), SECURE);
  const folder = await Deno.makeTempDir({ prefix: "mcce-mqtt-" });
  const meter = houseMeter({ link: `${folder}/meter`, fast: true });
  {
    await using service = await Service.startBundled({
      SERIAL_PORT: `${folder}/meter`,
      JOURNAL_DIR: `${folder}/journal`,
      DATABASE_URL: `${folder}/years/mcce`,
      MQTT_URL: `mqtts://localhost:${mosquitto.port}`,
      DENO_CERT: CERT_PATH,
    });
    await eventually(
      "the connection",
      () => service.lines.some((line) => line.includes("the MQTT broker")),
    );
    match(service.lines.join("\n"), /the MQTT broker takes the readings/);
    await service.end("SIGTERM");
  }
  await meter.unplug();
  await Deno.remove(folder, { recursive: true });
});
