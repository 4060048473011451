import assert from "node:assert/strict";
import { dayBounds } from "../lib/calendar.ts";
import { runImport } from "../lib/task/import.ts";
import { ImportFolder, originDays } from "./support/import_fixture.ts";
import {
  adjusted,
  originKWh,
  tableRows,
  writeOriginDays,
  writeOriginYears,
} from "./support/origin_installation.ts";
import { query } from "./support/year_fixture.ts";

const NEW_YEAR = originDays("2022-12-30", 4);

Deno.test("a days/ folder comes in reading by reading, each year in its file", async () => {
  using folder = new ImportFolder();
  writeOriginDays(`${folder.path}/origin/days`, NEW_YEAR);
  const report = await folder.import("days");
  assert.deepEqual(report.slice(0, 4), [
    "year  days  new  kWh before  kWh after",
    ...["2022", "2023"].map((year) => {
      const kWh = [...NEW_YEAR].filter(([date]) => date.startsWith(year))
        .reduce((sum, [, watts]) => sum + measuredKWh(watts), 0);
      return `${year}     2    2           -  ${kWh.toFixed(2).padStart(9)}`;
    }),
    report[3],
  ]);
  for (const [date, watts] of NEW_YEAR) {
    folder.inYear(date.slice(0, 4), (file) => {
      const { readings, holdMs } = file.readings(date, "origin")!;
      assert.deepEqual(readings.map(({ watts }) => watts), watts.slice(0, -1));
      assert.equal(readings[0]!.at, dayBounds(date, "Europe/Rome").startMs);
      assert.equal(holdMs, 15_000);
      const day = file.day(date)!;
      assert.deepEqual([day.source, day.readings], ["origin", 17_280]);
      assert.ok(Math.abs(day.wh / 1000 - measuredKWh(watts)) < 1e-9);
      assert.equal(file.readings(date, "measured"), null);
    });
  }
});

Deno.test("a yearly file keeps the resolution of its tables, hourly ones too, and pwrApp sees the same rows", async () => {
  for (const minutes of [5, 60]) {
    using folder = new ImportFolder();
    writeOriginYears(`${folder.path}/origin/mcce`, NEW_YEAR, minutes);
    const report = await folder.import("mcce.2022", "mcce.2023");
    assert.equal(report.length, 4);
    for (const [date, watts] of NEW_YEAR) {
      const rows = tableRows(date, watts, minutes).slice(0, -1);
      const view = query(folder.yearPath(date.slice(0, 4)), `SELECT * FROM "${date}"`);
      assert.deepEqual(view.map(({ index }) => index), rows.map(([index]) => index));
      view.forEach(({ Wh }, i) => assert.ok(Math.abs(Number(Wh) - rows[i]![1]) <= 1));
      const avg = query(folder.yearPath(date.slice(0, 4)), `SELECT * FROM avg`);
      const kWh = avg.find(({ index }) => index === date)!.kWh as number;
      assert.ok(Math.abs(kWh - originKWh(watts)) <= 0.011, `${kWh} ${originKWh(watts)}`);
    }
  }
});

Deno.test("the report sets the origin's own sums beside the new ones and names the days that differ", async () => {
  using folder = new ImportFolder();
  const days = new Map([["2026-03-28", adjusted(Array(17_280).fill(1_000))], [
    "2026-03-29",
    adjusted(Array(16_560).fill(1_000)),
  ]]);
  writeOriginDays(`${folder.path}/origin/days`, days);
  writeOriginYears(`${folder.path}/origin/mcce`, days, 15);
  assert.deepEqual(await folder.import("mcce.2026", "days"), [
    "year  days  new  kWh before  kWh after",
    "2026     2    2       48.00      47.00",
    "all      2    2       48.00      47.00",
    "",
    "Days whose energy differs by more than 0.01 kWh:",
    "  day         before  after  difference",
    "  2026-03-29   24.00  23.00       -1.00",
    "",
    "Worth knowing:",
    "  2026-03-28  the last 17281 lines (24 h 0 min) all say 1000 W: hardly measured",
    "  2026-03-29  the last 17281 lines (24 h 0 min) all say 1000 W: hardly measured",
    "  2026-03-29  721 lines past the day's end left out",
    "",
    "Left out:",
    "  mcce.2026 (2 days, 2026-03-28 to 2026-03-29): another file has the day, in more detail or first",
  ]);
});

Deno.test("progress is told on its own channel, to the last day", async () => {
  using folder = new ImportFolder();
  writeOriginDays(`${folder.path}/origin/days`, NEW_YEAR);
  const lines: string[] = [];
  const progress = (line: string) => void lines.push(line);
  await runImport([`${folder.path}/origin/days`], folder.config, { print() {}, progress });
  assert.equal(lines.at(-1), "4 of 4 days");
});

/** The energy of a day of 24 hours without the value of the next midnight. */
function measuredKWh(watts: readonly number[]): number {
  return watts.slice(0, 17_280).reduce((sum, value) => sum + value, 0) * 5 / 3.6e6;
}
