import { contractTiers, DEFAULT_TIERS, formatTiers } from "../alarm/tiers.ts";
import { localDate } from "../calendar.ts";
import { type Config, type Environment, loadConfig } from "../config.ts";
import type { HouseMeterOptions } from "../meter/simulator/house_meter.ts";
import { writeDemoDays } from "./demo_days.ts";
import type { DemoHistoryEnd, DemoHistoryOptions } from "./demo_history.ts";

/** Runs the service; `main.ts` gives the one that it wires. */
export type RunService = (
  stop: AbortSignal,
  overrides: Environment,
  onServed: (url: string) => void,
) => Promise<void>;

const SEED = 1;
/** The real house behind the simulated one draws more than a contract of 3 kW gives. */
const CONTRACT_KW = 4.5;
const APPLIANCES = "oven:2000,washing machine:1800,kettle:2200,electric car:3700";

/**
 * The unchanged service beside a simulated meter on a pseudo-terminal, so that every line of the serial path runs on a
 * machine without a meter. Everything lies in a temporary folder that is removed at the end.
 */
export async function runDemo(stop: AbortSignal, runService: RunService): Promise<void> {
  const config = await loadConfig();
  const limits = config.limits === DEFAULT_TIERS ? contractTiers(CONTRACT_KW) : config.limits;
  const folder = await Deno.makeTempDir({ prefix: "mcce-demo-" });
  const overrides = demoEnvironment(folder, { ...config, limits });
  const { SERIAL_PORT: link, JOURNAL_DIR: journalDir, DATABASE_URL: databasePath } = overrides;
  let endHistory = () => Promise.resolve();
  const simulator = new Worker(new URL("../meter/simulator.ts", import.meta.url), {
    type: "module",
  });
  try {
    const { timeZone, minTimeResMinutes: minTimeRes } = config;
    const house = { seed: SEED, timeZone };
    await ready(simulator, { link, ...house, overloads: limits });
    const nowMs = Date.now();
    await writeDemoDays(journalDir, { nowMs, ...house });
    const today = localDate(nowMs, timeZone);
    await runService(stop, overrides, (url) => {
      console.log(
        `MCCE shows a simulated house at ${url} (Ctrl-C ends it and leaves nothing behind)`,
      );
      endHistory = makeHistory({ ...house, databasePath, today, minTimeRes, limits });
    });
  } finally {
    simulator.terminate();
    await endHistory();
    await Deno.remove(folder, { recursive: true });
  }
}

/** What the demo sets, whatever the environment says. */
function demoEnvironment(folder: string, { limits, appliances }: Config) {
  return {
    LIMITS: formatTiers(limits),
    ...(appliances.length === 0 && { APPLIANCES }),
    SERIAL_PORT: `${folder}/meter`,
    METER_CHANNELS: "",
    // What the owner of an installed folder has set is for the real house.
    HOST: "",
    ACCESS_TOKEN: "",
    TLS_CERT: "",
    TLS_KEY: "",
    NOTIFY_URL: "",
    HEARTBEAT_URL: "",
    MQTT_URL: "",
    JOURNAL_DIR: `${folder}/journal`,
    RUNTIME_DIRECTORY: `${folder}/run`,
    DATABASE_URL: `${folder}/years/mcce`,
    ALARM_GPIO: "off",
    LOG_LEVEL: "warn",
  };
}

function ready(simulator: Worker, options: HouseMeterOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    simulator.onmessage = ({ data }) => data.ready ? resolve() : reject(new Error(data.error));
    simulator.onerror = (event) => reject(new Error(event.message));
    simulator.postMessage(options);
  });
}

/** Makes the years in a thread of its own; the function it gives ends that, and resolves when no file is written any more. */
function makeHistory(options: DemoHistoryOptions): () => Promise<void> {
  const worker = new Worker(new URL("./demo_history.ts", import.meta.url), { type: "module" });
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = ({ error }: DemoHistoryEnd) => {
    if (error) console.error(`The demo goes on without all of its history: ${error}`);
    resolve();
  };
  worker.onmessage = ({ data }) => end(data);
  worker.onerror = (event) => {
    event.preventDefault();
    end({ error: event.message });
  };
  worker.postMessage(options);
  return async () => {
    // To terminate it alone would leave it time to put a file into a folder that is being removed.
    worker.postMessage("stop");
    await promise;
    worker.terminate();
  };
}
