import assert from "node:assert/strict";
import { DatabaseSync } from "node:sqlite";
import { describe } from "../lib/backup/manifest.ts";
import { House, manifestOf, names } from "./support/backup_house.ts";
import { contents, ROME } from "./support/year_fixture.ts";

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
