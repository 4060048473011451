import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { YearFileError, type YearFileProblem } from "../lib/store/year_error.ts";
import { YearFile } from "../lib/store/year_file.ts";
import { localHouseDay, query, ROME, store } from "./support/year_fixture.ts";

const DATE = "2026-11-21";
const READINGS = localHouseDay(DATE);
const OTHERS = localHouseDay("2026-11-20", ROME, 2);

/** Runs a test in a folder of its own. */
function inFolder(test: (folder: string) => void): void {
  const folder = Deno.makeTempDirSync();
  try {
    test(folder);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

/** A whole file with a day or two, closed. */
function wholeFile(folder: string, dates = [DATE]): string {
  using file = YearFile.open(`${folder}/mcce.2026`);
  for (const date of dates) store(file, date, date === DATE ? READINGS : OTHERS);
  return file.path;
}

/** The action must fail so, naming the file. */
function fails(problem: YearFileProblem, path: string, action: () => unknown): void {
  assert.throws(action, (error) => {
    assert.ok(error instanceof YearFileError, `${error}`);
    assert.equal(error.problem, problem, error.message);
    assert.ok(error.message.startsWith(`${path}: `) && !error.message.includes("\n"));
    return true;
  });
}

Deno.test("a copy that was cut anywhere is told as damaged and left as it is", () => {
  inFolder((folder) => {
    const whole = Deno.readFileSync(wholeFile(folder));
    const path = `${folder}/copy.2026`;
    const cuts = [
      1,
      15,
      16,
      99,
      100,
      4095,
      4096,
      4097,
      20_000,
      whole.length >> 1,
      whole.length - 1,
    ];
    for (const length of cuts) {
      Deno.writeFileSync(path, whole.subarray(0, length));
      fails("damaged", path, () => YearFile.open(path));
      assert.deepEqual(Deno.readFileSync(path), whole.slice(0, length), `${length} bytes`);
    }
  });
});

Deno.test("a copy with pages that never arrived is told as damaged and left as it is", () => {
  inFolder((folder) => {
    const whole = Deno.readFileSync(wholeFile(folder));
    const path = `${folder}/copy.2026`;
    for (const from of [4096, 8192, 5 * 4096, whole.length - 8192]) {
      const copy = whole.slice();
      copy.fill(0, from, from + 4096);
      Deno.writeFileSync(path, copy);
      assert.throws(() => {
        using file = YearFile.open(path);
        store(file, DATE, READINGS);
      }, (error) => error instanceof YearFileError && error.problem === "damaged");
      assert.deepEqual(Deno.readFileSync(path), copy, `page at ${from}`);
    }
  });
});

Deno.test("a flipped bit in a day's readings fails that day, gives no wrong reading and no other day", () => {
  inFolder((folder) => {
    const path = wholeFile(folder, ["2026-11-20", DATE]);
    const bytes = Deno.readFileSync(path);
    const packed = query(path, `SELECT readings FROM packs WHERE date = '${DATE}'`)[0]!
      .readings as Uint8Array;
    // Somewhere in the middle, where no page of the file ends.
    const needle = [9_000, 9_100].map((from) => packed.subarray(from, from + 50));
    const place = bytes.findIndex((_, i) =>
      needle.some((part) => part.every((byte, j) => bytes[i + j] === byte))
    );
    assert.ok(place > 0);
    bytes[place]! ^= 4;
    Deno.writeFileSync(path, bytes);
    using file = YearFile.open(path);
    fails("damaged", path, () => file.readings(DATE));
    fails("damaged", path, () => store(file, DATE, READINGS));
    assert.deepEqual(Deno.readFileSync(path), bytes);
    assert.equal(file.readings("2026-11-20")?.readings.length, OTHERS.length);
    assert.equal(file.day(DATE)?.readings, READINGS.length);
  });
});

Deno.test("a file of another program is left as it is", () => {
  inFolder((folder) => {
    const path = `${folder}/mcce.2026`;
    const origin = new DatabaseSync(path);
    origin.exec(
      'PRAGMA journal_mode = WAL; CREATE TABLE avg ("index" TEXT, kWh FLOAT); PRAGMA user_version = 1',
    );
    origin.close();
    const before = Deno.readFileSync(path);
    fails("foreign", path, () => YearFile.open(path));
    assert.deepEqual(Deno.readFileSync(path), before);
    Deno.writeTextFileSync(path, "2026-11-21,13.42\n".repeat(500));
    fails("damaged", path, () => YearFile.open(path));
  });
});

Deno.test("a file of a later version is left as it is", () => {
  inFolder((folder) => {
    const path = wholeFile(folder);
    const later = new DatabaseSync(path);
    later.exec("PRAGMA user_version = 99");
    later.close();
    fails("newer", path, () => YearFile.open(path));
  });
});

Deno.test("another program's lock is waited for, then told", () => {
  inFolder((folder) => {
    using file = YearFile.open(`${folder}/mcce.2026`);
    const other = new DatabaseSync(file.path);
    other.exec("BEGIN EXCLUSIVE");
    fails("busy", file.path, () => store(file, DATE, READINGS));
    other.exec("ROLLBACK");
    other.close();
    assert.equal(store(file, DATE, READINGS)?.added, READINGS.length);
  });
});

Deno.test("a process that dies within a transaction leaves the day before it", () => {
  inFolder((folder) => {
    const path = wholeFile(folder, ["2026-11-20"]);
    // What a power cut leaves: pages half written, and the rollback journal beside them.
    const dying = new DatabaseSync(path);
    dying.exec("PRAGMA cache_size = 1; PRAGMA cache_spill = 1; BEGIN IMMEDIATE");
    dying.exec(
      "UPDATE history SET mean_watts = 1; DELETE FROM packs; CREATE TABLE filler (bytes BLOB)",
    );
    dying.exec("INSERT INTO filler VALUES (zeroblob(1000000))");
    Deno.mkdirSync(`${folder}/after`);
    Deno.copyFileSync(path, `${folder}/after/mcce.2026`);
    Deno.copyFileSync(`${path}-journal`, `${folder}/after/mcce.2026-journal`);
    dying.exec("ROLLBACK");
    dying.close();
    using file = YearFile.open(`${folder}/after/mcce.2026`);
    assert.deepEqual(file.readings("2026-11-20")?.readings, OTHERS);
    assert.equal(store(file, DATE, READINGS)?.added, READINGS.length);
    assert.deepEqual(query(file.path, "PRAGMA integrity_check"), [{ integrity_check: "ok" }]);
  });
});
