import assert from "node:assert/strict";
import fc from "fast-check";
import { dayBounds } from "../lib/calendar.ts";
import { OriginError } from "../lib/import/origin_day.ts";
import { type OriginRow, parseOriginTable } from "../lib/import/origin_tables.ts";
import { houseDay } from "./support/house_day.ts";
import { adjusted, tableRows } from "./support/origin_installation.ts";

const DAY = dayBounds("2023-01-01", "Europe/Rome");
const values = adjusted(houseDay({ startMs: 0, jitterMs: 0 }).map(({ watts }) => watts));

Deno.test("a table of a day gives a reading a row, without the row of the next midnight", () => {
  for (const [minutes, count] of [[1, 1440], [15, 96], [60, 24], [1440, 1]] as const) {
    const rows = tableRows("2023-01-01", values, minutes);
    assert.equal(rows.length, count + 1);
    const { readings, holdMs, remarks } = parseOriginTable(rows, DAY);
    assert.equal(readings.length, count);
    assert.equal(holdMs, minutes * 60_000);
    assert.deepEqual(remarks, []);
    readings.forEach(({ at, watts }, i) => {
      assert.equal(at, DAY.startMs + i * holdMs);
      assert.ok(Math.abs(watts - rows[i]![1]) < 1);
    });
  }
});

Deno.test("rounding to whole watts keeps the day's energy to half a watt over a row", () => {
  const mean = fc.nat({ max: 500_000 }).map((cents) => cents / 100);
  fc.assert(fc.property(fc.array(mean, { minLength: 24, maxLength: 24 }), (means) => {
    const rows = means.map((watts, hour): OriginRow => [label(hour), watts]);
    const sum = parseOriginTable(rows, DAY).readings.reduce((all, { watts }) => all + watts, 0);
    assert.ok(Math.abs(sum - means.reduce((a, b) => a + b)) <= 0.5 + 1e-6);
  }));
});

Deno.test("rows may come in any order, in the ways that pandas and SQLAlchemy write a time", () => {
  const rows: OriginRow[] = [["2023-01-01T02:00:00", 3], ["2023-01-01 01:00:00.000000", 2]];
  rows.push([label(0), 1]);
  const { readings } = parseOriginTable(rows, DAY);
  assert.deepEqual(readings.map(({ watts }) => watts), [1, 2, 3]);
});

Deno.test("a row that is empty is a gap", () => {
  const { readings, remarks } = parseOriginTable(
    [[label(0), 1], [label(1), null], [label(2), 3]],
    DAY,
  );
  assert.deepEqual(readings.map(({ at }) => (at - DAY.startMs) / 3_600_000), [0, 2]);
  assert.deepEqual(remarks, []);
});

Deno.test("a broken row is left out and named", () => {
  const good: OriginRow[] = [[label(0), 1], [label(1), 2]];
  const broken: [...OriginRow, string][] = [
    [label(2), "much", '"2023-01-01 02:00:00" ("much")'],
    [label(2), -1, '"2023-01-01 02:00:00" ("-1")'],
    [label(2), 40_000, '"2023-01-01 02:00:00" ("40000")'],
    [label(1), 7, '"2023-01-01 01:00:00" ("7")'],
    ["2023-01-03 00:00:00", 7, '"2023-01-03 00:00:00" ("7")'],
    ["2022-12-31 23:00:00", 7, '"2022-12-31 23:00:00" ("7")'],
    [null, 7, '"null" ("7")'],
    ["2023-01-01 99:00:00", 7, '"2023-01-01 99:00:00" ("7")'],
  ];
  for (const [index, watts, named] of broken) {
    const { readings, remarks } = parseOriginTable([...good, [index, watts]], DAY);
    assert.equal(readings.length, 2);
    assert.deepEqual(remarks, [`1 broken row left out: ${named}`]);
  }
});

Deno.test("a table without rows, or whose resolution cannot be told, is refused", () => {
  const tables: OriginRow[][] = [
    [],
    [[label(3), 1]],
    [["x", 1]],
    [[label(0), null], [label(1), null]],
    [["2023-01-01 00:00:00", 1], ["2023-01-01 00:00:30", 1]],
  ];
  for (const rows of tables) assert.throws(() => parseOriginTable(rows, DAY), OriginError);
});

Deno.test("labels count as time elapsed since midnight, whatever the clocks do", () => {
  const spring = parseOriginTable(
    tableRows("2026-03-29", values, 60),
    dayBounds("2026-03-29", "Europe/Rome"),
  );
  assert.equal(spring.readings.length, 23);
  assert.deepEqual(spring.remarks, ["1 row past the day's end left out"]);
  const autumnDay = dayBounds("2026-10-25", "Europe/Rome");
  const autumn = parseOriginTable(tableRows("2026-10-25", values, 60), autumnDay);
  assert.equal(autumn.readings.length, 24);
  assert.equal(autumn.readings.at(-1)!.at, autumnDay.startMs + 23 * 3_600_000);
  assert.deepEqual(autumn.remarks, []);
});

function label(hour: number): string {
  return `2023-01-01 ${String(hour).padStart(2, "0")}:00:00`;
}
