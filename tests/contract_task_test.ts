import assert from "node:assert/strict";
import { addDays } from "../lib/calendar.ts";
import type { Reading } from "../lib/reading.ts";
import { DigestHouse, evenDay } from "./support/digest_house.ts";
import { startProgram } from "./support/service.ts";
import { store } from "./support/year_fixture.ts";

/** Runs `contract` to its end. */
async function contract(house: DigestHouse, ...words: string[]) {
  const { process, lines, printed, drained } = startProgram("contract", house.env, ...words);
  const { code } = await process.status;
  await drained;
  assert.ok(![...lines, ...printed].some((line) => /^ {4}at |file:\/\//.test(line)));
  return { code, printed, lines };
}

function house(): DigestHouse {
  return new DigestHouse({ wall: "2027-06-01T12:00:00Z" });
}

/** A day at 500 W with 4,500 W for so many minutes from its tenth hour on. */
function cookingDay(date: string, minutes: number): Reading[] {
  return evenDay(date, { watts: 500 })
    .map((one, i) => i >= 3600 && i < 3600 + 6 * minutes ? { ...one, watts: 4500 } : one);
}

/** The cells of a line of the table. */
function row(printed: readonly string[], name: string): string[] {
  return printed.find((line) => line.startsWith(`${name} `))?.split(/ {2,}/).slice(1) ?? [];
}

Deno.test("contract tells how often each contract would have cut off, over all years, and leaves the origin's days out", async () => {
  await using one = house();
  const dates = Array.from({ length: 4 }, (_, i) => addDays("2026-12-30", i));
  for (const [i, date] of dates.entries()) {
    store(one.years.open(Number(date.slice(0, 4))), date, cookingDay(date, i));
  }
  store(one.years.open(2026), "2026-06-01", cookingDay("2026-06-01", 60), { source: "origin" });
  const { code, printed, lines } = await contract(one);
  assert.deepEqual([code, lines], [0, []]);
  assert.equal(printed[0], "4 days with readings, 2026-12-30 to 2027-01-02:");
  const names = printed.flatMap((line) => /^(\d(?:\.5)? kW|LIMITS now) /.exec(line)?.[1] ?? []);
  assert.deepEqual(names, [
    ...["2 kW", "2.5 kW", "3 kW", "3.5 kW", "4 kW", "4.5 kW", "5 kW", "5.5 kW", "6 kW"],
    "LIMITS now",
  ]);
  assert.deepEqual(row(printed, "3 kW"), [
    ...["3300:180m,3990:2m", "2", "2", "1 min 0 s left", "5 min 0 s"],
  ]);
  assert.deepEqual(row(printed, "4 kW"), [
    ...["4400:180m,5320:2m", "0", "0", "2 h 57 min left", "6 min 0 s"],
  ]);
  assert.deepEqual(row(printed, "6 kW"), ["6600:180m,7980:2m", "0", "0", "-", "-"]);
  assert.deepEqual(row(printed, "LIMITS now")[0], "3300:180m,4200:2m");
  assert.match(printed.join("\n"), /An estimate/);
  assert.equal(
    printed.at(-1),
    "1 day of the origin left out: the times of their values are not exact.",
  );
});

Deno.test("contract says so when there is nothing to replay", async () => {
  await using one = house();
  assert.deepEqual(await contract(one), {
    code: 0,
    printed: ["There is no digested day to replay yet."],
    lines: [],
  });
});

Deno.test("contract replays what it can read, names what it cannot, and ends with 1", async () => {
  await using one = house();
  store(one.years.open(2026), "2026-12-31", cookingDay("2026-12-31", 1));
  Deno.writeTextFileSync(one.yearPath(2025), "no yearly file, but long enough to look like one");
  const { code, printed, lines } = await contract(one);
  assert.equal(code, 1);
  assert.equal(printed[0], "1 day with readings, 2026-12-31 to 2026-12-31:");
  assert.match(lines[0]!, /mcce\.2025/);
  assert.equal(lines[1], "The table lacks what lies there.");
});

Deno.test("contract takes no words", async () => {
  await using one = house();
  assert.deepEqual(await contract(one, "4.5"), {
    code: 2,
    printed: [],
    lines: ["4.5 is not understood: contract takes no words."],
  });
});
