import { deepEqual, equal } from "node:assert/strict";
import type { Reading } from "../lib/reading.ts";
import { eventually } from "./support/eventually.ts";
import { Service } from "./support/service.ts";
import { ServiceHouse } from "./support/service_house.ts";
import { Viewer } from "./support/viewer.ts";

Deno.test("kill -9 at random moments: whatever a viewer had received is in the journal, and no time there twice with other watts", async () => {
  await using house = new ServiceHouse();
  const received: Reading[] = [];
  for (let round = 0; round < 6; round++) {
    await using service = await Service.start(house.env);
    using viewer = new Viewer(service.url);
    await eventually("a reading", () => viewer.readings.length > 0);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 1_500));
    await service.end("SIGKILL");
    received.push(...viewer.readings);
  }
  await using last = await Service.start(house.env);
  await last.end("SIGTERM");
  deepEqual(house.missing(received), []);
  equal(house.journal().conflicts, 0);
});
