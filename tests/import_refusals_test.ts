import assert from "node:assert/strict";
import { ConfigError } from "../lib/config.ts";
import { runImport } from "../lib/task/import.ts";
import { UserError } from "../lib/user_error.ts";
import { ImportFolder, originDays } from "./support/import_fixture.ts";
import { writeOriginDays, writeOriginYears } from "./support/origin_installation.ts";

const NEW_YEAR = originDays("2022-12-30", 4);

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
