import mqtt, { type MqttClient } from "mqtt";
import { eventually } from "./eventually.ts";

/** Below the ports that Linux gives to those who ask for any (32768 and up, ip(7)): no other test takes it meanwhile. */
const OWN_PORTS = { first: 20_000, count: 10_000 };

/** A port that was free a moment ago. */
export function freePort(): number {
  for (;;) {
    const port = OWN_PORTS.first + Math.floor(OWN_PORTS.count * Math.random());
    try {
      Deno.listen({ hostname: "127.0.0.1", port }).close();
      return port;
    } catch (error) {
      if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    }
  }
}

/** A real broker on this machine; Debian's package `mosquitto`. */
export class Mosquitto implements AsyncDisposable {
  readonly #folder: string;
  readonly #process: Deno.ChildProcess;

  private constructor(readonly port: number, lines: readonly string[]) {
    this.#folder = Deno.makeTempDirSync({ prefix: "mcce-mosquitto-" });
    const path = `${this.#folder}/mosquitto.conf`;
    const own = [`listener ${port} 127.0.0.1`, "user root", "persistence false", ...lines];
    Deno.writeTextFileSync(path, own.join("\n") + "\n");
    const [stdin, stdout, stderr] = ["null", "null", "null"] as const;
    const args = ["-c", path];
    this.#process = new Deno.Command(brokerPath(), { args, stdin, stdout, stderr }).spawn();
  }

  /** Starts one that takes whoever comes, and waits until it does. `lines` are further ones of its configuration. */
  static async start(port = freePort(), lines = ["allow_anonymous true"]): Promise<Mosquitto> {
    const broker = new Mosquitto(port, lines);
    await eventually("the broker's port", async () => {
      const connection = await Deno.connect({ hostname: "127.0.0.1", port }).catch(() => null);
      connection?.close();
      return connection !== null;
    });
    return broker;
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#process.kill("SIGTERM");
    await this.#process.status;
    await Deno.remove(this.#folder, { recursive: true });
  }
}

function brokerPath(): string {
  for (const path of ["/usr/sbin/mosquitto", "/usr/bin/mosquitto"]) {
    try {
      if (Deno.statSync(path).isFile) return path;
    } catch {
      // Looked for at the next place.
    }
  }
  throw new Error("mosquitto is missing: install Debian's package mosquitto to run this test");
}

/** Everything that is published, by topic, in order. */
export class Listener implements AsyncDisposable {
  readonly heard = new Map<string, { readonly text: string; readonly retained: boolean }[]>();
  readonly client: MqttClient;

  private constructor(client: MqttClient) {
    this.client = client;
    client.on("message", (topic, payload, { retain }) => {
      const all = this.heard.get(topic) ?? [];
      all.push({ text: payload.toString(), retained: retain });
      this.heard.set(topic, all);
    });
  }

  static async connect(url: string): Promise<Listener> {
    const listener = new Listener(await mqtt.connectAsync(url, { reconnectPeriod: 0 }));
    await listener.client.subscribeAsync("#");
    return listener;
  }

  texts(topic: string): string[] {
    return (this.heard.get(topic) ?? []).map(({ text }) => text);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client.endAsync(true);
  }
}
