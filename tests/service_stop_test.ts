import { deepEqual, equal, match } from "node:assert/strict";
import { JOURNAL_LOCK } from "../lib/store/folder_lock.ts";
import { eventually } from "./support/eventually.ts";
import { OtherProcess } from "./support/other_process.ts";
import { Service } from "./support/service.ts";
import { ServiceHouse } from "./support/service_house.ts";
import { Viewer } from "./support/viewer.ts";

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  Deno.test(`${signal} closes the streams, empties the spool and ends in order`, async () => {
    await using house = new ServiceHouse();
    await using service = await Service.start(house.env);
    using viewer = new Viewer(service.url);
    await eventually("2 readings", () => viewer.readings.length >= 2);
    const { code } = await service.end(signal);
    // 1 would say that the stop ran into its limit of less than 2 s.
    equal(code, 0, service.lines.join("\n"));
    match(service.lines.at(-1) ?? "", /stopped/);
    await eventually("the end of the stream", () => viewer.isClosed);
    deepEqual([...Deno.readDirSync(house.env.RUNTIME_DIRECTORY)], []);
    deepEqual(house.missing(viewer.readings), []);
  });
}

Deno.test("a stop during an overload while a backup holds the journal closes the streams, and ends in order", async () => {
  await using house = new ServiceHouse();
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
  deepEqual(house.missing(viewer.readings), []);
});

Deno.test("a stop while a tcp:// port is being connected to ends in order", async () => {
  await using house = new ServiceHouse();
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
