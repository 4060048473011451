import { deepEqual, equal, notEqual, throws } from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { YearFileError } from "../lib/store/year_error.ts";
import { YearFile } from "../lib/store/year_file.ts";
import { YearFiles } from "../lib/store/year_files.ts";
import { evenDay } from "./support/digest_house.ts";
import { QueryHouse } from "./support/query_house.ts";
import { localHouseDay, store } from "./support/year_fixture.ts";

const DATE = "2026-11-19";
const READER = { isOnlyRead: true, mostOpen: 2 };

async function inFolder(test: (folder: string) => void | Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Keeps a yearly file locked, as a commit of another process does. */
function locked(path: string): Disposable {
  const db = new DatabaseSync(path);
  db.exec("BEGIN EXCLUSIVE");
  return { [Symbol.dispose]: () => db.close() };
}

function isBusy(error: unknown): boolean {
  return error instanceof YearFileError && error.problem === "busy";
}

Deno.test("a reader keeps as many files open as it may, and each is the one that lies there", () =>
  inFolder((folder) => {
    using writer = new YearFiles(`${folder}/mcce`);
    for (const year of [2024, 2025, 2026]) {
      store(writer.open(year), `${year}-05-05`, evenDay(`${year}-05-05`));
    }
    using reader = new YearFiles(`${folder}/mcce`, READER);
    const first = reader.existing(2024);
    equal(reader.existing(2024), first);
    for (const year of [2025, 2026, 2024]) {
      deepEqual(reader.existing(year)?.day(`${year}-05-05`)?.date, `${year}-05-05`);
    }
    notEqual(reader.existing(2024), first);
    throws(() => first?.day("2024-05-05"));
    equal(reader.existing(2023), null);
  }));

Deno.test("a reader finds a locked file busy at once, and others wait for it", () =>
  inFolder((folder) => {
    const path = `${folder}/mcce.2026`;
    {
      using file = YearFile.open(path);
      store(file, DATE, evenDay(DATE));
    }
    using reader = YearFile.open(path, { isOnlyRead: true });
    {
      using _lock = locked(path);
      throws(() => reader.day(DATE), isBusy);
      throws(() => YearFile.open(path, { isOnlyRead: true }), isBusy);
    }
    equal(reader.day(DATE)?.wh, 24_000);
  }));

Deno.test("a reader looks at no more of a file than it is asked for, and takes none that was cut", () =>
  inFolder((folder) => {
    const path = `${folder}/mcce.2026`;
    {
      using file = YearFile.open(path);
      store(file, DATE, localHouseDay(DATE));
    }
    const bytes = Deno.readFileSync(path);
    // The last page of the day's pack.
    bytes.fill(0, bytes.length - 4096);
    Deno.writeFileSync(path, bytes);
    using reader = YearFile.open(path, { isOnlyRead: true });
    equal(reader.day(DATE)?.date, DATE);
    throws(() => reader.readings(DATE), YearFileError);
    Deno.writeFileSync(path, bytes.subarray(0, 9_000));
    throws(() => YearFile.open(path, { isOnlyRead: true }), YearFileError);
  }));

Deno.test("a file has another version after each change, whoever made it, and none before it is made", () =>
  inFolder((folder) => {
    using one = new YearFiles(`${folder}/mcce`);
    using other = new YearFiles(`${folder}/mcce`);
    const versions: (string | null)[] = [one.version(2026)];
    const note = () => versions.push(one.version(2026));
    equal(versions[0], null);
    store(one.open(2026), DATE, evenDay(DATE).slice(0, 10));
    note();
    store(other.open(2026), DATE, evenDay(DATE).slice(0, 20));
    note();
    store(one.open(2026), "2026-11-18", evenDay("2026-11-18").slice(0, 10));
    note();
    Deno.copyFileSync(`${folder}/mcce.2026`, `${folder}/copy`);
    Deno.renameSync(`${folder}/copy`, `${folder}/mcce.2026`);
    note();
    equal(new Set(versions).size, versions.length);
    one.existing(2026)?.days("2026-01-01", "2026-12-31");
    equal(one.version(2026), versions.at(-1), "reading changes nothing");
  }));

Deno.test("a question waits for a commit of another process, and nothing waits for the question", async () => {
  await using house = new QueryHouse({ wall: "2026-11-21T13:30:00Z" });
  house.store(DATE, evenDay(DATE));
  const lock = locked(house.house.yearPath(2026));
  let isAnswered = false;
  const answer = house.days(DATE).finally(() => isAnswered = true);
  // A question that held the loop up would find the file locked to the end of its patience.
  for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setTimeout(resolve, 5));
  equal(isAnswered, false);
  lock[Symbol.dispose]();
  equal((await answer)[0]?.kWh, 24);
});
