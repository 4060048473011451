import { deepEqual, equal, match, ok } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { addDays, dayBounds } from "../lib/calendar.ts";
import { checkYear } from "../lib/doctor/year_check.ts";
import { YearFile } from "../lib/store/year_file.ts";
import { APPLICATION_ID, SCHEMA } from "../lib/store/year_schema.ts";
import { evenDay } from "./support/digest_house.ts";
import { ROME } from "./support/year_fixture.ts";

const DAYS = 14;

/** A yearly file of a fortnight, in a folder of its own. */
class Fortnight implements Disposable {
  readonly folder = Deno.makeTempDirSync({ prefix: "mcce-years-" });
  readonly path = `${this.folder}/mcce.2026`;

  constructor() {
    using file = YearFile.open(this.path);
    file.storeDays(Array.from({ length: DAYS }, (_, i) => {
      const day = dayBounds(addDays("2026-03-01", i), ROME);
      const readings = evenDay(day.date, { everyS: 300 });
      const [source, holdMs, minTimeRes] = ["measured", 15_000, 15] as const;
      return { day, zone: ROME, source, readings, holdMs, carriedIn: null, minTimeRes };
    }));
  }

  /** Changes it as no program of ours does. */
  spoil(change: (db: DatabaseSync) => void): void {
    const db = new DatabaseSync(this.path);
    change(db);
    db.close();
  }

  [Symbol.dispose](): void {
    Deno.removeSync(this.folder, { recursive: true });
  }
}

Deno.test("a whole file is told with its days and a sample of their readings, and stays untouched", async () => {
  using year = new Fortnight();
  const { path } = year;
  const before = await Deno.readFile(path);
  await Deno.chmod(path, 0o444);
  deepEqual(await checkYear(path), {
    ...{ path, days: DAYS, unpacked: 7, problem: null, isBusy: false },
  });
  deepEqual(await Deno.readFile(path), before);
  deepEqual([...Deno.readDirSync(year.folder)].map(({ name }) => name), ["mcce.2026"]);
});

Deno.test("a page that a failing card has lost is found", async () => {
  using year = new Fortnight();
  const bytes = await Deno.readFile(year.path);
  // All but the first page, of which SQLite reads the most when it opens the file.
  bytes.fill(0, 4096 * 3, 4096 * 6);
  await Deno.writeFile(year.path, bytes);
  const { problem, isBusy, days } = await checkYear(year.path);
  match(
    problem!,
    /mcce\.2026: the file is damaged .*; move it away and put its copy from a backup/,
  );
  deepEqual([isBusy, days], [false, 0]);
});

Deno.test("a file that was cut off is found", async () => {
  using year = new Fortnight();
  await Deno.truncate(year.path, 40_960);
  match((await checkYear(year.path)).problem!, /the file is damaged/);
});

Deno.test("readings that do not come out of their pack are found in a file that SQLite takes for whole", async () => {
  using year = new Fortnight();
  year.spoil((db) =>
    db.exec("UPDATE packs SET readings = substr(readings, 1, 4) WHERE date = '2026-03-14'")
  );
  match((await checkYear(year.path)).problem!, /the file is damaged/);
  year.spoil((db) => db.exec("DELETE FROM packs"));
  match((await checkYear(year.path)).problem!, /the file is damaged/);
});

Deno.test("a file of another program is told from a damaged one, and text from both", async () => {
  using year = new Fortnight();
  year.spoil((db) => db.exec("PRAGMA application_id = 7"));
  match((await checkYear(year.path)).problem!, /is no yearly file of this program; /);
  await Deno.writeTextFile(year.path, "no database at all\n".repeat(100));
  match((await checkYear(year.path)).problem!, /the file is damaged/);
  match((await checkYear(`${year.folder}/mcce.1999`)).problem!, /mcce\.1999/);
});

Deno.test("a file of the first version is read as it is", async () => {
  using year = new Fortnight();
  await Deno.remove(year.path);
  year.spoil((db) => {
    db.exec(`${SCHEMA[0]}; PRAGMA application_id = ${APPLICATION_ID}; PRAGMA user_version = 1`);
  });
  deepEqual(await checkYear(year.path), {
    ...{ path: year.path, days: 0, unpacked: 0, problem: null, isBusy: false },
  });
});

Deno.test("a file that is being written is not waited for long, nor called damaged", async () => {
  using year = new Fortnight();
  const writer = new DatabaseSync(year.path);
  writer.exec("BEGIN EXCLUSIVE");
  const { isBusy, problem } = await checkYear(year.path);
  equal(isBusy, true);
  match(problem!, /locked/);
  writer.exec("ROLLBACK");
  writer.close();
  equal((await checkYear(year.path)).problem, null);
});

Deno.test("a file that a power cut left half-written is not called damaged, and left to the service", async () => {
  using year = new Fortnight();
  const db = new DatabaseSync(year.path);
  db.exec("PRAGMA cache_size = 2; BEGIN IMMEDIATE; UPDATE history SET mean_watts = mean_watts + 1");
  const cut = `${year.folder}/cut.2026`;
  await Deno.copyFile(year.path, cut);
  await Deno.copyFile(`${year.path}-journal`, `${cut}-journal`);
  db.exec("ROLLBACK");
  db.close();
  const { size } = await Deno.stat(`${cut}-journal`);
  ok(size > 0);
  equal((await checkYear(cut)).isBusy, true);
  equal((await Deno.stat(`${cut}-journal`)).size, size);
  // The service rolls back what it finds so.
  YearFile.open(cut).close();
  deepEqual((await checkYear(cut)).days, DAYS);
});
