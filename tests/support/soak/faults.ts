import { SmallDisk } from "../small_disk.ts";
import { Viewer } from "../viewer.ts";
import type { SoakHouse } from "./soak_house.ts";

/** What goes wrong around a service. */
export const SOAK_FAULTS = ["noise", "unplug", "disk", "viewers", "clock", "kill"] as const;
export type SoakFault = typeof SOAK_FAULTS[number];

/** What a fault is done to. */
export interface Scene {
  readonly house: SoakHouse;
  /** `null` where no small disk can be mounted. */
  readonly disk: SmallDisk | null;
  /** How long a fault lasts. */
  readonly lastsMs: number;
  readonly random: () => number;
  /** Moments, by `performance.now()`, at which a reply on its way may have been cut off by the soak itself. */
  readonly cuts: number[];
  /** To be called before a service is killed: its counters die with it. */
  readonly count: () => Promise<void>;
  clockSteps: number;
}

const VIEWERS = 30;
const HOUR_MS = 3_600_000;

/** Makes one fault and mends it. */
export async function suffer(fault: SoakFault, scene: Scene): Promise<void> {
  const { house, lastsMs, cuts } = scene;
  const last = () => new Promise((resolve) => setTimeout(resolve, lastsMs));
  switch (fault) {
    case "noise":
      house.meter.ways.noisy = true;
      await last();
      house.meter.ways.noisy = false;
      return;
    case "unplug":
      cuts.push(performance.now());
      await house.meter.unplug();
      await last();
      return house.meter.replug();
    case "disk":
      await scene.disk?.fill();
      await last();
      return await scene.disk?.free();
    case "viewers":
      return await comeAndGo(house.service.url, last);
    case "clock": {
      // Parts of a second of its own each time, so that no two readings get the same time by the step.
      const steps = scene.clockSteps++;
      house.setClock(Math.round((2 * scene.random() - 1) * HOUR_MS / 1000) * 1000 + 140 * steps);
      return void await last();
    }
    case "kill":
      await scene.count();
      cuts.push(performance.now());
      await house.service.end("SIGKILL");
      return await house.start();
  }
}

/** Viewers that read, and as many that never do. */
async function comeAndGo(url: string, last: () => Promise<unknown>): Promise<void> {
  const viewers = Array.from({ length: VIEWERS }, () => new Viewer(url));
  const { hostname, port } = new URL(url);
  const sleepers = await Promise.all(viewers.map(async () => {
    const connection = await Deno.connect({ hostname, port: Number(port) });
    await connection.write(
      new TextEncoder().encode(`GET /live HTTP/1.1\r\nhost: ${hostname}\r\n\r\n`),
    );
    return connection;
  }));
  await last();
  for (const viewer of viewers) viewer[Symbol.dispose]();
  for (const sleeper of sleepers) sleeper.close();
}
