import type { LiveNow } from "../live/wire.ts";
import { type MqttClient, openClient } from "./client.ts";
import { availabilityTopic, changes, discovery, type House, type Message } from "./messages.ts";

const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;
const CONNECT_MS = 10_000;
/** A broker that takes nothing while its connection stands: what comes after this much is not sent. */
const MOST_UNSENT_BYTES = 65_536;
/** Home Assistant says `online` here when it has started, and knows nothing of what was published before. */
const BIRTH_TOPIC = "homeassistant/status";
const LONGEST_END_MS = 500;

/** Where to publish, and whom to tell of it. */
export interface BrokerOptions {
  /** `mqtt://` or `mqtts://`; may hold a password, and never stands in a log. */
  readonly url: string;
  readonly house: House;
  readonly onConnected: () => void;
  /** Told of each failed try, in one line. */
  readonly onProblem: (sentence: string) => void;
}

/**
 * An MQTT broker, with Home Assistant perhaps behind it. Nothing waits for it: what it cannot take now is left out, since
 * the next reading is worth more than the last, and what is kept is told anew with each connection.
 */
export class Broker {
  readonly #options: BrokerOptions;
  readonly #client: MqttClient;
  #now: LiveNow | null = null;
  #retryMs = FIRST_RETRY_MS;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #closed = false;
  #leftOut = 0;
  /** Whether something was left out since all was told. */
  #behind = false;

  constructor(options: BrokerOptions) {
    this.#options = options;
    const will = { topic: availabilityTopic(options.house), payload: "offline", retain: true };
    this.#client = openClient(options.url, {
      clientId: `mcce-${crypto.randomUUID().slice(0, 8)}`,
      connectTimeout: CONNECT_MS,
      keepalive: 30,
      // Doubled with each failure, which the library's own period is not.
      reconnectPeriod: 0,
      queueQoSZero: false,
      will: { ...will, qos: 0 },
    });
    this.#client.on("connect", () => this.#connected());
    this.#client.on("message", (_topic, payload) => {
      if (payload.toString() === "online") this.#tellAll();
    });
    let reason = "the connection broke off";
    this.#client.on("error", (error) => reason = error.message || String(error));
    this.#client.on("close", () => this.#broken(reason));
  }

  /** Bytes that wait for the broker to take them. */
  get unsentBytes(): number {
    return this.#client.stream.writableLength;
  }

  /** Messages that were not sent because the broker took none. */
  get leftOut(): number {
    return this.#leftOut;
  }

  /** Publishes what is new. */
  tell(now: LiveNow): void {
    const before = this.#now;
    this.#now = now;
    if (!this.#client.connected) return;
    if (this.#behind && this.unsentBytes === 0) this.#tellAll();
    else this.#publish(changes(this.#options.house, now, before));
  }

  /** Says goodbye and ends the connection, within half a second. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#retry);
    const { house } = this.#options;
    if (this.#client.connected) {
      this.#publish([{ topic: availabilityTopic(house), payload: "offline", retain: true }]);
    }
    const { promise: late, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, LONGEST_END_MS);
    await Promise.race([this.#client.endAsync(), late]);
    clearTimeout(timer);
    this.#client.stream?.destroy();
  }

  #connected(): void {
    this.#retryMs = FIRST_RETRY_MS;
    this.#options.onConnected();
    this.#client.subscribe(BIRTH_TOPIC, { qos: 0 });
    this.#tellAll();
  }

  #tellAll(): void {
    this.#behind = false;
    const { house } = this.#options;
    const online = { topic: availabilityTopic(house), payload: "online", retain: true };
    const known = this.#now ? changes(house, this.#now, null) : [];
    this.#publish([...discovery(house), online, ...known]);
  }

  #publish(messages: readonly Message[]): void {
    for (const { topic, payload, retain } of messages) {
      if (this.unsentBytes > MOST_UNSENT_BYTES) {
        this.#behind = true;
        this.#leftOut++;
      } else this.#client.publish(topic, payload, { qos: 0, retain });
    }
  }

  #broken(reason: string): void {
    if (this.#closed) return;
    const seconds = this.#retryMs / 1000;
    this.#options.onProblem(
      `the MQTT broker cannot be reached (${reason}): next try in ${seconds} s`,
    );
    this.#retry = setTimeout(() => this.#client.reconnect(), this.#retryMs);
    this.#retryMs = Math.min(2 * this.#retryMs, LONGEST_RETRY_MS);
  }
}
