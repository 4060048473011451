import { type Environment, loadConfig } from "../config.ts";
import type { HouseMeterOptions } from "../meter/simulator/house_meter.ts";
import { writeDemoDays } from "./demo_days.ts";

/** Runs the service; `main.ts` gives the one that it wires. */
export type RunService = (
  stop: AbortSignal,
  overrides: Environment,
  onServed: (url: string) => void,
) => Promise<void>;

const SEED = 1;

/**
 * The unchanged service beside a simulated meter on a pseudo-terminal, so that every line of the serial path runs on a
 * machine without a meter. Everything lies in a temporary folder that is removed at the end.
 */
export async function runDemo(stop: AbortSignal, runService: RunService): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "mcce-demo-" });
  const link = `${folder}/meter`;
  const journalDir = `${folder}/journal`;
  const simulator = new Worker(new URL("../meter/simulator.ts", import.meta.url), {
    type: "module",
  });
  try {
    const { timeZone } = await loadConfig();
    await ready(simulator, { link, seed: SEED, timeZone });
    await writeDemoDays(journalDir, { nowMs: Date.now(), timeZone, seed: SEED });
    const overrides = {
      SERIAL_PORT: link,
      METER_CHANNELS: "",
      // What the owner of an installed folder has set is for the real house.
      HOST: "",
      ACCESS_TOKEN: "",
      TLS_CERT: "",
      TLS_KEY: "",
      NOTIFY_URL: "",
      HEARTBEAT_URL: "",
      MQTT_URL: "",
      JOURNAL_DIR: journalDir,
      RUNTIME_DIRECTORY: `${folder}/run`,
      DATABASE_URL: `${folder}/years/mcce`,
      ALARM_GPIO: "off",
      LOG_LEVEL: "warn",
    };
    await runService(stop, overrides, (url) => {
      console.log(
        `MCCE shows a simulated house at ${url} (Ctrl-C ends it and leaves nothing behind)`,
      );
    });
  } finally {
    simulator.terminate();
    await Deno.remove(folder, { recursive: true });
  }
}

function ready(simulator: Worker, options: HouseMeterOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    simulator.onmessage = ({ data }) => data.ready ? resolve() : reject(new Error(data.error));
    simulator.onerror = (event) => reject(new Error(event.message));
    simulator.postMessage(options);
  });
}
