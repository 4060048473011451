import assert from "node:assert/strict";
import { YearFileError } from "../lib/store/year_error.ts";
import { YearFile } from "../lib/store/year_file.ts";
import { localHouseDay, query, ROME, store } from "./support/year_fixture.ts";

const DATES = ["2026-11-18", "2026-11-19", "2026-11-20", "2026-11-21", "2026-11-22", "2026-11-23"];

const run = async (command: string, ...args: string[]) =>
  (await new Deno.Command(command, { args, stdout: "null", stderr: "null" }).output()).success;

/** A small disk of its own for `test`; `false` where this machine lets nobody mount one. */
async function onSmallDisk(test: (disk: string) => void | Promise<void>): Promise<boolean> {
  const disk = await Deno.makeTempDir();
  try {
    if (!await run("mount", "-t", "tmpfs", "-o", "size=128k", "tmpfs", disk)) return false;
    try {
      await test(disk);
    } finally {
      await run("umount", disk);
    }
    return true;
  } finally {
    await Deno.remove(disk);
  }
}

const mountable = await onSmallDisk(() => {});

Deno.test({
  name: "a full disk fails the day that finds no room, keeps those before it, and takes it later",
  ignore: !mountable, // Only root may mount.
  fn: async () => {
    const days = DATES.map((date, i) => [date, localHouseDay(date, ROME, i)] as const);
    await onSmallDisk(async (disk) => {
      using file = YearFile.open(`${disk}/mcce.2026`);
      const refused = days.filter(([date, readings]) =>
        !findsRoom(() => store(file, date, readings))
      );
      const kept = days.slice(0, days.length - refused.length);
      assert.ok(kept.length > 1 && refused.length > 0, `${kept.length} kept`);
      const all = () => file.days("2026-01-01", "2026-12-31").map(({ date }) => date);
      assert.deepEqual(all(), kept.map(([date]) => date));
      for (const [date, readings] of kept) {
        assert.deepEqual(file.readings(date)?.readings, readings);
      }
      assert.deepEqual(query(file.path, "PRAGMA integrity_check"), [{ integrity_check: "ok" }]);

      await run("mount", "-o", "remount,size=1m", disk);
      for (const [date, readings] of refused) store(file, date, readings);
      assert.deepEqual(all(), DATES);
    });
  },
});

/** Whether there is room for what `action` does. */
function findsRoom(action: () => unknown): boolean {
  try {
    action();
    return true;
  } catch (error) {
    assert.ok(error instanceof YearFileError && error.problem === "disk", `${error}`);
    assert.match(error.message, /mcce\.2026: no room is left on the disk/);
    return false;
  }
}

Deno.test("a folder that takes no file is told", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.mkdir(`${folder}/mcce.2026`);
    assert.throws(
      () => YearFile.open(`${folder}/mcce.2026`),
      (error) => error instanceof YearFileError && error.problem === "disk",
    );
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
