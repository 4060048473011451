// A process that dies, or a disk that refuses, at every step on which readings that waited for network time go on.
import assert from "node:assert/strict";
import { JournalFolders } from "./support/journal_folders.ts";
import { diskTest, SmallDisk } from "./support/small_disk.ts";

const START = Date.parse("2026-11-21T12:00:00Z");
/** As it was decided before the death; by now the clock has drifted, and would decide otherwise. */
const OFFSET_MS = START - 101_000;
const DRIFT_MS = 1_770;
const COUNT = 4;

const bootMs = (i: number) => 101_000 + 5_000 * i;
const held = (from: number, to: number) =>
  indices(from, to).map((i) => `${bootMs(i)},${START - 9_876_543},${i}\n`).join("");
const lines = (from: number, to: number) =>
  indices(from, to).map((i) => `${START + 5_000 * i},${i}\n`).join("");
const indices = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);

interface Image {
  readonly inSpoolDir: Readonly<Record<string, string>>;
  readonly inJournalDir: Readonly<Record<string, string>>;
}

const WAITING = "spool.held.boot-1";
const DECIDED = `spool.held.boot-1.${OFFSET_MS}`;
const all = held(0, COUNT);

/** What the disk holds between any two steps, the times being decided. */
const steps: Readonly<Record<string, Image>> = {
  "the times decided in the first folder alone": {
    inSpoolDir: { [DECIDED]: all },
    inJournalDir: { [WAITING]: held(0, 2) },
  },
  "the times decided in the second folder alone": {
    inSpoolDir: { [WAITING]: held(1, COUNT) },
    inJournalDir: { [DECIDED]: held(0, 2) },
  },
  "nothing in the spool yet": { inSpoolDir: { [DECIDED]: all }, inJournalDir: {} },
  "some in the spool": { inSpoolDir: { [DECIDED]: all, spool: lines(0, 2) }, inJournalDir: {} },
  "one torn in the spool": {
    inSpoolDir: { [DECIDED]: all, spool: lines(0, 2).slice(0, -3) },
    inJournalDir: {},
  },
  "all in the spool": { inSpoolDir: { [DECIDED]: all, spool: lines(0, COUNT) }, inJournalDir: {} },
  "a flush begun": {
    inSpoolDir: { [DECIDED]: all, "spool.flushing": lines(0, COUNT) },
    inJournalDir: { [DECIDED]: all, "2026-11-21.csv": lines(0, 2).slice(0, -1) },
  },
  "all in the day's file": {
    inSpoolDir: { [DECIDED]: all, "spool.flushing": lines(0, COUNT) },
    inJournalDir: { [DECIDED]: all, "2026-11-21.csv": lines(0, COUNT) },
  },
  "the spool gone": {
    inSpoolDir: { [DECIDED]: all },
    inJournalDir: { [DECIDED]: all, "2026-11-21.csv": lines(0, COUNT) },
  },
  "one of two copies gone": {
    inSpoolDir: {},
    inJournalDir: { [DECIDED]: all, "2026-11-21.csv": lines(0, COUNT) },
  },
};

const expected = indices(0, COUNT).map((i) => ({ at: START + 5_000 * i, watts: i }));

for (const [step, { inSpoolDir, inJournalDir }] of Object.entries(steps)) {
  for (const [machine, bootId] of [["the same start", "boot-1"], ["the next start", "boot-2"]]) {
    Deno.test(`each reading once, with the time decided, on ${machine} of the machine after a death with ${step}`, async () => {
      for (const isSynchronised of [true, false]) {
        await using folders = new JournalFolders();
        folders.isSynchronised = isSynchronised;
        folders.clock.runMs = 1_000 + 5_000 * COUNT;
        folders.clock.wallMs = START + DRIFT_MS + 5_000 * COUNT;
        for (const [name, text] of Object.entries(inSpoolDir)) {
          folders.write(name, text, folders.spoolDir);
        }
        for (const [name, text] of Object.entries(inJournalDir)) folders.write(name, text);
        const hold = () => folders.hold({ bootId: bootId! });
        for (let deaths = 0; deaths < 2; deaths++) {
          const journal = await folders.opened({ hold: hold() });
          const { readings, conflicts } = await journal.readDay("2026-11-21");
          assert.deepEqual(readings, expected);
          assert.equal(conflicts, 0);
        }
        assert.deepEqual(folders.names(), ["2026-11-21.csv"]);
        assert.deepEqual(folders.names(folders.spoolDir), []);
      }
    });
  }
}

Deno.test("a process that dies once it has given readings their times has decided them for the next one", async () => {
  await using folders = new JournalFolders();
  folders.isSynchronised = false;
  const journal = await folders.opened();
  for (const watts of indices(0, COUNT)) {
    await journal.append(folders.clock.reading(watts));
    if (watts === 1) await journal.flush(); // so that both folders have a file
    if (watts === COUNT - 2) folders.isSynchronised = true;
    folders.clock.pass(5_000);
  }
  folders.clock.wallMs += DRIFT_MS;
  const second = await folders.opened();
  assert.deepEqual((await second.readDay("2026-11-21")).readings, expected);
  assert.deepEqual(folders.names(), ["2026-11-21.csv"]);
  assert.deepEqual(folders.names(folders.spoolDir), []);
});

Deno.test("once the times of this start are decided, the next process waits no more, set or not", async () => {
  await using folders = new JournalFolders();
  folders.isSynchronised = false;
  folders.write(DECIDED, all, folders.spoolDir);
  const journal = await folders.opened();
  await journal.append(folders.clock.reading(9));
  assert.equal(folders.text("spool", folders.spoolDir), `${START},9\n`);
});

diskTest(
  "on a full disk readings wait in memory until they have their times and there is room, and stay bounded",
  async () => {
    await using disk = await SmallDisk.mount(64);
    const journalDir = `${disk.folder}/journal`;
    await using folders = new JournalFolders({ journalDir, spool: "in the journal's" });
    folders.isSynchronised = false;
    const journal = await folders.opened({ mostWaiting: 100 });
    await journal.append(folders.clock.reading(0));
    await disk.fill();
    for (let watts = 1; watts < 120; watts++) {
      folders.clock.pass(5_000);
      await journal.append(folders.clock.reading(watts));
      await journal.flush();
    }
    folders.isSynchronised = true;
    folders.clock.wallMs += 60_000;
    await journal.flush();
    const { ok, waiting } = journal.status();
    assert.deepEqual({ ok, waiting }, { ok: false, waiting: 100 });
    const newest = indices(20, 120).map((i) => ({ at: START + 60_000 + 5_000 * i, watts: i }));
    assert.deepEqual((await journal.readDay("2026-11-21")).readings, newest);
    await disk.free();
    await journal.flush();
    assert.deepEqual((await journal.readDay("2026-11-21")).readings, newest);
    assert.equal(journal.status().ok, true);
    assert.deepEqual(folders.names(), ["2026-11-21.csv"]);
  },
);

diskTest(
  "on a disk that turns read-only readings that waited go on in memory, and each is kept once when it is writable",
  async () => {
    await using disk = await SmallDisk.mount(64);
    const journalDir = `${disk.folder}/journal`;
    await using folders = new JournalFolders({ journalDir, spool: "in the journal's" });
    folders.isSynchronised = false;
    const journal = await folders.opened();
    for (let watts = 0; watts < 10; watts++) {
      if (watts === 5) await disk.readOnly(true);
      await journal.append(folders.clock.reading(watts));
      folders.clock.pass(5_000);
    }
    folders.clock.wallMs += 60_000;
    folders.isSynchronised = true;
    await journal.flush();
    const all = indices(0, 10).map((i) => ({ at: START + 60_000 + 5_000 * i, watts: i }));
    assert.deepEqual((await journal.readDay("2026-11-21")).readings, all);
    assert.equal(journal.status().waiting, 10);
    await disk.readOnly(false);
    await journal.flush();
    folders.clock.wallMs += 777; // drift, so that what is stamped twice would show
    const second = await folders.opened();
    assert.deepEqual((await second.readDay("2026-11-21")).readings, all);
    assert.deepEqual(folders.names(), ["2026-11-21.csv"]);
  },
);
