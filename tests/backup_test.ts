import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { makeBackup } from "../lib/backup/make_backup.ts";
import { describe, type Manifest } from "../lib/backup/manifest.ts";
import { localDate } from "../lib/calendar.ts";
import { type Config, ConfigError, type Environment, parseConfig } from "../lib/config.ts";
import { parseLines } from "../lib/store/journal_lines.ts";
import { YearFile } from "../lib/store/year_file.ts";
import { YearFiles } from "../lib/store/year_files.ts";
import { runBackup } from "../lib/task/backup.ts";
import { makeDigestRun } from "../lib/task/digest_parts.ts";
import { UserError } from "../lib/user_error.ts";
import { JournalFolders } from "./support/journal_folders.ts";
import { diskTest, SmallDisk } from "./support/small_disk.ts";
import { contents, localHouseDay, query, ROME, store } from "./support/year_fixture.ts";

/** Two years with two days each, a day in the journal and readings in the spool. */
class House implements AsyncDisposable {
  readonly folders = new JournalFolders();
  readonly root = this.folders.root;
  readonly config: Config;

  constructor(environment: Environment = {}) {
    const { journalDir, spoolDir } = this.folders;
    this.config = parseConfig({
      TIME_ZONE: ROME,
      DATABASE_URL: `${this.root}/years/mcce`,
      JOURNAL_DIR: journalDir,
      RUNTIME_DIRECTORY: spoolDir,
      ...environment,
    });
    for (const date of ["2025-12-30", "2025-12-31", "2026-01-01", "2026-01-02"]) {
      using file = YearFile.open(`${this.config.databasePath}.${date.slice(0, 4)}`);
      store(file, date, localHouseDay(date));
    }
    this.folders.write("2026-11-21.csv", "1795215600000,300\n1795215605000,310\n");
    this.folders.write("2026-11-20.bad", "damage\n");
    this.folders.write("spool", "1795218600000,500\n1795218605000,510\n17952186", spoolDir);
    this.folders.write("journal.lock", "");
  }

  /** Makes a backup in `backups/`; the folder of the copy and what was printed. */
  async backup(): Promise<{ readonly copy: string; readonly lines: string[] }> {
    const lines: string[] = [];
    await runBackup([`${this.root}/backups`], this.config, (line) => lines.push(line));
    return { copy: lines[0]!.split(": ")[0]!, lines };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.folders[Symbol.asyncDispose]();
  }
}

const manifestOf = (copy: string): Manifest =>
  JSON.parse(Deno.readTextFileSync(`${copy}/manifest.json`));

const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name).sort();

Deno.test("a backup restored by copying back gives the same years and every reading of the journal", async () => {
  await using house = new House();
  const { databasePath, journalDir, spoolDir } = house.config;
  const years = ["2025", "2026"].map((year) => contents(`${databasePath}.${year}`));
  const { copy, lines } = await house.backup();
  assert.match(lines[0]!, /: yearly files: 2, files of the journal: 3, 0\.\d MB, all checked$/);

  for (const folder of [journalDir, spoolDir, `${house.root}/years`]) {
    Deno.removeSync(folder, { recursive: true });
  }
  await new Deno.Command("cp", { args: ["-r", `${copy}/years`, `${house.root}/years`] }).output();
  await new Deno.Command("cp", { args: ["-r", `${copy}/journal`, journalDir] }).output();

  assert.deepEqual(["2025", "2026"].map((year) => contents(`${databasePath}.${year}`)), years);
  await house.folders.opened();
  assert.deepEqual(house.folders.names(), ["2026-11-20.bad", "2026-11-21.csv"]);
  assert.equal(
    house.folders.text("2026-11-21.csv"),
    "1795215600000,300\n1795215605000,310\n1795218600000,500\n1795218605000,510\n",
  );
  assert.equal(house.folders.text("2026-11-20.bad"), "damage\n");
});

Deno.test("the manifest names every file of the backup with its size and SHA-256", async () => {
  await using house = new House();
  const { copy } = await house.backup();
  const manifest = manifestOf(copy);
  assert.deepEqual(manifest.files.map(({ path }) => path), [
    "journal/2026-11-20.bad",
    "journal/2026-11-21.csv",
    "journal/spool",
    "years/mcce.2025",
    "years/mcce.2026",
  ]);
  assert.deepEqual(names(copy), ["journal", "manifest.json", "years"]);
  assert.deepEqual(names(`${copy}/journal`), ["2026-11-20.bad", "2026-11-21.csv", "spool"]);
  assert.deepEqual(names(`${copy}/years`), ["mcce.2025", "mcce.2026"]);
  for (const file of manifest.files) {
    assert.deepEqual(await describe(file.path, Deno.readFileSync(`${copy}/${file.path}`)), file);
  }
  assert.deepEqual([manifest.timeZone, manifest.missing], [ROME, []]);
  assert.ok(Math.abs(Date.parse(manifest.made) - Date.now()) < 600_000);
});

Deno.test("spools in both folders are one in the backup, without a line that was torn", async () => {
  await using house = new House();
  house.folders.write("spool", "1795215000000,100\n1795215", house.folders.journalDir);
  const { copy } = await house.backup();
  assert.equal(
    Deno.readTextFileSync(`${copy}/journal/spool`),
    "1795215000000,100\n1795218600000,500\n1795218605000,510\n17952186",
  );
});

Deno.test("each backup is a folder of its own; one that was not finished is cleared away", async () => {
  await using house = new House();
  const { copy } = await house.backup();
  Deno.mkdirSync(`${house.root}/backups/2026-01-01T00-00-00-000Z.unfinished/years`, {
    recursive: true,
  });
  Deno.mkdirSync(`${house.root}/backups/photos.unfinished`);
  const { copy: second } = await house.backup();
  assert.notEqual(second, copy);
  assert.deepEqual(
    names(`${house.root}/backups`),
    [copy, second].map((path) => path.split("/").at(-1)).concat("photos.unfinished"),
  );
});

Deno.test("what a crash left beside a yearly file is rolled back, not copied", async () => {
  await using house = new House();
  const path = `${house.config.databasePath}.2026`;
  const before = contents(path);
  const db = new DatabaseSync(path);
  db.exec("PRAGMA cache_size = 1; BEGIN; UPDATE packs SET readings = zeroblob(20000)");
  const torn = [path, `${path}-journal`].map((file) => Deno.readFileSync(file));
  db.close();
  Deno.writeFileSync(path, torn[0]!);
  Deno.writeFileSync(`${path}-journal`, torn[1]!);
  const { copy } = await house.backup();
  assert.deepEqual(contents(`${copy}/years/mcce.2026`), before);
});

Deno.test("a damaged year is named and left out; all the rest is there", async () => {
  await using house = new House();
  const path = `${house.config.databasePath}.2025`;
  const bytes = Deno.readFileSync(path);
  Deno.writeFileSync(path, bytes.map((byte, i) => i > 9_000 && i < 15_000 ? 0x55 : byte));
  const damaged = Deno.readFileSync(path);
  const lines: string[] = [];
  await assert.rejects(
    runBackup([`${house.root}/backups`], house.config, (line) => lines.push(line)),
    (error) => {
      assert.ok(error instanceof UserError);
      assert.match(error.message, /lacks what is damaged:\n.*mcce\.2025: the file is damaged/);
      return true;
    },
  );
  const copy = lines[0]!.split(": ")[0]!;
  assert.deepEqual(names(`${copy}/years`), ["mcce.2026"]);
  assert.deepEqual(manifestOf(copy).missing.map(({ path }) => path), ["years/mcce.2025"]);
  assert.deepEqual(Deno.readFileSync(path), damaged);
});

Deno.test("a folder among the data is refused, by whatever way it is named", async () => {
  await using house = new House();
  const { root } = house;
  Deno.symlinkSync(`${root}/years`, `${root}/elsewhere`);
  const inside = ["years", "years/b", "journal/a/b", "run", "elsewhere/c", "journal/../years"];
  for (const folder of inside) {
    await assert.rejects(runBackup([`${root}/${folder}`], house.config, () => {}), ConfigError);
  }
  for (const args of [[], ["a", "b"], ["--all"], [""]]) {
    await assert.rejects(runBackup(args, house.config, () => {}), ConfigError);
  }
  assert.deepEqual(names(`${root}/years`), ["mcce.2025", "mcce.2026"]);
  // Beside them, and around them, there is room.
  await runBackup([`${root}/years-copy`], house.config, () => {});
  await runBackup([root], house.config, () => {});
});

Deno.test("where there is nothing, nothing is made and the sentence says so", async () => {
  await using house = new House();
  const config = parseConfig({
    DATABASE_URL: `${house.root}/none/mcce`,
    JOURNAL_DIR: `${house.root}/none/journal`,
  });
  await assert.rejects(
    runBackup([`${house.root}/backups`], config, () => {}),
    /^UserError: There is nothing to back up/,
  );
  assert.deepEqual(names(`${house.root}/backups`), []);
});

diskTest(
  "a disk without room for it keeps the backups that it has, and nothing of the new one",
  async () => {
    await using house = new House();
    await using disk = await SmallDisk.mount(400);
    const lines: string[] = [];
    const backup = () => runBackup([disk.folder], house.config, (line) => lines.push(line));
    await backup();
    const before = names(disk.folder);
    for (const bytes of [0, 20_000, 60_000]) {
      await disk.fill(bytes);
      await assert.rejects(
        backup(),
        /^UserError: No backup was made\..*no room is left on the disk/,
      );
      await disk.free();
      assert.deepEqual(names(disk.folder), before);
    }
  },
);

Deno.test("a day that is digested between any two steps of a backup is in it", async () => {
  for (const step of [1, 2, 3]) {
    await using house = new House();
    const { journalDir, spoolDir, databasePath, timeZone } = house.config;
    using years = new YearFiles(databasePath);
    const made = "2026-11-22T12:00:00Z";
    const digest = makeDigestRun(house.config, years, {
      nowMs: () => Date.parse(made),
      flush: () => Promise.resolve(),
      onDigested() {},
      onFailed: ({ reason }) => assert.fail(reason),
    });
    const yearPaths = ["2025", "2026"].map((year) => `${databasePath}.${year}`);
    let steps = 0;
    await makeBackup(`${house.root}/copy`, {
      ...{ journalDir, spoolDir, yearPaths, timeZone, made },
      locked: async (work) => {
        const result = await work();
        if (++steps === step) await digest.run();
        return result;
      },
    });
    assert.equal(house.folders.text("2026-11-21.csv"), null);
    const times = timesIn(`${house.root}/copy`);
    assert.ok([1795215600000, 1795215605000, 1795218600000].every((at) => times.has(at)));
  }
});

Deno.test("every backup beside a service at work has all readings up to its start", async () => {
  await using house = new House();
  const { clock } = house.folders;
  const journal = await house.folders.opened();
  using years = new YearFiles(house.config.databasePath);
  const digest = makeDigestRun(house.config, years, {
    nowMs: clock.nowMs,
    flush: () => journal.flush(),
    onDigested() {},
    onFailed: ({ reason }) => assert.fail(reason),
  });
  const kept: number[] = [];
  let isDone = false;
  const service = async () => {
    while (!isDone) {
      clock.pass(1_800_000);
      const reading = clock.reading(1_000);
      await journal.append(reading);
      kept.push(reading.at);
      if (kept.length % 7 === 0) await journal.flush();
      if (kept.length % 24 === 0) await digest.run();
    }
  };
  const backups = async () => {
    for (let round = 0; round < 3; round++) {
      const until = kept.length;
      const { copy } = await house.backup();
      const times = timesIn(copy);
      assert.deepEqual(kept.slice(0, until).filter((at) => !times.has(at)), []);
    }
    isDone = true;
  };
  await Promise.all([service(), backups()]);
  assert.ok(kept.length > 10, `${kept.length} readings`);
});

/** The times of all readings of a backup. */
function timesIn(copy: string): Set<number> {
  const times = new Set<number>();
  for (const name of names(`${copy}/journal`).filter((name) => !name.endsWith(".bad"))) {
    const { readings } = parseLines(Deno.readFileSync(`${copy}/journal/${name}`));
    for (const { at } of readings) times.add(at);
  }
  for (const name of names(`${copy}/years`)) {
    const path = `${copy}/years/${name}`;
    assert.deepEqual(query(path, "PRAGMA integrity_check"), [{ integrity_check: "ok" }]);
    using file = YearFile.open(path);
    const year = name.slice(-4);
    for (const { date } of file.days(`${year}-01-01`, `${year}-12-31`)) {
      for (const { at } of file.readings(date)!.readings) {
        assert.equal(localDate(at, ROME), date);
        times.add(at);
      }
    }
  }
  return times;
}
