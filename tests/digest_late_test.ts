import assert from "node:assert/strict";
import { addDays } from "../lib/calendar.ts";
import type { Reading } from "../lib/reading.ts";
import { parseConfig } from "../lib/config.ts";
import { DigestHouse, evenDay } from "./support/digest_house.ts";
import { contents, localHouseDay, ROME, store } from "./support/year_fixture.ts";

/** The yearly files after all days were there at once. */
async function atOnce(days: readonly (readonly [string, readonly Reading[]])[]) {
  await using house = new DigestHouse({ wall: "2027-01-03T12:00:00Z" });
  for (const [date, readings] of days) house.write(date, readings);
  await house.digest().run();
  return house.years.years().map((year) => contents(house.yearPath(year)));
}

for (const first of ["2026-11-20", "2026-12-31", "2026-10-25"]) {
  Deno.test(`a journal that comes late joins its day, and the day after ${first} has its carried-in seconds`, async () => {
    const days = [0, 1, 2].map((i) => {
      const date = addDays(first, i);
      return [date, localHouseDay(date, ROME, i)] as const;
    });
    await using house = new DigestHouse({ wall: "2027-01-03T12:00:00Z" });
    const digest = house.digest();
    const [late, ...others] = days;
    for (const [date, readings] of others) house.write(date, readings);
    house.write(late![0], late![1].filter((_, i) => i % 3 === 0 && i < 9_000));
    await digest.run();
    house.write(late![0], late![1].filter((_, i) => i % 3 !== 0 || i >= 9_000).toReversed());
    await digest.run();
    assert.equal(house.digested.at(-1)!.added + 3_000, late![1].length);
    const found = house.years.years().map((year) => contents(house.yearPath(year)));
    assert.deepEqual(found, await atOnce(days));
  });
}

Deno.test("a process that died between a late day and the next is made up for", async () => {
  const days = [0, 1].map((i) => {
    const date = addDays("2026-11-20", i);
    return [date, localHouseDay(date)] as const;
  });
  const [[date, readings]] = days as [(typeof days)[0]];
  await using house = new DigestHouse({ wall: "2026-11-21T23:00:01Z" });
  for (const day of days) house.write(...day);
  house.write(date, readings.slice(0, -9));
  await house.digest().run();
  house.write(date, readings.slice(-9));
  // It came as far as this: nothing in the journal is new any more, and the next day does not know yet.
  store(house.years.open(2026), date, readings);
  await house.digest().run();
  assert.deepEqual([contents(house.yearPath(2026))], await atOnce(days));
});

Deno.test("a late reading of a time that another zone's day has taken is kept, and holds up no day", async () => {
  await using house = new DigestHouse({ wall: "2026-12-01T12:00:00Z", zone: "UTC" });
  const all = evenDay("2026-11-20", { zone: "UTC" });
  house.write("2026-11-20", all.slice(0, -100));
  await house.digest().run();
  const before = house.years.open(2026).day("2026-11-20");
  const rome = parseConfig({ ...house.env, TIME_ZONE: ROME });
  const own = evenDay("2026-11-21", { zone: "UTC" }).slice(0, 1_000);
  // By Rome's clock it is past midnight already.
  house.write("2026-11-21", [...all.slice(-100), ...own]);
  const { failed, pending } = await house.digest({}, rome).run();
  assert.deepEqual([failed, pending], [[], []]);
  assert.deepEqual(house.stored("2026-11-21"), [...all.slice(-100), ...own]);
  const file = house.years.open(2026);
  const day = file.day("2026-11-21")!;
  assert.equal(day.startMs, own[0]!.at);
  assert.ok(Math.abs(day.wh - 1000 * 10_005 / 3600) < 1e-6);
  assert.deepEqual(file.day("2026-11-20"), before);
});
