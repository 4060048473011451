// Disks that refuse, each of them a real one.
import assert from "node:assert/strict";
import type { Journal } from "../lib/store/journal.ts";
import { formatLine } from "../lib/store/journal_lines.ts";
import type { Reading } from "../lib/reading.ts";
import { JournalFolders } from "./support/journal_folders.ts";
import { diskTest, SmallDisk } from "./support/small_disk.ts";

/** Appends `count` readings, 5 s apart; gives all that `folders` has made so far. */
async function append(folders: JournalFolders, journal: Journal, count: number, made: Reading[]) {
  for (let i = 0; i < count; i++) {
    const reading = folders.clock.reading(made.length % 10_000);
    made.push({ at: reading.at, watts: reading.watts });
    await journal.append(reading);
    folders.clock.pass(5_000);
  }
}

async function assertKept(journal: Journal, made: readonly Reading[]): Promise<void> {
  const { readings, conflicts, bad } = await journal.readDay("2026-11-21");
  assert.deepEqual(readings, made);
  assert.deepEqual({ conflicts, bad }, { conflicts: 0, bad: 0 });
}

/** Nothing lost, nothing doubled, in arrival order, all in the day's file alone. */
function assertFlushed(folders: JournalFolders, journal: Journal, made: readonly Reading[]): void {
  assert.equal(folders.text("2026-11-21.csv"), made.map(formatLine).join(""));
  const { ok, detail, waiting } = journal.status();
  assert.deepEqual({ ok, detail, waiting }, { ok: true, detail: "", waiting: 0 });
}

diskTest(
  "a full disk under the journal: readings rest in the spool elsewhere and follow when there is room",
  async () => {
    await using disk = await SmallDisk.mount(64);
    await using folders = new JournalFolders({ journalDir: `${disk.folder}/journal` });
    const journal = await folders.opened();
    const made: Reading[] = [];
    await append(folders, journal, 10, made);
    await journal.flush();
    await disk.fill();
    const fullAt = folders.clock.nowMs();
    for (let flushes = 0; flushes < 3; flushes++) {
      await append(folders, journal, 300, made);
      await journal.flush();
      const { ok, detail, waiting } = journal.status();
      assert.deepEqual({ ok, waiting }, { ok: false, waiting: 0 });
      assert.match(
        detail,
        new RegExp(
          `^${folders.journalDir}: no room is left on the disk: .*; readings rest in the spool$`,
        ),
      );
      await assertKept(journal, made);
    }
    assert(journal.status().since > fullAt);
    await disk.free();
    await append(folders, journal, 10, made);
    await journal.flush();
    assertFlushed(folders, journal, made);
    assert.equal(journal.status().since, folders.clock.nowMs());
    assert.deepEqual(folders.names(folders.spoolDir), []);
  },
);

diskTest(
  "a full disk under journal and spool: readings wait in memory, the newest of them, and are written when there is room",
  async () => {
    await using disk = await SmallDisk.mount(64);
    const journalDir = `${disk.folder}/journal`;
    await using folders = new JournalFolders({ journalDir, spool: "in the journal's" });
    const journal = await folders.opened({ mostWaiting: 400 });
    const made: Reading[] = [];
    await append(folders, journal, 10, made);
    await disk.fill();
    // What is left of the page that the spool has begun is used first.
    while (journal.status().ok) await append(folders, journal, 1, made);
    const inSpool = made.length - 1;
    await append(folders, journal, 499, made);
    assert.match(
      journal.status().detail,
      /\/spool: no room is left on the disk: .*; 400 readings wait in memory; 100 found no room at all$/,
    );
    const kept = [...made.slice(0, inSpool), ...made.slice(-400)];
    await assertKept(journal, kept);
    await journal.flush();
    await assertKept(journal, kept);
    assert.equal(journal.status().ok, false);
    await disk.free();
    await journal.flush();
    assertFlushed(folders, journal, kept);
    await append(folders, journal, 1, kept);
    await journal.flush();
    assertFlushed(folders, journal, kept);
  },
);

diskTest(
  "a full disk under the spool: what waits in memory goes to the journal itself with each flush",
  async () => {
    await using disk = await SmallDisk.mount(64);
    await using folders = new JournalFolders({ spoolDir: `${disk.folder}/run` });
    const journal = await folders.opened();
    const made: Reading[] = [];
    await append(folders, journal, 10, made);
    await disk.fill();
    await append(folders, journal, 500, made);
    assert(journal.status().waiting > 200);
    await assertKept(journal, made);
    await journal.flush();
    assert.equal(folders.text("2026-11-21.csv"), made.map(formatLine).join(""));
    assert.equal(journal.status().waiting, 0);
    await append(folders, journal, 300, made);
    await disk.free();
    await append(folders, journal, 10, made);
    await journal.flush();
    assertFlushed(folders, journal, made);
  },
);

for (const spool of ["own folder", "in the journal's"] as const) {
  diskTest(
    `a disk that turns read-only, is so at a start, and is writable again (spool ${spool})`,
    async () => {
      await using disk = await SmallDisk.mount(256);
      await using folders = new JournalFolders({ journalDir: `${disk.folder}/journal`, spool });
      const first = await folders.opened();
      const made: Reading[] = [];
      await append(folders, first, 10, made);
      await first.flush();
      await append(folders, first, 10, made);
      await disk.readOnly(true);
      const beforeDeath = [...made];
      await append(folders, first, 10, made);
      await first.flush();
      assert.match(first.status().detail, /: the disk is read-only: mount it for writing again/);
      await assertKept(first, made);

      // The process dies: what waited in memory is gone, what rests in a file is not.
      if (spool === "in the journal's") made.splice(0, made.length, ...beforeDeath);
      const second = await folders.opened();
      assert.equal(second.status().ok, false);
      await assertKept(second, made);
      await append(folders, second, 10, made);
      await second.flush();
      await assertKept(second, made);
      await disk.readOnly(false);
      await append(folders, second, 10, made);
      await second.flush();
      assertFlushed(folders, second, made);
    },
  );
}

diskTest("a journal folder that cannot be made at the start is made when it can", async () => {
  await using disk = await SmallDisk.mount(256);
  await disk.readOnly(true);
  await using folders = new JournalFolders({
    journalDir: `${disk.folder}/data/journal`,
    spool: "in the journal's",
  });
  const journal = await folders.opened();
  const made: Reading[] = [];
  await append(folders, journal, 3, made);
  assert.equal(journal.status().ok, false);
  await assertKept(journal, made);
  await disk.readOnly(false);
  await journal.flush();
  assertFlushed(folders, journal, made);
});

diskTest(
  "a spool that cannot be removed does not fill the journal with what it holds, flush after flush",
  async () => {
    await using disk = await SmallDisk.mount(64);
    await using folders = new JournalFolders({ spoolDir: disk.folder });
    const made = [{ at: folders.clock.nowMs(), watts: 1 }];
    folders.write("spool.flushing", made.map(formatLine).join(""), folders.spoolDir);
    await disk.readOnly(true);
    const journal = await folders.opened();
    for (let flushes = 0; flushes < 3; flushes++) await journal.flush();
    assert.match(journal.status().detail, /spool\.flushing: the disk is read-only/);
    assert.equal(folders.text("2026-11-21.csv"), null);
    await assertKept(journal, made);
    await disk.readOnly(false);
    await journal.flush();
    assertFlushed(folders, journal, made);
  },
);
