import assert from "node:assert/strict";
import { dayBounds } from "../lib/calendar.ts";
import { ConfigError } from "../lib/config.ts";
import { runImport } from "../lib/task/import.ts";
import { UserError } from "../lib/user_error.ts";
import { ImportFolder, originDays } from "./support/import_fixture.ts";
import {
  adjusted,
  originKWh,
  tableRows,
  writeOriginDays,
  writeOriginYears,
} from "./support/origin_installation.ts";
import { contents, query, store } from "./support/year_fixture.ts";

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

Deno.test("days/ beats the yearly table of the same day, whichever is imported first", async () => {
  const [date, watts] = [...NEW_YEAR][2]!;
  const orders = [["days mcce.2023"], ["mcce.2023 days"], ["days", "mcce.2023"], [
    "mcce.2023",
    "days",
  ]];
  for (const order of orders) {
    using folder = new ImportFolder();
    writeOriginDays(`${folder.path}/origin/days`, new Map([[date, watts]]));
    writeOriginYears(`${folder.path}/origin/mcce`, NEW_YEAR, 15);
    for (const paths of order) await folder.import(...paths.split(" "));
    folder.inYear(2023, (file) => {
      assert.equal(file.readings(date, "origin")!.readings.length, 17_280);
      assert.equal(file.readings("2023-01-02", "origin")!.readings.length, 96);
    });
  }
});

Deno.test("importing the same again changes nothing and says so", async () => {
  using folder = new ImportFolder();
  writeOriginDays(`${folder.path}/origin/days`, NEW_YEAR);
  writeOriginYears(`${folder.path}/origin/old`, originDays("2022-12-01", 5), 60);
  await folder.import("days", "old.2022");
  const before = [2022, 2023].map((year) => contents(folder.yearPath(year)));
  const bytes = Deno.readFileSync(folder.yearPath(2022));
  const report = await folder.import("days", "old.2022");
  assert.match(report[1]!, /^2022 +7 +0 /);
  assert.match(report[2]!, /^2023 +2 +0 /);
  assert.deepEqual([2022, 2023].map((year) => contents(folder.yearPath(year))), before);
  assert.deepEqual(Deno.readFileSync(folder.yearPath(2022)), bytes);
});

Deno.test("a file that has grown since the last import brings what is new; what came first stays", async () => {
  using folder = new ImportFolder();
  const [date, watts] = [...NEW_YEAR][0]!;
  const path = `${folder.path}/origin/${date}`;
  Deno.writeTextFileSync(path, "100\n200\n");
  await folder.import(date);
  Deno.writeTextFileSync(path, `100\n999\n${watts.slice(2).join("\n")}\n`);
  const report = await folder.import(date);
  assert.match(report.join("\n"), /2022-12-30 {2}1 value of an earlier import stay/);
  folder.inYear(2022, (file) => {
    const { readings } = file.readings(date, "origin")!;
    assert.deepEqual(readings.slice(0, 3).map(({ watts }) => watts), [100, 200, watts[2]]);
    assert.equal(readings.length, 17_280);
  });
});

Deno.test("the day of the change-over joins the old file with what was measured, nothing twice", async () => {
  const date = "2022-12-31";
  const { startMs } = dayBounds(date, "Europe/Rome");
  const at = (hour: number) => startMs + hour * 3_600_000;
  const own = (fromHour: number, toHour: number) =>
    Array.from({ length: (toHour - fromHour) * 720 }, (_, i) => ({
      at: at(fromHour) + i * 5_000 + 300,
      watts: 2_000,
    }));
  // The origin stopped at 14:00, this program runs from 15:00 on, but for an hour in the evening.
  const measured = [...own(15, 20), ...own(21, 24)];
  const days = new Map([[date, Array(14 * 720).fill(500)]]);
  for (const kind of ["days", "table"] as const) {
    using folder = new ImportFolder();
    if (kind === "days") writeOriginDays(`${folder.path}/origin/days`, days);
    else {writeOriginYears(
        `${folder.path}/origin/days`,
        new Map([[date, adjusted(days.get(date)!)]]),
        60,
      );}
    const path = kind === "days" ? "days" : "days.2022";
    folder.inYear(2022, (file) => store(file, date, measured));
    const report = await folder.import(path);
    assert.match(report.join("\n"), /fills what 5760 readings of our own leave open/);
    const wh = folder.inYear(2022, (file) => {
      assert.deepEqual(file.readings(date, "measured")!.readings, measured);
      assert.equal(file.day(date)!.source, "origin");
      assert.equal(
        [...file.rows("history", at(0), at(24))].length,
        kind === "days" ? 24 * 4 - 8 + 2 : 96,
      );
      return file.day(date)!.wh;
    });
    // days/: nothing is known from 14:00 to 15:00 and from 20:00 to 21:00, but for the seconds that a reading holds.
    const expected = kind === "days"
      ? 14 * 500 + 8 * 2_000 + (15 * 500 + 15 * 2_000) / 3_600
      : 16 * 500 + 8 * 2_000;
    assert.ok(Math.abs(wh - expected) < 10, `${kind}: ${wh} is not ${expected}`);
    const before = contents(folder.yearPath(2022));
    await folder.import(path);
    assert.deepEqual(contents(folder.yearPath(2022)), before);
  }
});

Deno.test("a day that is not over is left for later", async () => {
  using folder = new ImportFolder();
  const today = Temporal.Now.plainDateISO("Europe/Rome").toString();
  writeOriginDays(`${folder.path}/origin/days`, new Map([[today, [1, 2]], ["2999-01-01", [1, 2]]]));
  assert.deepEqual((await folder.import("days")).slice(-3), [
    "Left out:",
    `  days/${today}: not over yet; import it again when it is`,
    "  days/2999-01-01: not over yet; import it again when it is",
  ]);
  assert.throws(() => Deno.statSync(folder.yearPath(today.slice(0, 4))), Deno.errors.NotFound);
});

Deno.test("broken files are named and left alone, the rest is taken, and the exit is that of a failure", async () => {
  using folder = new ImportFolder();
  const origin = `${folder.path}/origin`;
  writeOriginDays(`${origin}/days`, NEW_YEAR);
  Deno.writeTextFileSync(`${origin}/days/2022-12-30`, "no\nwatts\n");
  Deno.writeTextFileSync(`${origin}/days/2022-12-31`, "1\n".repeat(600_000));
  Deno.writeTextFileSync(`${origin}/days/notes.txt`, "hello");
  Deno.writeTextFileSync(`${origin}/mcce.2021`, "hello");
  const report: string[] = [];
  const print = (line: string) => void report.push(line.replaceAll(`${origin}/`, ""));
  const paths = [`${origin}/days`, `${origin}/mcce.2021`];
  await assert.rejects(runImport(paths, folder.config, { print, progress() {} }), UserError);
  assert.match(report.join("\n"), /^2023 +2 +2 /m);
  assert.deepEqual(report.slice(report.indexOf("Left out:")), [
    "Left out:",
    "  days/notes.txt: its name is no day",
    "",
    "Broken, left as it is:",
    "  days/2022-12-30: it is no list of watts",
    "  days/2022-12-31: it is too long for a day",
    "  mcce.2021: SQLite cannot read it (file is not a database)",
  ]);
  assert.equal(Deno.readTextFileSync(`${origin}/mcce.2021`), "hello");
});

Deno.test("where a file in days/ is broken, the table of its day is taken", async () => {
  using folder = new ImportFolder();
  const [date] = [...NEW_YEAR][2]!;
  writeOriginYears(`${folder.path}/origin/mcce`, NEW_YEAR, 15);
  Deno.writeTextFileSync(`${folder.path}/origin/${date}`, "\0\0\0");
  await assert.rejects(folder.import(date, "mcce.2023"), UserError);
  folder.inYear(2023, (file) => {
    assert.equal(file.readings(date, "origin")!.readings.length, 96);
  });
});

Deno.test("a day that was imported under another TIME_ZONE is not mixed with itself", async () => {
  using folder = new ImportFolder({ TIME_ZONE: "Europe/London" });
  writeOriginDays(`${folder.path}/origin/days`, NEW_YEAR);
  await folder.import("days");
  const before = contents(folder.yearPath(2023));
  using rome = new ImportFolder({ DATABASE_URL: folder.config.databasePath });
  writeOriginDays(`${rome.path}/origin/days`, NEW_YEAR);
  const report = await rome.import("days");
  assert.match(
    report.join("\n"),
    /days\/2023-01-01: taken over before as a day of Europe\/London, not of Europe\/Rome/,
  );
  assert.deepEqual(contents(folder.yearPath(2023)), before);
});

Deno.test("bad use is told in a line each, before anything is done", async () => {
  using folder = new ImportFolder();
  const refused = (paths: string[], reason: RegExp) =>
    assert.rejects(folder.import(...paths), (error) => {
      assert.ok(error instanceof ConfigError);
      assert.match(error.message, reason);
      return true;
    });
  writeOriginDays(`${folder.path}/origin/days`, NEW_YEAR);
  await refused([], /^import takes the paths/);
  await refused(
    ["days", "nowhere", "mcce.2022"],
    /nowhere cannot be read: .*\n.*mcce\.2022 cannot/,
  );
  await assert.rejects(
    runImport(["--help"], folder.config, { print() {}, progress() {} }),
    /^ConfigError: import takes/,
  );
  Deno.mkdirSync(`${folder.path}/years`);
  writeOriginYears(folder.config.databasePath, NEW_YEAR, 60);
  await refused(["../years/mcce.2022"], /lies where this program's own file of 2022 goes: move it/);
  assert.equal([...Deno.readDirSync(`${folder.path}/years`)].length, 2);
});

Deno.test("a yearly file that the origin left in the place of ours stops its days only", async () => {
  using folder = new ImportFolder();
  writeOriginDays(`${folder.path}/origin/days`, NEW_YEAR);
  Deno.mkdirSync(`${folder.path}/years`);
  writeOriginYears(folder.config.databasePath, originDays("2022-05-01", 1), 60);
  const before = Deno.readFileSync(folder.yearPath(2022));
  await assert.rejects(folder.import("days"), UserError);
  assert.deepEqual(Deno.readFileSync(folder.yearPath(2022)), before);
  folder.inYear(2023, (file) => assert.equal(file.days("2023-01-01", "2023-12-31").length, 2));
});

Deno.test("a folder without days is named, with what to give instead", async () => {
  using folder = new ImportFolder();
  Deno.mkdirSync(`${folder.path}/origin/other`);
  Deno.writeTextFileSync(`${folder.path}/origin/other/day_loop.py`, "");
  const report = await folder.import("other");
  assert.match(report.join("\n"), /other: no file in it is named by a day; name the days\/ folder/);
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
