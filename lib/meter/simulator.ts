import { stdin } from "node:process";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { COMMANDS, obey } from "./simulator/commands.ts";
import { houseMeter, type HouseMeterOptions } from "./simulator/house_meter.ts";
import { SimulatedMeter, type SimulatorOptions } from "./simulator/simulated_meter.ts";

const USAGE = "usage: simulator.ts --link PATH [--fast] [--seed N] [--zone IANA_NAME]";

/** A meter on a pseudo-terminal, within this process; give its link to whoever opens ports, end it by `unplug`. */
export function startSimulator(options: SimulatorOptions): SimulatedMeter {
  return new SimulatedMeter(options);
}

/** Commands by standard input, a line each. Ends by `quit`, SIGINT or SIGTERM, with the link gone; not when its input ends. */
async function runProgram(): Promise<void> {
  const meter = houseMeter(commandLine());
  const quit = () => obey(meter, "quit").then(() => Deno.exit(0));
  Deno.addSignalListener("SIGINT", quit);
  Deno.addSignalListener("SIGTERM", quit);
  console.log(`ready; commands: ${COMMANDS}`);
  for await (const line of createInterface({ input: stdin })) {
    try {
      const result = await obey(meter, line);
      if (result === "quit") Deno.exit(0);
      if (result) console.log(JSON.stringify(result));
    } catch (error) {
      console.error(sentence(error));
    }
  }
}

function commandLine(): HouseMeterOptions {
  const text = { type: "string" } as const;
  const { values } = parseArgs({
    options: { link: text, fast: { type: "boolean", default: false }, seed: text, zone: text },
  });
  const { link, fast, seed = "1", zone } = values;
  if (!link || !/^\d+$/.test(seed)) throw new Error(USAGE);
  return { link, fast, seed: Number(seed), ...(zone && { timeZone: zone }) };
}

/**
 * The first message is a `HouseMeterOptions`, those after it are command lines. Posts `{ ready: true }` once the link is there,
 * `{ replies }` when asked, `{ quit: true }` as its last, `{ error }` with a sentence.
 */
function runWorker(): void {
  let meter: SimulatedMeter | undefined;
  self.onmessage = async ({ data }: MessageEvent<HouseMeterOptions | string>) => {
    try {
      if (typeof data !== "string") {
        meter = houseMeter(data);
        self.postMessage({ ready: true });
        return;
      }
      const result = meter ? await obey(meter, data) : null;
      if (result === "quit") {
        self.postMessage({ quit: true });
        self.close();
      } else if (result) self.postMessage({ replies: result });
    } catch (error) {
      self.postMessage({ error: sentence(error) });
    }
  };
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

// In a worker `import.meta.main` is true as well.
if (import.meta.main) {
  if ("DedicatedWorkerGlobalScope" in globalThis) runWorker();
  else {
    runProgram().catch((error) => {
      console.error(sentence(error));
      Deno.exit(2);
    });
  }
}
