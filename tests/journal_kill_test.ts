import assert from "node:assert/strict";
import { JournalFolders } from "./support/journal_folders.ts";
import { numberedAt } from "./support/numbered_reading.ts";
import { OtherProcess } from "./support/other_process.ts";

const KILLS = 9;

const soon = () => new Promise((resolve) => setTimeout(resolve, 150 * Math.random()));

/** Runs the process and kills it at a random moment; gives the numbers of the readings that it said were kept. */
async function runAndKill(args: readonly string[]): Promise<number[]> {
  await using process = new OtherProcess("append_until_killed.ts", args);
  let text = "";
  let killed: Promise<void> | undefined;
  for await (const chunk of process.child.stdout) {
    text += new TextDecoder().decode(chunk);
    killed ??= soon().then(() => process.kill());
  }
  await killed;
  const lines = text.split("\n");
  lines.pop();
  return lines.map(Number);
}

for (const spool of ["own folder", "in the journal's"] as const) {
  Deno.test(`of ${KILLS} processes killed at random moments none loses a reading that it had kept, or doubles one (spool ${spool})`, async () => {
    await using folders = new JournalFolders({ spool });
    const { journalDir, spoolDir, clock } = folders;
    const kept = new Set<number>();
    let next = 0;
    for (let kills = 0; kills < KILLS; kills++) {
      // In every third one the clock is set somewhere on the way, in the others it is from the start.
      const setAt = kills % 3 === 2 ? next + Math.floor(200 * Math.random()) : 0;
      const told = await runAndKill([journalDir, spoolDir, `${next}`, `${setAt}`]);
      assert(told.length > 0);
      for (const number of told) kept.add(number);
      next = told.at(-1)! + 2; // the one after it may have been kept untold

      clock.wallMs = numberedAt(next);
      clock.runMs = 100 * next - 100_000;
      const journal = await folders.opened();
      const { readings, conflicts, bad } = await journal.readDay("2026-11-21");
      const found = new Set(readings.map(({ watts }) => watts));
      assert.equal(found.size, readings.length);
      assert.deepEqual([...kept.difference(found)], []);
      for (const { at, watts } of readings) assert.equal(at, numberedAt(watts));
      assert.deepEqual({ conflicts, bad }, { conflicts: 0, bad: 0 });
      assert.deepEqual(await journal.dates(), ["2026-11-21"]);
    }
    assert.deepEqual(folders.names(), ["2026-11-21.csv"]);
  });
}
