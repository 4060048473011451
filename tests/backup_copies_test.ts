import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import { copyName, removeOldCopies } from "../lib/backup/copies.ts";
import { ConfigError } from "../lib/config.ts";
import { runBackup } from "../lib/task/backup.ts";
import { House, names } from "./support/backup_house.ts";

const DAY_MS = 86_400_000;
const NOVEMBER_MS = 1_795_215_600_000;

/** A folder of copies, one a week, the newest last, and what else may lie there. */
async function weeks(count: number): Promise<{ folder: string; copies: string[] }> {
  const folder = await Deno.makeTempDir();
  const copies = Array.from({ length: count }, (_, i) => copyName(NOVEMBER_MS + 7 * i * DAY_MS));
  for (const name of [...copies, "photos", `${copies[0]}.unfinished`]) {
    Deno.mkdirSync(`${folder}/${name}/years`, { recursive: true });
  }
  Deno.writeTextFileSync(`${folder}/2026-01-01T00-00-00-000Z`, "a file by a copy's name");
  return { folder, copies };
}

Deno.test("of the copies in a folder the newest stay, and nothing else there is touched", async () => {
  const { folder, copies } = await weeks(5);
  try {
    deepEqual(await removeOldCopies(folder, copies[4]!, 3), copies.slice(0, 2));
    const others = ["2026-01-01T00-00-00-000Z", `${copies[0]}.unfinished`, "photos"];
    deepEqual(names(folder), [...others, ...copies.slice(2)].sort());
    deepEqual(await removeOldCopies(folder, copies[4]!, 3), []);
    deepEqual(await removeOldCopies(folder, copies[4]!, Infinity), []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("the copy just made stays, though the clock was ahead when the others were made", async () => {
  const { folder, copies } = await weeks(3);
  try {
    deepEqual(await removeOldCopies(folder, copies[0]!, 1), copies.slice(1));
    ok(names(folder).includes(copies[0]!));
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("backup FOLDER --keep 2 leaves two copies and tells what it removed", async () => {
  await using house = new House();
  const folder = `${house.root}/backups`;
  const printed: string[] = [];
  for (let i = 0; i < 3; i++) {
    await runBackup([folder, "--keep", "2"], house.config, (line) => printed.push(line));
    await new Promise((resolve) => setTimeout(resolve, 2));
  }
  const copies = names(folder);
  equal(copies.length, 2);
  equal(printed.length, 4);
  match(printed[3]!, /\/backups\/\S+Z: removed, for there are 2 newer ones$/);
  ok(!copies.some((name) => printed[3]!.includes(name)));
});

Deno.test("a number of copies that cannot be is refused before anything is written", async () => {
  await using house = new House();
  const folder = `${house.root}/backups`;
  for (const words of [["--keep", "0"], ["--keep", "many"], ["--keep"], ["--keep=-1"], ["--all"]]) {
    await rejects(runBackup([folder, ...words], house.config, () => {}), ConfigError);
  }
  ok(!names(house.root).includes("backups"));
});
