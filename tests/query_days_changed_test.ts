import { deepEqual, equal, ok } from "node:assert/strict";
import { evenDay } from "./support/digest_house.ts";
import { house, TODAY } from "./support/query_house.ts";

const dates = (days: readonly { readonly date: string }[]) => days.map(({ date }) => date);

Deno.test("what another process changes is seen by the next question", async () => {
  await using one = house();
  const date = "2026-11-18";
  one.store(date, evenDay(date, { watts: 100 }).slice(0, 4_000));
  const kWh = async () => (await one.days(date))[0]?.kWh;
  const before = await kWh();
  one.store(date, evenDay(date, { watts: 100 }).slice(4_000));
  equal(await kWh(), 2.4);
  ok(before! < 2.4);
  one.store("2026-11-19", evenDay("2026-11-19"));
  deepEqual(dates(await one.days(date, TODAY)), [date, "2026-11-19"]);
  // A year that there was none of.
  one.store("2019-05-05", evenDay("2019-05-05"));
  deepEqual(dates(await one.days("2015-01-01", "2020-01-01")), ["2019-05-05"]);
});

Deno.test("a file that is put in another's place, or taken away, is noticed", async () => {
  await using one = house();
  const path = one.house.yearPath(2026);
  one.store("2026-11-18", evenDay("2026-11-18"));
  Deno.copyFileSync(path, `${one.house.folders.root}/copy`);
  one.store("2026-11-19", evenDay("2026-11-19"));
  equal((await one.days("2026-11-01", TODAY)).length, 2);
  Deno.renameSync(`${one.house.folders.root}/copy`, path);
  deepEqual(dates(await one.days("2026-11-01", TODAY)), ["2026-11-18"]);
  Deno.removeSync(path);
  deepEqual(await one.days("2026-11-01", TODAY), []);
});

Deno.test("lines that come late for a stored day join it before they are digested", async () => {
  await using one = house();
  const date = "2026-11-19";
  const all = evenDay(date, { watts: 2000 });
  one.store(date, all.filter((_, i) => i % 2 === 0 || i < 5_000));
  one.house.write(date, all.filter((_, i) => i % 2 === 1));
  const pending = await one.days(date);
  equal(pending[0]!.kWh, 48);
  await one.house.digest().run();
  deepEqual(await one.days(date), pending);
});
