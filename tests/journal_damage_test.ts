// Files of the journal that another process, a power cut or a person has left odd.
import assert from "node:assert/strict";
import { readJournalDay } from "../lib/store/journal_day.ts";
import { at, JournalFolders } from "./support/journal_folders.ts";

const quiet = { readings: [], conflicts: 0, bad: 0, others: 0 };

Deno.test("bad lines of a spool go to the day's .bad file and never fail the flush", async () => {
  await using folders = new JournalFolders();
  const junk = new Uint8Array([0xff, 0xfe, 0x00, 0x0a]);
  const text = new TextEncoder().encode(`${at("2026-11-20T12:00:00Z")},1\nrubbish\n`);
  folders.write("spool", Uint8Array.of(...junk, ...text), folders.spoolDir);
  const journal = await folders.opened();
  assert.equal(folders.text("2026-11-20.csv"), `${at("2026-11-20T12:00:00Z")},1\n`);
  assert.equal(folders.text("2026-11-20.bad"), "\ufffd\ufffd\0\nrubbish\n");
  assert.deepEqual(folders.names(), ["2026-11-20.bad", "2026-11-20.csv"]);
  assert.equal(journal.status().ok, true);
  folders.write("spool", "nothing\nbut rubbish\n", folders.spoolDir);
  await journal.flush();
  assert.equal(folders.text("2026-11-21.bad"), "nothing\nbut rubbish\n");
  assert.deepEqual(await journal.readDay("2026-11-21"), quiet);
});

Deno.test("bad lines of a day's own file are counted, and cost no reading", async () => {
  await using folders = new JournalFolders();
  const line = `${at("2026-11-21T12:00:00Z")},1\n`;
  folders.write(
    "2026-11-21.csv",
    `x\n${line}1,\n${"\0".repeat(100_000)}\n${line}${line.slice(0, -2)}`,
  );
  const journal = await folders.opened();
  const { readings, bad } = await journal.readDay("2026-11-21");
  assert.deepEqual(readings, [{ at: at("2026-11-21T12:00:00Z"), watts: 1 }]);
  assert.equal(bad, 3);
});

Deno.test("the journal's dates are those of its day files alone", async () => {
  await using folders = new JournalFolders();
  const journal = folders.journal();
  assert.deepEqual(await journal.dates(), []);
  for (
    const name of [
      "2026-11-21.csv",
      "2026-11-03.csv",
      "2026-11-21.bad",
      "2026-02-30.csv",
      "x.csv",
      "2026-11-21.csv.new",
    ]
  ) {
    folders.write(name, "");
  }
  assert.deepEqual(await journal.dates(), ["2026-11-03", "2026-11-21"]);
});

Deno.test("after TIME_ZONE has changed, days are read by the new zone at once, and their files follow with the next start", async () => {
  await using folders = new JournalFolders();
  const inRome = await folders.opened();
  const walls = [
    "2026-11-20T23:30:00Z",
    "2026-11-21T12:00:00Z",
    "2026-11-21T22:30:00Z",
    "2026-11-21T23:30:00Z",
  ];
  for (const [watts, wall] of walls.entries()) {
    folders.clock.set(wall);
    await inRome.append(folders.clock.reading(watts));
  }
  await inRome.flush();
  folders.write("2026-11-21.csv", `${folders.text("2026-11-21.csv")}odd\n`);
  assert.deepEqual(await inRome.dates(), ["2026-11-21", "2026-11-22"]);

  const timeZone = "Atlantic/Azores"; // an hour behind UTC
  const place = { journalDir: folders.journalDir, spoolDir: folders.spoolDir, timeZone };
  const wattsOf = async (date: string) =>
    (await readJournalDay(place, date)).readings.map(({ watts }) => watts);
  const expectDays = async () => {
    assert.deepEqual(await wattsOf("2026-11-20"), [0]);
    assert.deepEqual(await wattsOf("2026-11-21"), [1, 2, 3]);
    assert.deepEqual(await wattsOf("2026-11-22"), []);
  };
  await expectDays();
  const inAzores = await folders.opened({ timeZone });
  await expectDays();
  assert.deepEqual(await inAzores.dates(), ["2026-11-20", "2026-11-21"]);
  assert.deepEqual(folders.names(), ["2026-11-20.csv", "2026-11-21.bad", "2026-11-21.csv"]);
  assert.equal(folders.text("2026-11-20.csv"), `${at(walls[0]!)},0\n`);
  assert.equal(folders.text("2026-11-21.bad"), "odd\n");
  await folders.opened({ timeZone });
  await expectDays();
});

Deno.test("a day's file that goes, once its readings are kept elsewhere, leaves what is not that day's", async () => {
  await using folders = new JournalFolders();
  const journal = await folders.opened();
  const own = `${at("2026-11-20T12:00:00Z")},1\n`;
  const stray = `${at("2026-11-14T12:00:00Z")},2\n`;
  folders.write("2026-11-20.csv", `${own}${stray}odd\n`);
  await journal.removeDay("2026-11-20");
  assert.deepEqual(folders.names(), ["2026-11-14.csv", "2026-11-20.bad"]);
  assert.equal(folders.text("2026-11-14.csv"), stray);
  assert.equal(folders.text("2026-11-20.bad"), "odd\n");
  await journal.removeDay("2026-11-20");
  assert.deepEqual(folders.names(), ["2026-11-14.csv", "2026-11-20.bad"]);
});

Deno.test("files that vanish, and the folders themselves, cost what was in them and nothing after", async () => {
  for (const spool of ["own folder", "in the journal's"] as const) {
    await using folders = new JournalFolders({ spool });
    const journal = await folders.opened();
    await journal.append(folders.clock.reading(1));
    await Deno.remove(`${folders.spoolDir}/spool`);
    await journal.flush();
    await Deno.remove(folders.spoolDir, { recursive: true });
    if (spool === "own folder") await Deno.remove(folders.journalDir, { recursive: true });
    assert.deepEqual(await journal.readDay("2026-11-21"), quiet);
    assert.deepEqual(await journal.dates(), []);
    await journal.append(folders.clock.reading(2));
    assert.equal(journal.status().ok, true);
    await journal.flush();
    assert.equal(folders.text("2026-11-21.csv"), `${folders.clock.nowMs()},2\n`);
    assert.equal(journal.status().ok, true);
  }
});
