import { deepEqual, equal, match, ok } from "node:assert/strict";
import "./support/machine_calls_loaded.ts";
import { copyName } from "../lib/backup/copies.ts";
import { readBackups } from "../lib/doctor/backup_facts.ts";
import { readClock } from "../lib/doctor/clock_facts.ts";
import { judgePlaces } from "../lib/doctor/disk.ts";
import { areOnOneDisk, readPlace } from "../lib/doctor/disk_facts.ts";
import { findingLine } from "../lib/doctor/finding.ts";
import { readJournal } from "../lib/doctor/journal_facts.ts";
import { readMemory, readPermissions } from "../lib/doctor/machine_facts.ts";
import { JournalFolders } from "./support/journal_folders.ts";
import { diskTest, SmallDisk } from "./support/small_disk.ts";

const DAY_MS = 86_400_000;

diskTest("a disk's room is what the kernel says, as it fills up and turns read-only", async () => {
  await using disk = await SmallDisk.mount(1024);
  const line = () => findingLine(judgePlaces([readPlace("journal", disk.folder)], 0, "pi")[0]!);
  match(line(), /^ok {4}disk of the journal: 1\.0 MB free \(100 %\), tmpfs$/);
  await disk.fill();
  match(line(), /^WRONG disk of the journal: 0\.0 MB free \(0 %\): remove what is not needed/);
  await disk.free();
  await disk.readOnly(true);
  const place = readPlace("journal", disk.folder);
  deepEqual([place.isReadOnly, place.mayWrite], [true, false]);
  await disk.readOnly(false);
});

diskTest(
  "a folder that is not there yet counts by the one above it, and by that one's disk",
  async () => {
    await using disk = await SmallDisk.mount(64);
    const place = readPlace("backups", `${disk.folder}/a/b`);
    deepEqual([place.folder, place.mount?.type], [disk.folder, "tmpfs"]);
    equal(areOnOneDisk(place, readPlace("journal", disk.folder)), true);
    equal(areOnOneDisk(place, readPlace("journal", "/")), false);
  },
);

diskTest(
  "copies are found by their names, and their disk is compared with the data's",
  async () => {
    await using disk = await SmallDisk.mount(64);
    const data = readPlace("yearly files", disk.folder);
    const folder = await Deno.makeTempDir();
    try {
      const newest = Date.parse("2026-11-16T02:00:00Z");
      for (
        const name of [
          copyName(newest),
          copyName(newest - DAY_MS),
          "2027-01-01T00-00-00-000Z.unfinished",
          "zoo",
        ]
      ) {
        await Deno.mkdir(`${folder}/${name}`);
      }
      deepEqual(await readBackups(folder, data, newest + 6 * DAY_MS), {
        ...{ folder, isOnDataDisk: false, newest: "2026-11-16", ageDays: 6 },
      });
      const none = `${disk.folder}/none`;
      deepEqual(await readBackups(none, data, newest), {
        ...{ folder: none, isOnDataDisk: true, newest: null, ageDays: null },
      });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  },
);

Deno.test("partitions belong to the disk that they are cut from", () => {
  const { mount, disk } = readPlace("root", "/");
  const [, whole] = /^\/dev\/(sd[a-z]|vd[a-z]|mmcblk\d+|nvme\d+n\d+)/.exec(mount?.source ?? "") ??
    [];
  // What has no such name need not be a disk.
  if (whole !== undefined) equal(disk, whole);
  equal(readPlace("processes", "/proc").disk, null);
});

Deno.test("bad lines are counted in the journal's files and in what was kept of them; a torn end is none", async () => {
  await using folders = new JournalFolders();
  folders.write("2026-11-20.csv", "1795129200000,300\nnoise\n1795129205000,310\n17951292");
  folders.write("2026-11-21.csv", "1795215600000,300\n");
  folders.write("2026-11-19.bad", "damage\n1795129200000,3\n");
  folders.write("spool", "1795218600000,500\n");
  deepEqual(await readJournal(folders.journalDir), {
    dates: ["2026-11-20", "2026-11-21"],
    bad: [{ name: "2026-11-20.csv", lines: 1 }, { name: "2026-11-19.bad", lines: 2 }],
    unreadable: [],
  });
  deepEqual(await readJournal(`${folders.root}/none`), { dates: [], bad: [], unreadable: [] });
  await Deno.remove(`${folders.journalDir}/2026-11-21.csv`);
  await Deno.mkdir(`${folders.journalDir}/2026-11-21.csv`);
  equal((await readJournal(folders.journalDir)).unreadable.length, 1);
});

Deno.test("the clock is what the kernel and systemd-timesyncd say", async () => {
  const folder = await Deno.makeTempDir();
  try {
    equal((await readClock(folder)).isTimesyncDone, false);
    await Deno.writeTextFile(`${folder}/synchronized`, "");
    equal((await readClock(folder)).isTimesyncDone, true);
    equal((await readClock(`${folder}/none`)).isTimesyncDone, null);
    equal(typeof (await readClock()).isKept, "boolean");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("memory and permissions are this machine's and this program's", async () => {
  const memory = readMemory();
  ok(memory && memory.available > 0 && memory.available < memory.total);
  const all = ["read", "write", "net", "env", "run", "sys", "ffi"];
  deepEqual(await readPermissions(), Object.fromEntries(all.map((name) => [name, true])));
});
