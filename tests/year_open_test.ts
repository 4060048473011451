import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { parseTiers } from "../lib/alarm/tiers.ts";
import { identify, migrate } from "../lib/store/year_open.ts";
import { YearFile } from "../lib/store/year_file.ts";
import { YearFiles } from "../lib/store/year_files.ts";
import { SCHEMA } from "../lib/store/year_schema.ts";
import { localHouseDay, query, store } from "./support/year_fixture.ts";

const DATE = "2026-11-21";
const READINGS = localHouseDay(DATE).slice(0, 200);

async function inFolder(test: (folder: string) => void | Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** A schema that a later version may have. */
const LATER = [
  ...SCHEMA,
  "ALTER TABLE days ADD COLUMN tariff TEXT; UPDATE days SET tariff = 'F1'",
];

Deno.test("an older file takes the steps that it lacks and keeps what it has", () =>
  inFolder((folder) => {
    const path = `${folder}/mcce.2026`;
    {
      using file = YearFile.open(path);
      store(file, DATE, READINGS);
    }
    const before = query(path, "SELECT * FROM packs");
    const db = new DatabaseSync(path);
    migrate(db, LATER);
    migrate(db, LATER);
    db.close();
    assert.deepEqual(query(path, "PRAGMA user_version"), [{ user_version: LATER.length }]);
    assert.deepEqual(query(path, "SELECT date, tariff FROM days"), [{ date: DATE, tariff: "F1" }]);
    assert.deepEqual(query(path, "SELECT * FROM packs"), before);
  }));

Deno.test("a day of the first schema has no bands until it is stored again", () =>
  inFolder((folder) => {
    const path = `${folder}/mcce.2026`;
    const db = new DatabaseSync(path);
    identify(db, path, 1);
    migrate(db, SCHEMA.slice(0, 1));
    db.exec(`INSERT INTO days VALUES
      ('${DATE}', 'Europe/Rome', 1795215600000, 1795302000000, 2400, 100, 90, 110, 1795215600000,
      86400, 0, NULL, NULL, 95, 'measured')`);
    db.close();
    using file = YearFile.open(path);
    assert.equal(file.day(DATE)?.bandsWh, null);
    const { bandsWh, wh } = store(file, DATE, READINGS)!.day;
    assert.deepEqual(bandsWh, { f1: 0, f2: 0, f3: wh });
    assert.deepEqual(file.day(DATE)?.bandsWh, bandsWh);
  }));

Deno.test("a step that fails leaves the file at its version", () =>
  inFolder((folder) => {
    const path = `${folder}/mcce.2026`;
    YearFile.open(path).close();
    const before = Deno.readFileSync(path);
    const db = new DatabaseSync(path);
    assert.throws(() => migrate(db, [...LATER, "CREATE TABLE nonsense"]));
    db.close();
    assert.deepEqual(Deno.readFileSync(path), before);
  }));

Deno.test("a file whose making was cut short is made anew", () =>
  inFolder((folder) => {
    const path = `${folder}/mcce.2026`;
    const db = new DatabaseSync(path);
    identify(db, path, SCHEMA.length);
    assert.throws(() => migrate(db, [...SCHEMA, "CREATE TABLE nonsense"]));
    db.close();
    using file = YearFile.open(path);
    assert.equal(store(file, DATE, READINGS)?.added, 200);
  }));

Deno.test("the about table explains every table, and how to unpack", () =>
  inFolder((folder) => {
    const path = `${folder}/mcce.2026`;
    YearFile.open(path).close();
    const topics = query(path, "SELECT topic FROM about").map(({ topic }) => topic);
    assert.deepEqual(topics, [
      "cut_offs",
      "days",
      "episodes",
      "file",
      "history",
      "packs",
      "unpack",
      "views",
    ]);
  }));

Deno.test("the about table tells since when the zone and the limits hold", () =>
  inFolder((folder) => {
    using file = YearFile.open(`${folder}/mcce.2026`);
    const put = (date: string, limits: string) =>
      store(file, date, localHouseDay(date).slice(0, 10), {
        alarm: { limits: parseTiers(limits)!, before: () => [] },
      });
    put("2026-02-01", "3300:180m");
    put("2026-02-02", "3300:180m");
    put("2026-03-01", "4950:180m");
    // A day that comes late was not lived under today's limits.
    put("2026-02-10", "9999:1m");
    assert.deepEqual(
      query(file.path, "SELECT topic, since, text FROM about WHERE since <> ''"),
      [
        { topic: "limits", since: "2026-02-01", text: "3300:180m" },
        { topic: "limits", since: "2026-03-01", text: "4950:180m" },
        { topic: "zone", since: "2026-02-01", text: "Europe/Rome" },
      ],
    );
  }));

const python = await hasPython();

async function hasPython(): Promise<boolean> {
  try {
    return (await new Deno.Command("python3", { args: ["--version"] }).output()).success;
  } catch {
    return false;
  }
}

Deno.test({
  name: "the program in the about table unpacks the readings",
  ignore: !python, // It is written in Python.
  fn: () =>
    inFolder(async (folder) => {
      using file = YearFile.open(`${folder}/mcce.2026`);
      const readings = localHouseDay(DATE).filter((_, i) => i % 50 > 1 && (i < 9_000 || i > 9_999));
      store(file, DATE, readings);
      const script = `import json, sqlite3, sys
db = sqlite3.connect(sys.argv[1])
exec(db.execute("SELECT text FROM about WHERE topic = 'unpack'").fetchone()[0])
print(json.dumps(unpack(db.execute("SELECT readings FROM packs").fetchone()[0])))`;
      const command = new Deno.Command("python3", { args: ["-c", script, file.path] });
      const { stdout, stderr } = await command.output();
      assert.equal(new TextDecoder().decode(stderr), "");
      const unpacked = JSON.parse(new TextDecoder().decode(stdout));
      assert.deepEqual(unpacked, readings.map(({ at, watts }) => [at, watts]));
    }),
});

Deno.test("the years are those that have a file; a missing one is not made by asking", () =>
  inFolder((folder) => {
    using files = new YearFiles(`${folder}/years/mcce`);
    assert.deepEqual(files.years(), []);
    assert.equal(files.existing(2026), null);
    files.open(2026);
    files.open(2024);
    for (const name of ["mcce.2026-journal", "other.2025", "mcce.20255"]) {
      Deno.writeTextFileSync(`${folder}/years/${name}`, "");
    }
    assert.deepEqual(files.years(), [2024, 2026]);
    assert.equal(files.existing(2026), files.open(2026));
  }));

Deno.test("a file that was put there from a backup is the one that is read and written", () =>
  inFolder((folder) => {
    using files = new YearFiles(`${folder}/mcce`);
    store(files.open(2026), DATE, READINGS);
    Deno.copyFileSync(`${folder}/mcce.2026`, `${folder}/copy`);
    store(files.open(2026), "2026-11-22", localHouseDay("2026-11-22").slice(0, 9));
    Deno.renameSync(`${folder}/copy`, `${folder}/mcce.2026`);
    assert.deepEqual(files.open(2026).days("2026-01-01", "2026-12-31").map(({ date }) => date), [
      DATE,
    ]);
    Deno.removeSync(`${folder}/mcce.2026`);
    assert.equal(files.existing(2026), null);
  }));
