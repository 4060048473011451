import { deepEqual, equal, ok } from "node:assert/strict";
import { isoWithOffset } from "../lib/calendar.ts";
import { houseMeter } from "../lib/meter/simulator/house_meter.ts";
import "./support/libc_loaded.ts";
import { parseCsv } from "./support/csv.ts";
import { DigestHouse } from "./support/digest_house.ts";
import { eventually } from "./support/eventually.ts";
import { Service } from "./support/service.ts";
import { localHouseDay, ROME } from "./support/year_fixture.ts";

const DAYS = ["2024-11-20", "2024-11-21"];

Deno.test("a running service exports what is stored, what is pending, and each reading as soon as it is shown", async () => {
  await using house = new DigestHouse({ wall: new Date().toISOString() });
  const SERIAL_PORT = `${house.folders.root}/meter`;
  const meter = houseMeter({ link: SERIAL_PORT, fast: true });
  try {
    const days = DAYS.map((date, seed) => localHouseDay(date, ROME, seed));
    house.write(DAYS[0]!, days[0]!);
    await house.digest().run();
    house.write(DAYS[1]!, days[1]!);
    await using service = await Service.start({ ...house.env, SERIAL_PORT, SAMPLE_SECONDS: "1" });
    const rows = async (query: string) => {
      const answer = await fetch(new URL(`query/export?${query}`, service.url));
      equal(answer.status, 200);
      return parseCsv(await answer.text()).slice(1);
    };
    const row = (
      { at, watts }: { at: number; watts: number },
    ) => [isoWithOffset(at, ROME), String(watts)];
    deepEqual(await rows(`from=${DAYS[0]}&to=${DAYS[1]}`), days.flat().map(row));
    const now = () => service.get<{ at: number; watts: number }>("live/now");
    await eventually("a reading", async () => (await now()).at !== null);
    const shown = await now();
    deepEqual(await rows(`from=${shown.at}&to=${shown.at + 1}`), [row(shown)]);
    const last = (await rows("resolution=day&from=2024-11-22")).at(-1)!;
    ok(last[0] === isoWithOffset(shown.at, ROME).slice(0, 10), last.join());
  } finally {
    await meter.unplug();
  }
});
