import { deepEqual, equal, match, ok } from "node:assert/strict";
import { houseMeter } from "../lib/meter/simulator/house_meter.ts";
import type { SimulatedMeter } from "../lib/meter/simulator/simulated_meter.ts";
import type { LiveNow } from "../lib/live/wire.ts";
import type { Health } from "../lib/health.ts";
import { JOURNAL_LOCK } from "../lib/store/folder_lock.ts";
import "./support/libc_loaded.ts";
import { eventually } from "./support/eventually.ts";
import { OtherProcess } from "./support/other_process.ts";
import { Service, startProgram } from "./support/service.ts";
import { Viewer } from "./support/viewer.ts";

/** A house in a temporary folder: its simulated meter and the service's environment. */
class House implements AsyncDisposable {
  readonly folder = Deno.makeTempDirSync({ prefix: "mcce-service-" });
  readonly meter: SimulatedMeter = houseMeter({ link: `${this.folder}/meter`, fast: true });
  readonly env = {
    SERIAL_PORT: `${this.folder}/meter`,
    SAMPLE_SECONDS: "1",
    JOURNAL_DIR: `${this.folder}/journal`,
    RUNTIME_DIRECTORY: `${this.folder}/run`,
    DATABASE_URL: `${this.folder}/years/mcce`,
  };

  /** Every line of the journal's day files. */
  journal(): string[] {
    const files = [...Deno.readDirSync(this.env.JOURNAL_DIR)].filter(({ name }) =>
      name.endsWith(".csv")
    );
    return files.flatMap(({ name }) =>
      Deno.readTextFileSync(`${this.env.JOURNAL_DIR}/${name}`).split("\n").filter(Boolean)
    );
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.meter.unplug();
    await Deno.remove(this.folder, { recursive: true });
  }
}

Deno.test("the bundle that users start serves the page with all its files, and stores what it reads", async () => {
  await using house = new House();
  await using service = await Service.startBundled(house.env);
  const page = await (await fetch(service.url)).text();
  const paths = [...page.matchAll(/"(\/assets\/[^"]+)"/g)].map(([, path]) => path!);
  ok(paths.length > 1, page);
  for (const path of paths) {
    const { status, body } = await fetch(new URL(path, service.url));
    await body?.cancel();
    equal(status, 200, path);
  }
  await eventually("a reading", async () => (await service.get<LiveNow>("live/now")).at !== null);
  equal((await service.end("SIGTERM")).code, 0);
  ok(house.journal().length > 0);
});

Deno.test("from the meter to a viewer: what it is told is what the meter said, and nothing else", async () => {
  await using house = new House();
  await using service = await Service.start(house.env);
  using viewer = new Viewer(service.url);
  await eventually("a snapshot", () => viewer.snapshots.length > 0);
  await eventually("3 readings", () => viewer.readings.length >= 3);
  equal(viewer.lastEventId, String(viewer.readings.at(-1)?.at));
  const now = await service.get<LiveNow>("live/now");
  equal(now.stale, false);
  equal(now.meter.state, "connected");
  deepEqual(now.alarm?.state, "ok");
  const { ok: well, parts } = await service.get<Health>("health");
  ok(well, JSON.stringify(parts));
  equal((await service.end("SIGTERM")).code, 0);

  const said = house.meter.replies.map(({ watts }) => watts);
  const told = viewer.readings.map(({ watts }) => watts);
  const first = said.length - house.journal().length;
  deepEqual(house.journal().map((line) => Number(line.split(",")[1])), said.slice(first));
  ok(told.every((watts) => said.includes(watts)));
});

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  Deno.test(`${signal} closes the streams, empties the spool and ends in order`, async () => {
    await using house = new House();
    await using service = await Service.start(house.env);
    using viewer = new Viewer(service.url);
    await eventually("2 readings", () => viewer.readings.length >= 2);
    const { code } = await service.end(signal);
    // 1 would say that the stop ran into its limit of less than 2 s.
    equal(code, 0, service.lines.join("\n"));
    match(service.lines.at(-1) ?? "", /stopped/);
    await eventually("the end of the stream", () => viewer.isClosed);
    deepEqual([...Deno.readDirSync(house.env.RUNTIME_DIRECTORY)], []);
    const kept = house.journal();
    ok(viewer.readings.every(({ at, watts }) => kept.includes(`${at},${watts}`)));
  });
}

Deno.test("a stop during an overload while a backup holds the journal closes the streams, and ends in order", async () => {
  await using house = new House();
  await using backup = new OtherProcess("hold_lock.ts", [house.env.JOURNAL_DIR, JOURNAL_LOCK]);
  await backup.firstLine();
  const env = { ...house.env, LIMITS: "1:180m,2:2m", FLUSH_SECONDS: "1" };
  await using service = await Service.start(env);
  using viewer = new Viewer(service.url);
  // By then the flush of the first one waits for the backup, and that of FLUSH_SECONDS behind it.
  await eventually("3 readings", () => viewer.readings.length >= 3);
  const ended = service.end("SIGTERM");
  await eventually("the end of the stream", () => viewer.isClosed);
  await backup.end();
  equal((await ended).code, 0, service.lines.join("\n"));
  deepEqual([...Deno.readDirSync(house.env.RUNTIME_DIRECTORY)], []);
  const kept = house.journal();
  ok(viewer.readings.every(({ at, watts }) => kept.includes(`${at},${watts}`)));
});

Deno.test("today's totals and curve survive a restart", async () => {
  await using house = new House();
  await using first = await Service.start(house.env);
  using before = new Viewer(first.url);
  await eventually("3 readings", () => before.readings.length >= 3);
  await first.end("SIGTERM");
  const last = before.readings.at(-1)!;

  house.meter.ways.mute = true;
  await using second = await Service.start(house.env);
  using after = new Viewer(second.url);
  await eventually("a snapshot", () => after.snapshots.length > 0);
  const { today, watts, lastHour } = after.snapshots[0]!;
  if (today.date === last.date) {
    ok(today.kWhToday >= last.kWhToday);
    equal(today.maxWatts, last.maxWatts);
    ok(lastHour.watts.length >= 3);
  }
  equal(watts, Number(house.journal().at(-1)?.split(",")[1]));
  equal(
    (await second.get<LiveNow>("live/now")).stale,
    true,
    "an old reading is not passed off as new",
  );
  await second.end("SIGTERM");
});

Deno.test("kill -9 at random moments: whatever a viewer had received is in the journal, once", async () => {
  await using house = new House();
  const received: string[] = [];
  for (let round = 0; round < 8; round++) {
    await using service = await Service.start(house.env);
    using viewer = new Viewer(service.url);
    await eventually("a reading", () => viewer.readings.length > 0);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 1_500));
    await service.end("SIGKILL");
    received.push(...viewer.readings.map(({ at, watts }) => `${at},${watts}`));
  }
  await using last = await Service.start(house.env);
  await last.end("SIGTERM");
  const kept = house.journal();
  deepEqual(received.filter((line) => !kept.includes(line)), []);
  equal(new Set(kept).size, kept.length);
});

Deno.test("the meter goes and comes back: told each time, in one line of the log, and readings resume", async () => {
  await using house = new House();
  await using service = await Service.start(house.env);
  using viewer = new Viewer(service.url);
  await eventually("a reading", () => viewer.readings.length > 0);
  await house.meter.unplug();
  await eventually("missing", () => viewer.statuses.at(-1)?.meter.state === "missing");
  await new Promise((resolve) => setTimeout(resolve, 1_500));
  const count = viewer.readings.length;
  house.meter.replug();
  await eventually("connected", () => viewer.statuses.at(-1)?.meter.state === "connected");
  await eventually("readings", () => viewer.readings.length > count + 1);
  await service.end("SIGTERM");
  equal(service.lines.filter((line) => line.includes("the meter is gone")).length, 1);
  equal(service.lines.filter((line) => line.includes("the meter answers")).length, 2);
});

Deno.test("a second service on the same folders ends with one sentence, and the first goes on", async () => {
  await using house = new House();
  await using first = await Service.start(house.env);
  const second = startProgram("start", { PORT: "0", ...house.env });
  equal((await second.process.status).code, 1);
  await second.drained;
  deepEqual(second.lines.length, 1);
  match(second.lines[0]!, /Another MCCE already runs on .*journal/);
  equal((await first.end("SIGTERM")).code, 0);
});

Deno.test("bad variables end the start with a line each and status 2", async () => {
  const program = startProgram("start", { SAMPLE_SECONDS: "0", PORT: "70000", LOG_LEVEL: "loud" });
  equal((await program.process.status).code, 2);
  await program.drained;
  deepEqual(program.lines.map((line) => /^\w+/.exec(line)?.[0]).toSorted(), [
    "LOG_LEVEL",
    "PORT",
    "SAMPLE_SECONDS",
  ]);
});

Deno.test("an address that another program has ends the start with one sentence", async () => {
  await using house = new House();
  using taken = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const program = startProgram("start", { ...house.env, PORT: String(taken.addr.port) });
  equal((await program.process.status).code, 1);
  await program.drained;
  match(program.lines.join("\n"), /cannot be listened on: another program has it/);
  ok(!program.lines.some((line) => line.includes("at file:")));
});

Deno.test("words that a command does not take end it with status 2", async () => {
  const program = startProgram("start", {}, "now");
  equal((await program.process.status).code, 2);
  await program.drained;
  deepEqual(program.lines, ["now is not understood: this takes no words."]);
});

Deno.test("a stop while a tcp:// port is being connected to ends in order", async () => {
  await using house = new House();
  // A listener whose queue is full: a connect to it waits.
  using full = Deno.listen({ hostname: "127.0.0.1", port: 0, tcpBacklog: 1 });
  const address = { hostname: "127.0.0.1", port: full.addr.port };
  const queued = await Promise.all([Deno.connect(address), Deno.connect(address)]);
  const SERIAL_PORT = `tcp://127.0.0.1:${full.addr.port}`;
  await using service = await Service.start({ ...house.env, SERIAL_PORT });
  await new Promise((resolve) => setTimeout(resolve, 100));
  equal((await service.end("SIGTERM")).code, 0, service.lines.join("\n"));
  for (const connection of queued) connection.close();
});
