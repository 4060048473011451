import { deepEqual, equal, match, ok } from "node:assert/strict";
import { houseMeter } from "../lib/meter/simulator/house_meter.ts";
import "./support/libc_loaded.ts";
import { eventually } from "./support/eventually.ts";
import { NotifySocket } from "./support/notify_socket.ts";
import { Service } from "./support/service.ts";

Deno.test("systemd hears when the page is served, that the loop turns, meter or not, and of the end", async () => {
  const folder = await Deno.makeTempDir({ prefix: "mcce-supervised-" });
  const meter = houseMeter({ link: `${folder}/meter`, fast: true });
  try {
    using systemd = new NotifySocket(`${folder}/notify`);
    await using service = await Service.start({
      SERIAL_PORT: `${folder}/meter`,
      SAMPLE_SECONDS: "1",
      JOURNAL_DIR: `${folder}/journal`,
      DATABASE_URL: `${folder}/years/mcce`,
      NOTIFY_SOCKET: systemd.address,
      WATCHDOG_USEC: "1000000",
    });
    await eventually("readiness", () => systemd.received.length > 0);
    equal(systemd.received[0], "READY=1\nWATCHDOG_USEC=3000000");
    const page = await fetch(service.url);
    equal(page.status, 200, await page.text());
    await eventually("signs of life", () => systemd.signs >= 2);
    match(systemd.received.at(-1)!, /STATUS=meter connected/);

    await meter.unplug();
    await eventually("word of it", () => systemd.received.at(-1)!.includes("meter missing"));
    const before = systemd.signs;
    await eventually("signs of life without a meter", () => systemd.signs >= before + 2);
    ok(!systemd.received.includes("STOPPING=1"));

    equal((await service.end("SIGTERM")).code, 0, service.lines.join("\n"));
    deepEqual(systemd.received.filter((lines) => lines === "STOPPING=1").length, 1);
  } finally {
    await meter.unplug();
    await Deno.remove(folder, { recursive: true });
  }
});
