// What an earlier process left behind, however it ended.
import assert from "node:assert/strict";
import { formatLine } from "../lib/store/journal_lines.ts";
import { at, JournalFolders } from "./support/journal_folders.ts";

const NOON = at("2026-11-21T12:00:00Z");
const reading = (i: number) => ({ at: NOON + 5_000 * i, watts: 100 + i });
const readings = (count: number) => Array.from({ length: count }, (_, i) => reading(i));
const lines = (from: number, to: number) => readings(to).slice(from).map(formatLine).join("");

Deno.test("both files in both folders are taken in at the start", async () => {
  await using folders = new JournalFolders();
  folders.write("spool.flushing", lines(0, 1));
  folders.write("spool", lines(1, 2));
  folders.write("spool.flushing", lines(2, 3), folders.spoolDir);
  folders.write("spool", lines(3, 4) + "17953", folders.spoolDir);
  assert.deepEqual((await folders.journal().readDay("2026-11-21")).readings, readings(4));
  const journal = await folders.opened();
  assert.equal(folders.text("2026-11-21.csv"), lines(0, 4));
  assert.deepEqual(folders.names(), ["2026-11-21.csv"]);
  assert.deepEqual(folders.names(folders.spoolDir), []);
  assert.deepEqual((await journal.readDay("2026-11-21")).readings, readings(4));
});

Deno.test("what cannot be taken in at the start is tried again with each flush", async () => {
  await using folders = new JournalFolders();
  folders.write("spool", lines(0, 1));
  folders.write("spool.flushing", lines(1, 2), folders.spoolDir);
  await Deno.mkdir(`${folders.journalDir}/journal.lock`);
  const journal = await folders.opened();
  const { ok, detail } = journal.status();
  assert.equal(ok, false);
  assert.match(detail, /journal\.lock: .*directory.*; readings rest in the spool$/);
  await journal.append({ ...reading(2), monoMs: 0 });
  assert.equal(folders.text("spool", folders.spoolDir), lines(2, 3));
  assert.deepEqual((await journal.readDay("2026-11-21")).readings, readings(3));
  await Deno.remove(`${folders.journalDir}/journal.lock`);
  await journal.flush();
  assert.equal(folders.text("2026-11-21.csv"), lines(0, 3));
  assert.deepEqual(folders.names(), ["2026-11-21.csv"]);
  assert.deepEqual(folders.names(folders.spoolDir), []);
  assert.equal(journal.status().ok, true);
});

Deno.test("a process that dies at any byte of a flush, up to the removal of what was flushed, leaves each reading once", async () => {
  const whole = lines(0, 4);
  for (let cut = 0; cut <= whole.length - lines(0, 1).length; cut++) {
    await using folders = new JournalFolders();
    folders.write("2026-11-21.csv", whole.slice(0, lines(0, 1).length + cut));
    folders.write("spool.flushing", lines(1, 4), folders.spoolDir);
    folders.write("spool", lines(4, 6), folders.spoolDir);
    assert.deepEqual((await folders.journal().readDay("2026-11-21")).readings, readings(6));
    const journal = await folders.opened();
    assert.deepEqual(await journal.readDay("2026-11-21"), {
      readings: readings(6),
      conflicts: 0,
      bad: 0,
      others: 0,
    });
  }
});

Deno.test("a flush over several days that one of them refuses takes back what it appended, and succeeds later", async () => {
  await using folders = new JournalFolders();
  const journal = await folders.opened();
  const before = at("2026-11-21T22:59:55Z");
  const text = [-1, 0, 1, 17_281].map((i) => `${before + 5_000 * i},${i + 1}\n`);
  folders.write("2026-11-21.csv", text[0]!);
  folders.write("spool", `odd\n${text.slice(1).join("")}`, folders.spoolDir);
  await Deno.mkdir(`${folders.journalDir}/2026-11-23.csv`);
  for (let attempt = 0; attempt < 3; attempt++) {
    await journal.flush();
    assert.match(journal.status().detail, /2026-11-23\.csv: .*directory/);
    assert.deepEqual(folders.names(), ["2026-11-21.csv", "2026-11-23.csv"]);
    assert.equal(folders.text("2026-11-21.csv"), text[0]);
    assert.equal((await journal.readDay("2026-11-22")).readings.length, 1);
  }
  await Deno.remove(`${folders.journalDir}/2026-11-23.csv`);
  await journal.flush();
  assert.equal(journal.status().ok, true);
  assert.equal(folders.text("2026-11-21.csv"), `${text[0]}${text[1]}`);
  assert.equal(folders.text("2026-11-22.csv"), text[2]);
  assert.equal(folders.text("2026-11-23.csv"), text[3]);
  assert.equal(folders.text("2026-11-23.bad"), "odd\n");
});

Deno.test("a spool that has grown for weeks is moved piece by piece, and a refusal half-way is not given the same again", async () => {
  await using folders = new JournalFolders();
  const count = 200_000; // 3.6 MB, 11 days
  folders.write("spool", lines(0, count), folders.spoolDir);
  await Deno.mkdir(`${folders.journalDir}/2026-11-24.csv`, { recursive: true });
  const journal = await folders.opened();
  const size = (name: string, folder: string) => Deno.statSync(`${folder}/${name}`).size;
  const left = size("spool.flushing", folders.spoolDir);
  assert(left < 0.8 * lines(0, count).length, `${left} bytes are left`);
  const sizes = () => folders.names().map((name) => size(name, folders.journalDir));
  const moved = sizes();
  await journal.append({ ...reading(count), monoMs: 0 });
  await journal.flush();
  assert.deepEqual(sizes(), moved);
  assert.equal(size("spool.flushing", folders.spoolDir), left);
  assert.equal((await journal.readDay("2026-11-30")).readings.length, 17_280);
  assert.equal((await journal.readDay("2026-11-22")).readings.length, 17_280);

  await Deno.remove(`${folders.journalDir}/2026-11-24.csv`);
  await journal.flush();
  assert.deepEqual(folders.names(folders.spoolDir), []);
  const kept = folders.names().flatMap((name) => folders.text(name)!.split("\n").slice(0, -1));
  assert.equal(kept.length, count + 1);
  assert.deepEqual(kept.sort(), lines(0, count + 1).split("\n").slice(0, -1).sort());
});

Deno.test("a stop ends a flush between two pieces, and the next one goes on from there", async () => {
  await using folders = new JournalFolders();
  const journal = await folders.opened();
  const count = 150_000;
  folders.write("spool", lines(0, count), folders.spoolDir);
  const stop = new AbortController();
  const flush = journal.flush(stop.signal);
  const left = () => folders.text("spool.flushing", folders.spoolDir)?.length ?? 0;
  while (folders.names().length === 0) await new Promise((resolve) => setTimeout(resolve));
  stop.abort();
  await flush;
  assert(left() > 0 && left() < lines(0, count).length);
  assert.equal(journal.status().ok, true);
  await journal.flush(stop.signal);
  assert(left() > 0);
  await journal.flush();
  assert.deepEqual(folders.names(folders.spoolDir), []);
  const kept = folders.names().map((name) => folders.text(name)!.split("\n").length - 1);
  assert.equal(kept.reduce((sum, one) => sum + one), count);
});

Deno.test("megabytes of damage without a line's end cost the readings around them nothing", async () => {
  await using folders = new JournalFolders();
  const damage = new Uint8Array(2_500_000).fill(0x37);
  const before = new TextEncoder().encode(lines(0, 2));
  const after = new TextEncoder().encode(`\n${lines(2, 4)}`);
  const bytes = new Uint8Array([...before, ...damage, ...after]);
  folders.write("spool", bytes, folders.spoolDir);
  assert.deepEqual((await folders.journal().readDay("2026-11-21")).readings, readings(4));
  const journal = await folders.opened();
  assert.equal(journal.status().ok, true);
  assert.deepEqual((await journal.readDay("2026-11-21")).readings, readings(4));
  assert.deepEqual(folders.names(folders.spoolDir), []);
});
