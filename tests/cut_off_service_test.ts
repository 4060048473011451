import { deepEqual, equal, ok } from "node:assert/strict";
import type { Episode } from "../lib/alarm/episode.ts";
import type { LiveNow } from "../lib/live/wire.ts";
import { SimulatedMeter } from "../lib/meter/simulator/simulated_meter.ts";
import "./support/libc_loaded.ts";
import { eventually } from "./support/eventually.ts";
import { journalPaths } from "./support/journal_paths.ts";
import { Service } from "./support/service.ts";

/** A house at 4,060 W in a temporary folder, and the services of it that die. */
class Overloaded implements AsyncDisposable {
  readonly folder = Deno.makeTempDirSync({ prefix: "mcce-cut-off-" });
  readonly meter = new SimulatedMeter({
    link: `${this.folder}/meter`,
    load: () => 4060,
    ...{ baud: Infinity, replyDelayMs: 0 },
  });
  readonly env = {
    SERIAL_PORT: `${this.folder}/meter`,
    SAMPLE_SECONDS: "1",
    LIMITS: "3300:180m,4200:6s",
    JOURNAL_DIR: `${this.folder}/journal`,
    RUNTIME_DIRECTORY: `${this.folder}/run`,
    DATABASE_URL: `${this.folder}/years/mcce`,
  };

  /** A service that has seen the overload for some seconds, as the journal's disk has it. */
  async overloaded(): Promise<Service> {
    const service = await Service.start(this.env);
    await eventually("six readings on the disk", () => this.onDisk().length >= 6, 20_000);
    return service;
  }

  /** The journal's lines. */
  onDisk(): string[] {
    return journalPaths(this.env.JOURNAL_DIR)
      .flatMap((path) => Deno.readTextFileSync(path).trim().split("\n"));
  }

  /** What a start of the machine does: another boot id, and an empty /run. */
  restartMachine(): void {
    const path = `${this.env.JOURNAL_DIR}/boot.mark`;
    const mark = Deno.readTextFileSync(path);
    Deno.writeTextFileSync(path, mark.replace(/^\S+/, "another-start-of-the-machine"));
    Deno.removeSync(this.env.RUNTIME_DIRECTORY, { recursive: true });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.meter.unplug();
    await Deno.remove(this.folder, { recursive: true });
  }
}

const cutOffs = async (service: Service) =>
  (await service.get<Episode[]>("alarm/episodes")).flatMap(({ cutOff }) => cutOff ?? []);
const warnings = (service: Service) =>
  service.lines.filter((line) => line.includes("probably cut off")).length;

Deno.test("power that goes while a tier is spent takes the machine along: its next start records the cut-off, once", async () => {
  await using house = new Overloaded();
  await using first = await house.overloaded();
  await first.end("SIGKILL");
  house.restartMachine();
  house.meter.ways.watts = 600;

  await using second = await Service.start(house.env);
  const [cutOff, none] = await cutOffs(second);
  equal(none, undefined);
  deepEqual(cutOff, {
    at: cutOff!.at,
    watts: 4060,
    secondsAbove: cutOff!.secondsAbove,
    tierWatts: 4060,
    endedBy: "boot",
    suggestedLimits: "3300:180m,4060:6s",
  });
  ok(cutOff!.secondsAbove >= 5, `${cutOff!.secondsAbove} s`);
  equal(warnings(second), 1);
  await second.end("SIGKILL");

  await using third = await Service.start(house.env);
  deepEqual(await cutOffs(third), [cutOff]);
  equal(warnings(third), 0);
  const { alarm } = await third.get<LiveNow>("live/now");
  equal(alarm?.state, "ok");
});

Deno.test("power that goes after an overload has ended well is no cut-off", async () => {
  await using house = new Overloaded();
  await using first = await house.overloaded();
  house.meter.ways.watts = 600;
  await eventually("the all-clear on the disk", () => house.onDisk().at(-1)!.endsWith(",600"));
  await first.end("SIGKILL");
  house.restartMachine();
  await using second = await Service.start(house.env);
  deepEqual(await cutOffs(second), []);
  equal(warnings(second), 0);
  await second.end("SIGTERM");
});

Deno.test("a service that dies alone goes on where it was, and no cut-off is told", async () => {
  await using house = new Overloaded();
  await using first = await house.overloaded();
  await first.end("SIGKILL");
  await using second = await Service.start(house.env);
  let left: number | null = null;
  await eventually("the alarm", async () => {
    const { alarm } = await second.get<LiveNow>("live/now");
    left = alarm?.secondsToTrip ?? null;
    return left !== null;
  });
  ok(left! <= 180 * 60 - 4, `${left} s left`);
  deepEqual(await cutOffs(second), []);
  equal((await second.end("SIGTERM")).code, 0);
  await using third = await Service.start(house.env);
  equal(warnings(third), 0);
});
