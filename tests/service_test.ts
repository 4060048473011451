import { deepEqual, equal, ok } from "node:assert/strict";
import type { LiveNow } from "../lib/live/wire.ts";
import type { Health } from "../lib/health.ts";
import { eventually } from "./support/eventually.ts";
import { Service } from "./support/service.ts";
import { ServiceHouse } from "./support/service_house.ts";
import { Viewer } from "./support/viewer.ts";

Deno.test("the bundle that users start serves the page with all its files, and stores what it reads", async () => {
  await using house = new ServiceHouse();
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
  ok(house.journal().readings.length > 0);
});

Deno.test("from the meter to a viewer: what it is told is what the meter said, and nothing else", async () => {
  await using house = new ServiceHouse();
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
  const kept = house.journal().readings.map(({ watts }) => watts);
  deepEqual(kept, said.slice(said.length - kept.length));
  ok(told.every((watts) => said.includes(watts)));
});

Deno.test("today's totals and curve survive a restart", async () => {
  await using house = new ServiceHouse();
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
  equal(watts, house.journal().readings.at(-1)?.watts);
  equal(
    (await second.get<LiveNow>("live/now")).stale,
    true,
    "an old reading is not passed off as new",
  );
  await second.end("SIGTERM");
});

Deno.test("the meter goes and comes back: told each time, in one line of the log, and readings resume", async () => {
  await using house = new ServiceHouse();
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
