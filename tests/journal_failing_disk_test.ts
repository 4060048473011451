// A disk that takes what is written and then does not keep it, and one that does not answer.
import assert from "node:assert/strict";
import { formatLine } from "../lib/store/journal_lines.ts";
import { JournalFolders } from "./support/journal_folders.ts";
import { LoopDisk, loopTest } from "./support/loop_disk.ts";

loopTest(
  "a disk that fails only when it is to keep what was written (fdatasync) keeps the spool",
  async () => {
    await using disk = await LoopDisk.mount(8_192);
    await using folders = new JournalFolders({ journalDir: `${disk.folder}/journal` });
    const journal = await folders.opened();
    await journal.append(folders.clock.reading(1));
    await journal.flush();
    assert.equal(journal.status().ok, true);
    const before = folders.text("2026-11-21.csv")!;
    // In another file, since a loop device takes a write for done when its first sectors are.
    const startMs = folders.clock.nowMs() + 86_400_000;
    const lines = Array.from(
      { length: 45_000 },
      (_, i) => formatLine({ at: startMs + 100 * (i + 1), watts: 12_345 }),
    );
    folders.write("spool", lines.join(""), folders.spoolDir);
    await disk.backing.fill();
    for (let flushes = 0; flushes < 2; flushes++) {
      await journal.flush();
      assert.match(
        journal.status().detail,
        /: (no room|the disk has an input\/output error).*; readings rest in the spool$/,
      );
      assert.deepEqual(folders.names(), ["2026-11-21.csv"]);
      assert.equal(folders.text("spool.flushing", folders.spoolDir), lines.join(""));
    }
    await disk.backing.free();
    await journal.flush();
    assert.equal(folders.text("2026-11-21.csv"), before);
    assert.equal(folders.text("2026-11-22.csv"), lines.join(""));
    assert.equal(journal.status().ok, true);
  },
);

loopTest(
  "a disk that does not answer holds no reading up, is told after 30 s, and gets all when it answers again",
  async () => {
    await using disk = await LoopDisk.mount(8_192);
    await using folders = new JournalFolders({ journalDir: `${disk.folder}/journal` });
    const journal = await folders.opened();
    await journal.append(folders.clock.reading(0));
    await disk.freeze();
    let [isFlushed, isOk, appended] = [false, true, 1];
    let flush = Promise.resolve();
    try {
      flush = journal.flush().then(() => void (isFlushed = true));
      while (isOk && appended < 30) {
        folders.clock.pass(5_000);
        await journal.append(folders.clock.reading(appended++));
        isOk = journal.status().ok;
      }
      assert.equal(isFlushed, false);
      assert.equal(isOk, false);
      assert.equal(
        journal.status().detail,
        `${folders.journalDir}: the disk does not answer: it may be failing; readings rest in the spool`,
      );
      assert.equal((await journal.readDay("2026-11-21")).readings.length, appended);
    } finally {
      await disk.thaw();
    }
    await flush;
    await journal.flush();
    assert.equal(folders.text("2026-11-21.csv")!.split("\n").length - 1, appended);
    assert.equal(journal.status().ok, true);
  },
);

loopTest(
  "a spool on a disk that does not answer leaves readings in memory, and they are written once it does",
  async () => {
    await using disk = await LoopDisk.mount(8_192);
    const journalDir = `${disk.folder}/journal`;
    await using folders = new JournalFolders({ journalDir, spool: "in the journal's" });
    const journal = await folders.opened({ mostWaiting: 20 });
    await disk.freeze();
    const appended: Promise<void>[] = [];
    try {
      for (let watts = 1; watts <= 8; watts++) {
        appended.push(journal.append(folders.clock.reading(watts)));
        await new Promise((resolve) => setTimeout(resolve, 1));
        folders.clock.pass(5_000);
      }
      assert.match(
        journal.status().detail,
        /\/spool: the disk does not answer.*; 8 readings wait in memory$/,
      );
      assert.equal((await journal.readDay("2026-11-21")).readings.length, 8);
    } finally {
      await disk.thaw();
    }
    await Promise.all(appended);
    await journal.flush();
    const watts = folders.text("2026-11-21.csv")!.split("\n").map((line) => line.split(",")[1]);
    assert.deepEqual(watts.slice(0, -1), ["1", "2", "3", "4", "5", "6", "7", "8"]);
    assert.deepEqual(journal.status().detail, "");
  },
);
