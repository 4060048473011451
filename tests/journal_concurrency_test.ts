import assert from "node:assert/strict";
import { readJournalDay } from "../lib/store/journal_day.ts";
import { JournalFolders } from "./support/journal_folders.ts";

const turn = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

for (const spool of ["own folder", "in the journal's"] as const) {
  Deno.test(`reading a day misses no reading and makes none up while flushes are at work (spool ${spool})`, async () => {
    await using folders = new JournalFolders({ spool });
    const journal = await folders.opened();
    const { journalDir, spoolDir } = folders;
    const kept: number[] = [];
    let isDone = false;
    const write = async () => {
      for (let watts = 0; watts < 400; watts++) {
        folders.clock.pass(5_000);
        const reading = folders.clock.reading(watts);
        await journal.append(reading);
        kept.push(reading.at);
        if (Math.random() < 0.3) await turn(0);
      }
      isDone = true;
    };
    const flush = async () => {
      while (!isDone) {
        await journal.flush();
        if (Math.random() < 0.5) await turn(Math.random() * 3);
      }
    };
    const read = async (readDay: () => ReturnType<typeof readJournalDay>) => {
      for (let reads = 0; !isDone; reads++) {
        const before = [...kept];
        const { readings, conflicts, bad } = await readDay();
        const found = readings.map(({ at }) => at);
        assert.deepEqual(found.slice(0, before.length), before);
        assert.deepEqual({ conflicts, bad }, { conflicts: 0, bad: 0 });
        if (reads % 5 === 0) await turn(0);
      }
    };
    const timeZone = "Europe/Rome";
    await Promise.all([
      write(),
      flush(),
      read(() => journal.readDay("2026-11-21")),
      // As another process reads, which does not see what waits in memory.
      read(() => readJournalDay({ journalDir, spoolDir, timeZone }, "2026-11-21")),
    ]);
    await journal.flush();
    const times = folders.text("2026-11-21.csv")!.split("\n").slice(0, -1)
      .map((line) => Number(line.split(",")[0]));
    assert.deepEqual(times, kept);
  });
}

Deno.test("a reader sees every reading of a day while strays move to it", async () => {
  for (let round = 0; round < 20; round++) {
    await using folders = new JournalFolders();
    const inRome = await folders.opened();
    folders.clock.set("2026-11-21T22:59:30Z");
    for (let watts = 0; watts < 12; watts++) {
      await inRome.append(folders.clock.reading(watts));
      folders.clock.pass(5_000);
    }
    await inRome.flush();
    let isDone = false;
    const timeZone = "Etc/UTC";
    const opening = folders.opened({ timeZone }).then(() => isDone = true);
    const { journalDir, spoolDir } = folders;
    while (!isDone) {
      const day = await readJournalDay({ journalDir, spoolDir, timeZone }, "2026-11-21");
      assert.equal(day.readings.length, 12);
    }
    await opening;
    assert.deepEqual(folders.names(), ["2026-11-21.csv"]);
  }
});

Deno.test("a spool folder that is the journal's own by another name loses nothing while flushes are at work", async () => {
  await using folders = new JournalFolders();
  await Deno.mkdir(folders.journalDir);
  await Deno.symlink(folders.journalDir, folders.spoolDir);
  const journal = await folders.opened();
  const kept: number[] = [];
  for (let watts = 0; watts < 300; watts++) {
    folders.clock.pass(5_000);
    const reading = folders.clock.reading(watts);
    if (watts % 3 === 0) journal.flush();
    await journal.append(reading);
    kept.push(reading.at);
  }
  await journal.flush();
  assert.deepEqual((await journal.readDay("2026-11-21")).readings.map(({ at }) => at), kept);
});
