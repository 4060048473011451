import assert from "node:assert/strict";
import {
  JOURNAL_LOCK,
  lockFolder,
  lockService,
  serviceSpoolDir,
} from "../lib/store/folder_lock.ts";
import { UserError } from "../lib/user_error.ts";
import { JournalFolders } from "./support/journal_folders.ts";
import { OtherProcess } from "./support/other_process.ts";

const unexpected = (sentence: string) => assert.fail(sentence);

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

Deno.test("one holds the lock at a time, and the folder is made for it", () =>
  inFolder(async (root) => {
    const folder = `${root}/data/journal`;
    const order: number[] = [];
    await Promise.all([0, 1, 2].map(async (i) => {
      using _lock = await lockFolder(folder, JOURNAL_LOCK);
      order.push(i);
      await new Promise((resolve) => setTimeout(resolve, 5));
      order.push(i);
    }));
    assert.equal(order.length, 6);
    for (let i = 0; i < 6; i += 2) assert.equal(order[i], order[i + 1]);
  }));

Deno.test("a lock that another process holds is waited for, and free once that process dies, however it does", () =>
  inFolder(async (folder) => {
    for (const end of ["end", "kill"] as const) {
      await using other = new OtherProcess("hold_lock.ts", [folder, JOURNAL_LOCK]);
      assert.equal(await other.firstLine(), "held");
      let isOurs = false;
      const waiting = lockFolder(folder, JOURNAL_LOCK).then((lock) => {
        isOurs = true;
        return lock;
      });
      await new Promise((resolve) => setTimeout(resolve, 60));
      assert.equal(isOurs, false);
      await other[end]();
      (await waiting)[Symbol.dispose]();
    }
  }));

Deno.test("patience runs out with a sentence, and a signal ends the wait with its reason", () =>
  inFolder(async (folder) => {
    await using other = new OtherProcess("hold_lock.ts", [folder, JOURNAL_LOCK]);
    await other.firstLine();
    await assert.rejects(lockFolder(folder, JOURNAL_LOCK, { patienceMs: 40 }), (error) => {
      assert(error instanceof UserError);
      assert.match(error.message, /^Another program has held .*\/journal\.lock for 0\.04 s: /);
      return true;
    });
    const stop = new AbortController();
    const waiting = lockFolder(folder, JOURNAL_LOCK, { signal: stop.signal });
    stop.abort(new Error("stopped"));
    await assert.rejects(waiting, /stopped/);
  }));

Deno.test("a second service on the same folder is told which one, and may start when the first has died", () =>
  inFolder(async (folder) => {
    await using other = new OtherProcess("hold_lock.ts", [folder, "service.lock"]);
    await other.firstLine();
    await assert.rejects(lockService(folder, folder, unexpected), (error) => {
      assert(error instanceof UserError);
      assert.match(error.message, new RegExp(`already runs on ${folder}: stop that one first`));
      return true;
    });
    await other.kill();
    using _lock = await lockService(folder, folder, unexpected);
    using _flush = await lockFolder(folder, JOURNAL_LOCK);
    await assert.rejects(lockService(folder, folder, unexpected), UserError);
  }));

Deno.test("a disk that takes no lock is told, and keeps no service from starting", () =>
  inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/file`, "");
    const told: string[] = [];
    using _lock = await lockService(
      `${folder}/file/journal`,
      folder,
      (sentence) => told.push(sentence),
    );
    assert.equal(told.length, 1);
    assert.match(told[0]!, new RegExp(`^${folder}/file/journal: .*directory`));
  }));

Deno.test("a flush that another process keeps waiting goes on at once when that is done", async () => {
  await using folders = new JournalFolders();
  const journal = await folders.opened();
  await using other = new OtherProcess("hold_lock.ts", [folders.journalDir, JOURNAL_LOCK]);
  await other.firstLine();
  await journal.append(folders.clock.reading(7));
  const flush = journal.flush();
  await journal.append(folders.clock.reading(7));
  const next = journal.flush();
  assert.equal(journal.flush(), next); // however many are asked for, one waits behind the one at work
  assert.equal(folders.text("2026-11-21.csv"), null);
  await other.end();
  await flush;
  await next;
  assert.equal(folders.text("2026-11-21.csv"), `${folders.clock.nowMs()},7\n`.repeat(2));
  assert.equal(journal.status().ok, true);
});

Deno.test("a stop ends the wait for another process: the readings rest in the spool, and it is no fault of the disk's", async () => {
  await using folders = new JournalFolders();
  const journal = await folders.opened();
  await using other = new OtherProcess("hold_lock.ts", [folders.journalDir, JOURNAL_LOCK]);
  await other.firstLine();
  await journal.append(folders.clock.reading(7));
  const stop = new AbortController();
  const flush = journal.flush(stop.signal);
  stop.abort();
  await flush;
  const last = new AbortController();
  setTimeout(() => last.abort(), 30);
  await journal.flush(last.signal);
  assert.equal(journal.status().ok, true);
  assert.equal(folders.text("spool", folders.spoolDir), `${folders.clock.nowMs()},7\n`);
  assert.equal(folders.text("2026-11-21.csv"), null);
});

Deno.test("the last flush at a stop does not join one in the queue that the stop has ended", async () => {
  await using folders = new JournalFolders();
  const journal = await folders.opened();
  await using other = new OtherProcess("hold_lock.ts", [folders.journalDir, JOURNAL_LOCK]);
  await other.firstLine();
  const stop = new AbortController();
  const flushes = [journal.flush(stop.signal)];
  await journal.append(folders.clock.reading(7));
  flushes.push(journal.flush(stop.signal));
  stop.abort();
  const last = journal.flush();
  assert.equal(journal.flush(), last);
  await Promise.all(flushes);
  assert.equal(folders.text("2026-11-21.csv"), null);
  await other.end();
  await last;
  assert.equal(folders.text("2026-11-21.csv"), `${folders.clock.nowMs()},7\n`);
});

Deno.test("a service that starts while another process holds the journal says so and does not wait for long", async () => {
  await using folders = new JournalFolders();
  folders.write("spool", `${folders.clock.nowMs()},7\n`);
  await using other = new OtherProcess("hold_lock.ts", [folders.journalDir, JOURNAL_LOCK]);
  await other.firstLine();
  const journal = await folders.opened();
  assert.match(journal.status().detail, /journal\.lock for 1 s: .*; readings rest in the spool$/);
  assert.equal((await journal.readDay("2026-11-21")).readings.length, 1);
  await other.end();
  await journal.flush();
  assert.equal(journal.status().ok, true);
  assert.equal(folders.text("2026-11-21.csv"), `${folders.clock.nowMs()},7\n`);
});

Deno.test("a command learns from the service's lock where the spool lies", () =>
  inFolder(async (folder) => {
    assert.equal(await serviceSpoolDir(folder), null);
    const spoolDir = `${folder}/not made yet`;
    using _lock = await lockService(folder, spoolDir, unexpected);
    assert.equal(await serviceSpoolDir(folder), spoolDir);
  }));
