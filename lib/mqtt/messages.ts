import type { LiveNow } from "../live/wire.ts";

/** Something to publish. */
export interface Message {
  readonly topic: string;
  readonly payload: string;
  /** Whether the broker keeps it for those who ask later. */
  readonly retain: boolean;
}

/** What Home Assistant is told of this house. */
export interface House {
  /** First level of every topic, and what tells this house's entities from another's: letters, digits, `_`, `-`. */
  readonly id: string;
  readonly language: "en" | "it";
  readonly version: string;
  /** Seconds after which a power that was not told again is unknown. */
  readonly holdS: number;
}

const NAMES = {
  en: { power: "Power", energy: "Energy today", alarm: "Overload alarm", meter: "Meter" },
  it: {
    power: "Potenza",
    energy: "Energia di oggi",
    alarm: "Allarme sovraccarico",
    meter: "Contatore",
  },
} as const;

/** The house's name on a broker: the path of its address, `mqtt://host/sea-house`, so that two houses may share one. */
export function houseId(brokerUrl: string): string {
  return new URL(brokerUrl).pathname.replaceAll(/[^\w-]+/g, "") || "mcce";
}

/** The topic that says `online`, or `offline` by the broker itself when this service has gone. */
export function availabilityTopic({ id }: House): string {
  return `${id}/availability`;
}

/**
 * The entities as Home Assistant's MQTT discovery takes them: retained, one a topic
 * `homeassistant/COMPONENT/NODE/OBJECT/config`. Energy is `total_increasing`: it begins at 0 each local midnight, which
 * its Energy dashboard knows how to add up, and no import of old days changes it.
 */
export function discovery(house: House): Message[] {
  const { id, version, holdS } = house;
  const names = NAMES[house.language];
  const entity = (component: string, object: keyof typeof names, fields: object): Message => ({
    topic: `homeassistant/${component}/${id}/${object}/config`,
    payload: JSON.stringify({
      name: names[object],
      unique_id: `${id}_${object}`,
      state_topic: `${id}/${object}`,
      availability_topic: availabilityTopic(house),
      ...fields,
      device: { identifiers: [id], name: "MCCE", model: "Ecodhome MCEE", sw_version: version },
      origin: { name: "MCCE", sw_version: version },
    }),
    retain: true,
  });
  return [
    entity("sensor", "power", {
      device_class: "power",
      state_class: "measurement",
      unit_of_measurement: "W",
      expire_after: holdS,
    }),
    entity("sensor", "energy", {
      device_class: "energy",
      state_class: "total_increasing",
      unit_of_measurement: "kWh",
      suggested_display_precision: 2,
    }),
    entity("sensor", "alarm", {
      device_class: "enum",
      options: ["ok", "above", "warning", "critical"],
      json_attributes_topic: `${id}/alarm/attributes`,
    }),
    entity("binary_sensor", "meter", { device_class: "connectivity" }),
  ];
}

/** What has changed since `before`, or all that is known when there is no such. A power that no longer holds is not told. */
export function changes({ id }: House, now: LiveNow, before: LiveNow | null): Message[] {
  const messages: Message[] = [];
  const tell = (topic: string, payload: string, retain: boolean) =>
    messages.push({ topic: `${id}/${topic}`, payload, retain });
  if (now.watts !== null && !now.stale && now.at !== before?.at) {
    tell("power", String(now.watts), false);
    tell("energy", now.kWhToday.toFixed(4), false);
  }
  const { alarm, meter } = now;
  if (alarm && alarm.state !== before?.alarm?.state) tell("alarm", alarm.state, true);
  if (alarm && attributes(alarm) !== attributes(before?.alarm ?? null)) {
    tell("alarm/attributes", attributes(alarm), true);
  }
  if (meter.state !== before?.meter.state) {
    tell("meter", meter.state === "connected" ? "ON" : "OFF", true);
  }
  return messages;
}

function attributes(alarm: LiveNow["alarm"]): string {
  const { secondsToTrip = null, shedWatts = 0 } = alarm ?? {};
  return JSON.stringify({ seconds_to_trip: secondsToTrip, shed_watts: shedWatts });
}
