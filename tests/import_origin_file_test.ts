import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { OriginError } from "../lib/import/origin_day.ts";
import { OriginFile } from "../lib/import/origin_file.ts";
import { YearFile } from "../lib/store/year_file.ts";
import { adjusted, originKWh, tableRows, writeOriginYears } from "./support/origin_installation.ts";

const flat = (watts: number) => adjusted(Array(17_279).fill(watts));
const DAYS = new Map([["2022-12-31", flat(400)], ["2023-01-01", flat(500)], [
  "2023-01-02",
  flat(610),
]]);

async function inFolder(test: (folder: string) => void): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("a yearly file of the origin tells its days, their rows and its own sums", () =>
  inFolder((folder) => {
    writeOriginYears(`${folder}/mcce`, DAYS, 15);
    using file = new OriginFile(`${folder}/mcce.2023`);
    assert.deepEqual(file.dates, ["2023-01-01", "2023-01-02"]);
    assert.deepEqual(file.rows("2023-01-02"), tableRows("2023-01-02", flat(610), 15));
    assert.deepEqual([...file.kWh], [
      ["2023-01-01", originKWh(flat(500))],
      ["2023-01-02", originKWh(flat(610))],
    ]);
  }));

Deno.test("a file without the table avg has no sums, and other tables are let be", () =>
  inFolder((folder) => {
    writeOriginYears(`${folder}/mcce`, DAYS, 60);
    const db = new DatabaseSync(`${folder}/mcce.2022`);
    db.exec(`DROP TABLE avg; CREATE TABLE notes (text); CREATE TABLE "2022-13-01" (a)`);
    db.close();
    using file = new OriginFile(`${folder}/mcce.2022`);
    assert.deepEqual(file.dates, ["2022-12-31"]);
    assert.equal(file.kWh.size, 0);
  }));

Deno.test("reading changes nothing and leaves nothing beside the file", () =>
  inFolder((folder) => {
    writeOriginYears(`${folder}/mcce`, DAYS, 15);
    const before = Deno.readFileSync(`${folder}/mcce.2023`);
    const file = new OriginFile(`${folder}/mcce.2023`);
    file.rows("2023-01-01");
    file[Symbol.dispose]();
    assert.deepEqual(Deno.readFileSync(`${folder}/mcce.2023`), before);
    assert.deepEqual([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [
      "mcce.2022",
      "mcce.2023",
    ]);
  }));

Deno.test("what is no whole yearly file of the origin is refused with the reason", () =>
  inFolder((folder) => {
    const path = `${folder}/mcce.2023`;
    const refused = (reason: RegExp) =>
      assert.throws(() => new OriginFile(path), (error) => {
        assert.ok(error instanceof OriginError);
        assert.match(error.message, reason);
        return true;
      });
    refused(/unable to open/);
    Deno.writeTextFileSync(path, "310\n311\n".repeat(500));
    refused(/file is not a database/);
    Deno.writeTextFileSync(path, "");
    refused(/no table that is named by a day/);
    Deno.removeSync(path);
    YearFile.open(path).close();
    refused(/a yearly file of this program already/);
  }));

Deno.test("a file that was cut short or written over is refused as a whole", () =>
  inFolder((folder) => {
    writeOriginYears(`${folder}/mcce`, DAYS, 15);
    const path = `${folder}/mcce.2023`;
    const whole = Deno.readFileSync(path);
    Deno.writeFileSync(path, whole.subarray(0, whole.length - 9_000));
    assert.throws(() => new OriginFile(path), OriginError);
    Deno.writeFileSync(path, whole.map((byte, i) => i > 5_000 && i < 12_000 ? 0x55 : byte));
    assert.throws(() => new OriginFile(path), OriginError);
  }));

Deno.test("a table without the origin's columns is refused when it is read", () =>
  inFolder((folder) => {
    const db = new DatabaseSync(`${folder}/mcce.2023`);
    db.exec(`CREATE TABLE "2023-01-01" (time, watts); INSERT INTO "2023-01-01" VALUES (1, 2)`);
    db.close();
    using file = new OriginFile(`${folder}/mcce.2023`);
    assert.throws(() => file.rows("2023-01-01"), OriginError);
  }));
