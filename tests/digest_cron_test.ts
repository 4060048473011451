import assert from "node:assert/strict";
import { addDays, localDate } from "../lib/calendar.ts";
import { DigestHouse } from "./support/digest_house.ts";
import { eventually } from "./support/eventually.ts";
import { Service } from "./support/service.ts";
import { localHouseDay, ROME } from "./support/year_fixture.ts";

/** The jobs of Deno.cron come with the wall clock's minutes. */
const LONGEST_MS = 75_000;

Deno.test("the running service digests the days that are over with the next minute, of itself", async () => {
  const today = localDate(Date.now(), ROME);
  const dates = [addDays(today, -2), addDays(today, -1)];
  await using house = new DigestHouse({
    wall: new Date().toISOString(),
    env: { SERIAL_PORT: "/nowhere" },
  });
  const service = await Service.start(house.env);
  try {
    for (const date of dates) house.write(date, localHouseDay(date));
    house.write(today, []);
    const isDone = () => house.folders.names().every((name) => name === `${today}.csv`);
    await eventually("digested days", isDone, LONGEST_MS);
  } finally {
    await service.end("SIGTERM");
  }
  for (const date of dates) {
    assert.deepEqual(house.stored(date), localHouseDay(date));
    const told = service.lines.filter((line) => line.includes(`${date}: `));
    assert.equal(told.length, 1, service.lines.join("\n"));
    assert.match(told[0]!, /\d\.\d\d kWh from 17280 readings, 17280 new$/);
  }
});
