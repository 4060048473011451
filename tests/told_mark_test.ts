import { deepEqual, equal, rejects } from "node:assert/strict";
import { datesIn } from "../lib/store/day_files.ts";
import { readTold, ToldMark } from "../lib/store/told_mark.ts";
import { House, manifestOf } from "./support/backup_house.ts";

Deno.test("what was told is read back, and only a change is written", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/told.mark`;
  deepEqual(readTold(folder), {});
  const mark = new ToldMark(folder, {});
  await mark.keep({});
  deepEqual([...Deno.readDirSync(folder)], []);
  const told = { readings: 1_795_129_200_000, disk: 1_795_129_260_000 };
  await mark.keep(told);
  deepEqual(readTold(folder), told);
  Deno.utimeSync(path, 0, 0);
  await mark.keep({ ...told });
  equal(Deno.statSync(path).mtime?.getTime(), 0);
  await Promise.all([mark.keep({ disk: told.disk }), mark.keep({})]);
  deepEqual(readTold(folder), {});
  deepEqual(await datesIn(folder), []);
  await Deno.remove(folder, { recursive: true });
});

Deno.test("a mark that makes no sense says nothing, and a disk that refuses is tried again", async () => {
  const folder = await Deno.makeTempDir();
  await Deno.writeTextFile(`${folder}/told.mark`, "disk soon\n\0\0\nsiren 1\nreadings 5\ndigest");
  deepEqual(readTold(folder), { readings: 5 });
  const journal = `${folder}/journal`;
  await Deno.writeTextFile(journal, "");
  const mark = new ToldMark(journal, {});
  await rejects(mark.keep({ disk: 1 }));
  deepEqual(readTold(journal), {});
  await Deno.remove(journal);
  await mark.keep({ disk: 1 });
  deepEqual(readTold(journal), { disk: 1 });
  await Deno.remove(folder, { recursive: true });
});

Deno.test("the marks of the journal's folder are in no backup", async () => {
  await using house = new House();
  for (const name of ["boot.mark", "told.mark"]) house.folders.write(name, "disk 1\n");
  const { copy } = await house.backup();
  const names = manifestOf(copy).files.map(({ path }) => path);
  deepEqual(names.filter((name) => name.endsWith(".mark")), []);
});
