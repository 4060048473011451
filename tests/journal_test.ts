import assert from "node:assert/strict";
import { at, JournalFolders } from "./support/journal_folders.ts";

for (const spool of ["own folder", "in the journal's"] as const) {
  Deno.test(`a reading is in the spool at once and in its day's file after a flush (spool ${spool})`, async () => {
    await using folders = new JournalFolders({ spool });
    const journal = await folders.opened();
    const reading = folders.clock.reading(1999);
    await journal.append(reading);
    const line = `${reading.at},1999\n`;
    assert.equal(folders.text("spool", folders.spoolDir), line);
    assert.deepEqual(await journal.dates(), []);
    const kept = { readings: [{ at: reading.at, watts: 1999 }], conflicts: 0, bad: 0, others: 0 };
    assert.deepEqual(await journal.readDay("2026-11-21"), kept);
    await journal.flush();
    assert.equal(folders.text("2026-11-21.csv"), line);
    assert.deepEqual(folders.names(), ["2026-11-21.csv"]);
    assert.equal(folders.text("spool", folders.spoolDir), null);
    assert.deepEqual(await journal.dates(), ["2026-11-21"]);
    assert.deepEqual(await journal.readDay("2026-11-21"), kept);
    assert.deepEqual(journal.status(), {
      ok: true,
      since: folders.clock.nowMs(),
      detail: "",
      waiting: 0,
    });
  });
}

Deno.test("a clock that is set moves the time since when the disk takes readings", async () => {
  await using folders = new JournalFolders();
  const journal = await folders.opened();
  folders.clock.pass(60_000);
  folders.clock.set("2026-11-21T15:00:00Z");
  assert.equal(journal.status().since, at("2026-11-21T14:59:00Z"));
});

Deno.test("a flush takes every reading appended before it, awaited or not, also while another one is at work", async () => {
  await using folders = new JournalFolders();
  const journal = await folders.opened();
  const expected: string[] = [];
  const flushes: Promise<void>[] = [];
  for (let watts = 0; watts < 50; watts++) {
    folders.clock.pass(5_000);
    const reading = folders.clock.reading(watts);
    expected.push(`${reading.at},${watts}\n`);
    journal.append(reading);
    flushes.push(journal.flush());
    if (watts % 7 === 0) {
      await flushes.at(-1);
      assert.equal(folders.text("2026-11-21.csv"), expected.join(""));
    }
  }
  await Promise.all(flushes);
  assert.equal(folders.text("2026-11-21.csv"), expected.join(""));
});

Deno.test("a flush moves each reading to its own local day, on days of 23 and 25 hours too", async () => {
  for (
    const [wall, days] of [
      ["2026-03-28T22:59:55Z", { "2026-03-28": 1, "2026-03-29": 23 * 720, "2026-03-30": 4 }],
      ["2026-10-24T21:59:55Z", { "2026-10-24": 1, "2026-10-25": 25 * 720, "2026-10-26": 4 }],
    ] as const
  ) {
    await using folders = new JournalFolders({ wall });
    const journal = await folders.opened();
    const count = Object.values(days).reduce((sum, one) => sum + one);
    const appended: Promise<void>[] = [];
    for (let watts = 0; watts < count; watts++) {
      appended.push(journal.append(folders.clock.reading(watts)));
      folders.clock.pass(5_000);
      if (watts % 1_000 === 0) await Promise.all(appended);
    }
    await journal.flush();
    assert.deepEqual(await journal.dates(), Object.keys(days));
    for (const [date, readings] of Object.entries(days)) {
      assert.equal((await journal.readDay(date)).readings.length, readings, date);
      assert.equal(folders.text(`${date}.csv`)!.split("\n").length - 1, readings);
    }
  }
});

Deno.test("days are those of the zone, wherever the machine is", async () => {
  for (
    const [timeZone, before, after] of [
      ["Asia/Kolkata", "2026-11-21", "2026-11-22"],
      ["America/Los_Angeles", "2026-11-21", "2026-11-21"],
      ["Pacific/Kiritimati", "2026-11-22", "2026-11-22"],
    ] as const
  ) {
    await using folders = new JournalFolders();
    const journal = await folders.opened({ timeZone });
    folders.clock.set("2026-11-21T18:29:59.9Z");
    await journal.append(folders.clock.reading(1));
    folders.clock.set("2026-11-21T18:30:00Z");
    await journal.append(folders.clock.reading(2));
    await journal.flush();
    assert.deepEqual(await journal.dates(), [...new Set([before, after])], timeZone);
    assert.equal((await journal.readDay(after)).readings.at(-1)?.watts, 2);
  }
});

Deno.test("a clock that steps over midnight, forth and back, keeps arrival order and each reading in its own day", async () => {
  await using folders = new JournalFolders({ wall: "2026-11-21T22:59:50Z" });
  const journal = await folders.opened();
  const steps = [
    null,
    "2026-11-24T08:00:00Z",
    null,
    "2026-11-21T22:59:58Z",
    null,
    "2026-11-20T10:00:00Z",
  ];
  for (const [watts, step] of steps.entries()) {
    if (step === null) folders.clock.pass(5_000);
    else folders.clock.set(step);
    await journal.append(folders.clock.reading(watts));
    if (watts === 3) await journal.flush();
  }
  await journal.flush();
  const line = (wall: string, watts: number) => `${at(wall)},${watts}\n`;
  assert.deepEqual(await journal.dates(), ["2026-11-20", "2026-11-21", "2026-11-22", "2026-11-24"]);
  assert.equal(folders.text("2026-11-20.csv"), line("2026-11-20T10:00:00Z", 5));
  assert.equal(
    folders.text("2026-11-21.csv"),
    line("2026-11-21T22:59:55Z", 0) + line("2026-11-21T22:59:58Z", 3),
  );
  assert.equal(folders.text("2026-11-22.csv"), line("2026-11-21T23:00:03Z", 4));
  assert.equal(
    folders.text("2026-11-24.csv"),
    line("2026-11-24T08:00:00Z", 1) + line("2026-11-24T08:00:05Z", 2),
  );
});

Deno.test("the file is in arrival order, what is read in the order of times; the same time counts once and the first stays", async () => {
  await using folders = new JournalFolders();
  const journal = await folders.opened();
  for (const watts of [1, 2, 3]) {
    await journal.append(folders.clock.reading(watts));
    folders.clock.pass(5_000);
  }
  await journal.flush();
  folders.clock.set("2026-11-21T11:59:55Z"); // back: the same times come again, with other watts but one
  for (const watts of [4, 5, 2]) {
    await journal.append(folders.clock.reading(watts));
    folders.clock.pass(5_000);
  }
  const expected = {
    readings: [[-5, 4], [0, 1], [5, 2], [10, 3]].map(([s, watts]) => (
      { at: at("2026-11-21T12:00:00Z") + 1000 * s!, watts: watts! }
    )),
    conflicts: 1,
    bad: 0,
    others: 0,
  };
  assert.deepEqual(await journal.readDay("2026-11-21"), expected); // the later ones still in the spool
  await journal.flush();
  assert.deepEqual(await journal.readDay("2026-11-21"), expected);
  const watts = folders.text("2026-11-21.csv")!.split("\n").map((line) => line.split(",")[1]);
  assert.deepEqual(watts.slice(0, -1), ["1", "2", "3", "4", "5", "2"]);
});
