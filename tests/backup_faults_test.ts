import assert from "node:assert/strict";
import { ConfigError, parseConfig } from "../lib/config.ts";
import { runBackup } from "../lib/task/backup.ts";
import { UserError } from "../lib/user_error.ts";
import { House, manifestOf, names } from "./support/backup_house.ts";
import { diskTest, SmallDisk } from "./support/small_disk.ts";

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
