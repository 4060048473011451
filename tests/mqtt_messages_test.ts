import { deepEqual, equal, ok } from "node:assert/strict";
import * as z from "zod/mini";
import type { LiveNow } from "../lib/live/wire.ts";
import { changes, discovery, houseId } from "../lib/mqtt/messages.ts";

const HOUSE = { id: "mcce", language: "en", version: "1.2.3", holdS: 15 } as const;
const METER = { state: "connected", since: 0, good: 1, wrong: 0, missed: 0, zero: 0 } as const;
const NOW: LiveNow = {
  at: 1_795_387_806_100,
  watts: 1999,
  kWhToday: 7.41234,
  stale: false,
  alarm: null,
  meter: METER,
};

/** The keys that the documentation of Home Assistant's integrations sensor.mqtt and binary_sensor.mqtt names, as far as used. */
const common = {
  name: z.string(),
  unique_id: z.string(),
  state_topic: z.string(),
  availability_topic: z.string(),
  json_attributes_topic: z.optional(z.string()),
  device: z.strictObject({
    identifiers: z.array(z.string()),
    name: z.string(),
    model: z.string(),
    sw_version: z.string(),
  }),
  // `name` is the one that must be there.
  origin: z.strictObject({ name: z.string(), sw_version: z.string() }),
};
const sensor = z.discriminatedUnion("device_class", [
  z.strictObject({
    ...common,
    device_class: z.literal("power"),
    state_class: z.literal("measurement"),
    unit_of_measurement: z.enum(["mW", "W", "kW", "MW", "GW", "TW"]),
    expire_after: z.int(),
  }),
  z.strictObject({
    ...common,
    device_class: z.literal("energy"),
    state_class: z.enum(["total", "total_increasing"]),
    unit_of_measurement: z.enum(["Wh", "kWh", "MWh", "GWh"]),
    suggested_display_precision: z.int(),
  }),
  // An enum takes neither a unit nor a state class.
  z.strictObject({ ...common, device_class: z.literal("enum"), options: z.array(z.string()) }),
]);
const binarySensor = z.strictObject({ ...common, device_class: z.literal("connectivity") });

Deno.test("Home Assistant's documented schema takes each entity, at a topic of its own, for good", () => {
  const messages = discovery(HOUSE);
  equal(new Set(messages.map(({ topic }) => topic)).size, messages.length);
  for (const { topic, payload, retain } of messages) {
    ok(retain, topic);
    const [, component] =
      /^homeassistant\/(sensor|binary_sensor)\/[\w-]+\/[\w-]+\/config$/.exec(topic) ?? [];
    ok(component, topic);
    const schema = component === "sensor" ? sensor : binarySensor;
    const entity = JSON.parse(payload);
    deepEqual(schema.parse(entity), entity);
  }
});

Deno.test("two houses on one broker share no topic and no entity", () => {
  const [one, other] = ["mcce", "sea-house"].map((id) => {
    const messages = discovery({ ...HOUSE, id });
    return [
      ...messages.map(({ topic }) => topic),
      ...messages.map(({ payload }) => JSON.parse(payload).unique_id),
    ];
  });
  deepEqual(one!.filter((name) => other!.includes(name)), []);
});

Deno.test("the house's name is the path of the broker's address", () => {
  equal(houseId("mqtt://user:word@host:1883"), "mcce");
  equal(houseId("mqtts://host/"), "mcce");
  equal(houseId("mqtt://host/sea-house"), "sea-house");
  equal(houseId("mqtt://host/a/+/#b"), "a");
});

Deno.test("a new reading is told with the day's energy; neither is kept by the broker, which would tell old ones as new", () => {
  deepEqual(changes(HOUSE, NOW, { ...NOW, at: NOW.at! - 5000 }), [
    { topic: "mcce/power", payload: "1999", retain: false },
    { topic: "mcce/energy", payload: "7.4123", retain: false },
  ]);
  deepEqual(changes(HOUSE, NOW, NOW), []);
});

Deno.test("a power that no longer holds is not told", () => {
  const topics = changes(HOUSE, { ...NOW, stale: true }, null).map(({ topic }) => topic);
  deepEqual(topics, ["mcce/meter"]);
});

Deno.test("the alarm's state and the meter's are told when they change, and kept", () => {
  const alarm = { state: "critical", secondsToTrip: 90, shedWatts: 640 } as LiveNow["alarm"];
  const meter = { ...METER, state: "silent" } as const;
  deepEqual(changes(HOUSE, { ...NOW, alarm, meter }, NOW), [
    { topic: "mcce/alarm", payload: "critical", retain: true },
    {
      topic: "mcce/alarm/attributes",
      payload: `{"seconds_to_trip":90,"shed_watts":640}`,
      retain: true,
    },
    { topic: "mcce/meter", payload: "OFF", retain: true },
  ]);
});
