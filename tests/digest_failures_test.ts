import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { createLog } from "../lib/log.ts";
import { tellDigest } from "../lib/task/digest_parts.ts";
import { DigestHouse, evenDay } from "./support/digest_house.ts";
import { diskTest, SmallDisk } from "./support/small_disk.ts";
import { localHouseDay, ROME, store } from "./support/year_fixture.ts";

const WALL = "2026-01-02T23:00:01Z";
const [LAST, FIRST, SECOND] = ["2025-12-31", "2026-01-01", "2026-01-02"] as const;

/** A house in which the digest of 2025-12-31 fails for the state of its yearly file. */
async function withDamage(
  damage: (whole: Uint8Array, path: string) => void,
  test: (house: DigestHouse, path: string, restore: () => void) => Promise<void>,
): Promise<void> {
  await using house = new DigestHouse({ wall: WALL });
  const path = house.yearPath(2025);
  house.write("2025-12-30", localHouseDay("2025-12-30"));
  await house.digest().run();
  house.years[Symbol.dispose]();
  const whole = Deno.readFileSync(path);
  damage(whole, path);
  for (const date of [LAST, FIRST]) house.write(date, localHouseDay(date));
  await test(house, path, () => {
    Deno.removeSync(path);
    Deno.writeFileSync(path, whole);
  });
}

/** Fails now, and is made up for when the file is whole again; the day after has its carried-in seconds all the time. */
async function failsUntilRestored(house: DigestHouse, restore: () => void, reason: RegExp) {
  const digest = house.digest();
  for (let minutes = 0; minutes < 2; minutes++) {
    const { pending, failed } = await digest.run();
    assert.deepEqual(pending, [LAST]);
    assert.deepEqual(failed.map(({ date }) => date), [LAST]);
    assert.match(failed[0]!.reason, reason);
    assert.deepEqual(house.stored(FIRST), localHouseDay(FIRST));
    assert.deepEqual(house.folders.names(), [`${LAST}.csv`]);
  }
  const afterFailure = house.years.existing(2026)!.day(FIRST);
  restore();
  assert.deepEqual(await digest.run(), {
    last: { date: FIRST, at: house.folders.clock.wallMs, kWh: afterFailure!.wh / 1000 },
    pending: [],
    failed: [],
  });
  assert.deepEqual(house.stored(LAST), localHouseDay(LAST));
  assert.deepEqual(house.stored("2025-12-30"), localHouseDay("2025-12-30"));
  assert.deepEqual(house.years.existing(2026)!.day(FIRST), afterFailure);
  assert.deepEqual(house.folders.names(), []);
}

Deno.test("a yearly file from a half-written copy fails its days alone, is left as it is, and its copy from a backup takes them", async () => {
  const cut = (whole: Uint8Array, path: string) =>
    Deno.writeFileSync(path, whole.subarray(0, whole.length / 2));
  await withDamage(cut, async (house, path, restore) => {
    const before = Deno.readFileSync(path);
    await failsUntilRestored(house, restore, /mcce\.2025: the file is damaged .* backup/);
    assert.ok(Deno.readFileSync(path).length > before.length);
  });
});

Deno.test("a foreign file in a year's place fails its days alone, and nothing is written to it", async () => {
  const replace = (_: Uint8Array, path: string) => {
    Deno.removeSync(path);
    const db = new DatabaseSync(path);
    db.exec("CREATE TABLE avg (day TEXT, kWh REAL)");
    db.close();
  };
  await withDamage(replace, async (house, path, restore) => {
    const before = Deno.readFileSync(path);
    await failsUntilRestored(house, () => {
      assert.deepEqual(Deno.readFileSync(path), before);
      restore();
    }, /mcce\.2025: the file is no yearly file of this program; move it away/);
  });
});

Deno.test("a day whose stored readings are damaged fails alone: those beside it are stored", async () => {
  await using house = new DigestHouse({ wall: WALL });
  for (const date of [FIRST, SECOND]) {
    store(house.years.open(2026), date, localHouseDay(date).slice(0, 99));
  }
  house.years[Symbol.dispose]();
  const db = new DatabaseSync(house.yearPath(2026));
  db.exec(`UPDATE packs SET readings = zeroblob(200) WHERE date = '${FIRST}'`);
  db.close();
  for (const date of [LAST, FIRST, SECOND]) house.write(date, localHouseDay(date));
  const { pending, failed } = await house.digest().run();
  // The day before has its row and pack; its journal stays until the damaged day has its carried-in seconds.
  assert.deepEqual([pending, failed.map(({ date }) => date)], [[LAST, FIRST], [LAST, FIRST]]);
  for (const date of [LAST, SECOND]) assert.deepEqual(house.stored(date), localHouseDay(date));
  const { at } = localHouseDay(FIRST).at(-1)!;
  const { coveredS, startMs } = house.years.existing(2026)!.day(SECOND)!;
  assert.equal(coveredS, 86_400 - Math.max(0, localHouseDay(SECOND)[0]!.at - at - 15_000) / 1000);
  assert.ok(at < startMs);
});

Deno.test("however many days of a damaged year fail, a minute has one line of them, with their number", async () => {
  await using house = new DigestHouse({ wall: WALL });
  Deno.mkdirSync(house.yearPath(2025), { recursive: true });
  const lines: string[] = [];
  let monoMs = 0;
  const write = (line: string) => lines.push(line);
  const log = createLog("info", { journald: true, write, monoMs: () => monoMs });
  const digest = house.digest(tellDigest(log));
  for (const date of ["2025-12-29", "2025-12-30", LAST]) house.write(date, evenDay(date));
  for (monoMs of [0, 30_000, 59_000, 60_000]) await digest.run();
  monoMs = 120_000;
  await digest.run([LAST]);
  assert.equal(lines.length, 3, lines.join(""));
  assert.match(lines[0]!, /^<4>3 days are not digested; 2025-12-29: .*mcce\.2025(?!.*count=)/);
  assert.match(lines[1]!, /^<4>3 days are not digested; 2025-12-29: .*mcce\.2025.* count=3\n$/);
  assert.match(lines[2]!, /^<4>2025-12-31 is not digested: .*mcce\.2025/);
});

Deno.test("another program that keeps the yearly file locked delays its days", async () => {
  await using house = new DigestHouse({ wall: WALL });
  house.write(FIRST, evenDay(FIRST));
  store(house.years.open(2026), SECOND, evenDay(SECOND));
  const db = new DatabaseSync(house.yearPath(2026));
  db.exec("BEGIN EXCLUSIVE");
  const digest = house.digest();
  const { failed } = await digest.run();
  db.exec("ROLLBACK");
  db.close();
  assert.match(failed[0]!.reason, /mcce\.2026: another program keeps the file locked/);
  assert.deepEqual((await digest.run()).pending, []);
  assert.deepEqual(house.stored(FIRST), evenDay(FIRST));
});

diskTest(
  "a full disk fails the day that finds no room, not a smaller one after it, and is tried again",
  async () => {
    await using disk = await SmallDisk.mount(256);
    await using house = new DigestHouse({ wall: WALL, yearsDir: disk.folder });
    const digest = house.digest();
    house.write("2025-12-29", localHouseDay("2025-12-29"));
    house.write(FIRST, evenDay(FIRST).slice(0, 9));
    await digest.run();
    await disk.fill(40_960);
    const large = localHouseDay("2025-12-30", ROME, 3);
    house.write("2025-12-30", large);
    house.write(FIRST, evenDay(FIRST).slice(9, 20));
    const { pending, failed } = await digest.run();
    assert.deepEqual(pending, ["2025-12-30"]);
    assert.match(failed[0]!.reason, /mcce\.2025: no room is left on the disk/);
    assert.equal(house.stored(FIRST).length, 20);
    assert.equal(house.folders.text("2025-12-30.csv")!.split("\n").length, large.length + 1);
    await disk.free();
    assert.deepEqual((await digest.run()).failed, []);
    assert.deepEqual(house.stored("2025-12-30"), large);
  },
);

diskTest(
  "a full disk under the journal leaves a day's damaged lines where they are until they can be kept",
  async () => {
    await using disk = await SmallDisk.mount(128);
    await using house = new DigestHouse({ wall: WALL, journalDir: `${disk.folder}/journal` });
    house.write(FIRST, evenDay(FIRST).slice(0, 99), "rubbish\n");
    const digest = house.digest();
    // The lock's file is there from the start.
    await digest.run([SECOND]);
    await disk.fill();
    const { pending, failed } = await digest.run();
    assert.deepEqual(pending, [FIRST]);
    assert.match(failed[0]!.reason, /journal: no room is left on the disk/);
    await disk.free();
    assert.deepEqual((await digest.run()).pending, []);
    assert.deepEqual(house.folders.names(), [`${FIRST}.bad`]);
    assert.equal(house.stored(FIRST).length, 99);
  },
);
