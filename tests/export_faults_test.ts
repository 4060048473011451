import { deepEqual, equal, match, ok, rejects } from "node:assert/strict";
import project from "../deno.json" with { type: "json" };
import { UserError } from "../lib/user_error.ts";
import { DigestHouse } from "./support/digest_house.ts";
import {
  DATES,
  exportHouse,
  outNames,
  run,
  runTask,
  SPAN,
  written,
} from "./support/export_house.ts";
import { startProgram } from "./support/service.ts";
import { diskTest, SmallDisk } from "./support/small_disk.ts";
import { localHouseDay, store } from "./support/year_fixture.ts";

Deno.test("a damaged yearly file ends the export with its name; nothing is left of the file", async () => {
  const { one } = await exportHouse();
  await using _ = one;
  const bytes = Deno.readFileSync(one.yearPath(2025));
  Deno.writeFileSync(one.yearPath(2025), bytes.map((byte, i) => i > 9_000 ? 0x55 : byte));
  await rejects(written(one, ...SPAN), (error) => {
    ok(error instanceof UserError);
    match(error.message, /out was not written: .*mcce\.2025: the file is damaged/);
    return true;
  });
  deepEqual(outNames(one), []);
  const { code, lines } = await run(one, ...SPAN);
  equal(code, 1);
  match(lines.join("\n"), /^The export is not whole: .*mcce\.2025: the file is damaged[^\n]*$/);
});

Deno.test("a day of the journal that cannot be read is never left out in silence", async () => {
  const { one } = await exportHouse();
  await using _ = one;
  const path = `${one.folders.journalDir}/${DATES[2]}.csv`;
  Deno.removeSync(path);
  Deno.mkdirSync(path);
  for (const resolution of ["raw", "history", "day"]) {
    await rejects(written(one, ...SPAN, "--resolution", resolution), UserError, resolution);
  }
  deepEqual(outNames(one), []);
});

diskTest("a full disk leaves what was there, and is told", async () => {
  const { one } = await exportHouse();
  await using _ = one;
  await using disk = await SmallDisk.mount(1000);
  const path = `${disk.folder}/all.csv`;
  Deno.writeTextFileSync(path, "older");
  await rejects(runTask(one, ...SPAN, "--out", path), (error) => {
    ok(error instanceof UserError);
    match(error.message, /all\.csv was not written: .*no room is left on the disk/);
    return true;
  });
  deepEqual([...Deno.readDirSync(disk.folder)].map(({ name }) => name), ["all.csv"]);
  equal(Deno.readTextFileSync(path), "older");
});

/** A month of readings, which takes longer to export than a signal to arrive. */
function monthHouse(): DigestHouse {
  const one = new DigestHouse({ wall: "2024-03-01T12:00:00Z" });
  const readings = localHouseDay("2024-02-01");
  for (let day = 0; day < 28; day++) {
    const date = `2024-02-${String(day + 1).padStart(2, "0")}`;
    const moved = readings.map(({ at, watts }) => ({ at: at + day * 86_400_000, watts }));
    store(one.years.open(2024), date, moved);
  }
  return one;
}

Deno.test("a signal ends the export with a sentence, and leaves no file", async () => {
  await using one = monthHouse();
  const path = `${one.folders.root}/out`;
  const stopped = startProgram("export", one.env, "--format", "json", "--out", path);
  while (outNames(one).length === 0) await new Promise((resolve) => setTimeout(resolve, 1));
  stopped.process.kill("SIGTERM");
  equal((await stopped.process.status).code, 1);
  await stopped.drained;
  deepEqual(stopped.lines, [`${path} was not written: it was stopped`]);
  deepEqual(outNames(one), []);
});

Deno.test("who reads no further ends the export, and is told that it is not whole", async () => {
  await using one = monthHouse();
  const command = project.tasks.export.command.replace(
    "deno run",
    `${Deno.execPath()} run --quiet`,
  );
  const { stdout, stderr } = await new Deno.Command("sh", {
    args: ["-c", `${command} | head -n 1`],
    cwd: new URL("../", import.meta.url),
    env: one.env,
  }).output();
  equal(new TextDecoder().decode(stdout), "time,watts\r\n");
  equal(
    new TextDecoder().decode(stderr),
    "The export is not whole: standard output: it was closed before the end\n",
  );
});
