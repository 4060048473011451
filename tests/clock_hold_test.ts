import assert from "node:assert/strict";
import type { Journal } from "../lib/store/journal.ts";
import { isClockSynchronised } from "../lib/store/clock_hold.ts";
import { JournalFolders } from "./support/journal_folders.ts";

/** What network time makes of the stale clock: three hours and a bit. */
const STEP_MS = 10_812_340;

/** A journal on a machine whose clock is not set yet. */
async function unsynchronised(folders: JournalFolders): Promise<Journal> {
  folders.isSynchronised = false;
  return await folders.opened();
}

/** Appends readings 5 s apart; gives the times that they really have, by the clock as it will be set. */
async function append(folders: JournalFolders, journal: Journal, count: number): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    folders.clock.pass(5_000);
    times.push(Math.round((folders.clock.nowMs() + STEP_MS) / 100) * 100);
    await journal.append(folders.clock.reading(times.at(-1)! % 9_973));
  }
  return times;
}

function synchronise(folders: JournalFolders): void {
  folders.clock.wallMs += STEP_MS;
  folders.isSynchronised = true;
}

async function assertKept(journal: Journal, times: readonly number[]): Promise<void> {
  const { readings, conflicts } = await journal.readDay("2026-11-21");
  assert.deepEqual(readings, times.map((at) => ({ at, watts: at % 9_973 })));
  assert.equal(conflicts, 0);
}

Deno.test("the clock counts as set unless systemd-timesyncd runs and has not set it", async () => {
  const folder = await Deno.makeTempDir();
  try {
    assert.equal(await isClockSynchronised(`${folder}/timesync`), true);
    await Deno.mkdir(`${folder}/timesync`);
    assert.equal(await isClockSynchronised(`${folder}/timesync`), false);
    await Deno.writeTextFile(`${folder}/timesync/clock`, "");
    assert.equal(await isClockSynchronised(`${folder}/timesync`), false);
    await Deno.writeTextFile(`${folder}/timesync/synchronized`, "");
    assert.equal(await isClockSynchronised(`${folder}/timesync`), true);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("readings wait while the clock is not set, and have their right times when it is", async () => {
  await using folders = new JournalFolders();
  const journal = await unsynchronised(folders);
  const times = await append(folders, journal, 3);
  await journal.flush();
  assert.deepEqual(await journal.dates(), []);
  assert.deepEqual(folders.names(folders.spoolDir), ["spool.held.boot-1"]);
  times.push(...await append(folders, journal, 2));
  await assertKept(journal, []);
  assert.equal(journal.status().ok, true);
  synchronise(folders);
  folders.clock.pass(5_000);
  await journal.append(folders.clock.reading(folders.clock.reading(0).at % 9_973));
  times.push(folders.clock.reading(0).at);
  await assertKept(journal, times);
  assert.deepEqual(folders.stamped.map(({ readings, late }) => [readings.length, late]), [[
    6,
    false,
  ]]);
  await journal.flush();
  await assertKept(journal, times);
  assert.deepEqual(folders.names(), ["2026-11-21.csv"]);
  assert.deepEqual(folders.names(folders.spoolDir), []);
});

Deno.test("a reading keeps the time of its reply, however late it comes to the hold and whatever the clock does meanwhile", async () => {
  await using folders = new JournalFolders();
  const journal = await unsynchronised(folders);
  const first = folders.clock.reading(1);
  folders.clock.pass(700);
  folders.clock.wallMs -= 3_600_000; // someone sets it by hand, wrongly
  await journal.append(first);
  folders.clock.pass(300);
  folders.clock.set("2026-11-21T15:00:01.0Z");
  folders.isSynchronised = true;
  await journal.flush();
  const { readings } = await journal.readDay("2026-11-21");
  assert.deepEqual(readings, [{ at: Date.parse("2026-11-21T15:00:00Z"), watts: 1 }]);
});

Deno.test("the clock once set, a flush stamps what waits though the meter has gone silent", async () => {
  await using folders = new JournalFolders();
  const journal = await unsynchronised(folders);
  const times = await append(folders, journal, 3);
  synchronise(folders);
  await journal.flush();
  await assertKept(journal, times);
  assert.deepEqual(await journal.dates(), ["2026-11-21"]);
});

Deno.test("after ten minutes readings are stamped as the clock stands, and that is told", async () => {
  for (const isFlush of [false, true]) {
    await using folders = new JournalFolders();
    const journal = await unsynchronised(folders);
    const times = (await append(folders, journal, 120)).map((at) =>
      Math.round((at - STEP_MS) / 100) * 100
    );
    await journal.flush();
    assert.deepEqual(folders.stamped, []);
    folders.clock.pass(5_000);
    const last = { ...folders.clock.reading(7), at: folders.clock.nowMs() };
    if (isFlush) await journal.flush();
    else await journal.append(last);
    const { readings } = await journal.readDay("2026-11-21");
    assert.deepEqual(readings.slice(0, 120).map(({ at }) => at), times);
    assert.equal(readings.length, isFlush ? 120 : 121);
    assert.deepEqual(folders.stamped.map(({ late }) => late), [true]);
    await journal.append(folders.clock.reading(8)); // from now on as on any machine
    assert.equal(folders.text("spool", folders.spoolDir)?.endsWith(",8\n"), true);
  }
});

Deno.test("a process that dies while readings wait leaves them to the next one, which goes on waiting", async () => {
  for (const isLongGone of [false, true]) {
    await using folders = new JournalFolders();
    const times = await append(folders, await unsynchronised(folders), 3);
    const second = await folders.opened();
    await assertKept(second, []);
    times.push(...await append(folders, second, 3));
    if (isLongGone) folders.clock.pass(3_600_000);
    synchronise(folders);
    const third = await folders.opened();
    await assertKept(third, times);
    assert.deepEqual(folders.stamped.map(({ late }) => late), [isLongGone]);
    assert.deepEqual(folders.names(folders.spoolDir), []);
  }
});

Deno.test("readings of another start of the machine, whose clock nobody set, keep the time that it showed, and that is told", async () => {
  await using folders = new JournalFolders({ spool: "in the journal's" });
  const times = (await append(folders, await unsynchronised(folders), 3)).map((at) => at - STEP_MS);
  for (const isSynchronised of [false, true]) {
    folders.isSynchronised = isSynchronised;
    const journal = await folders.opened({ hold: folders.hold({ bootId: "boot-2" }) });
    const { readings } = await journal.readDay("2026-11-21");
    assert.deepEqual(readings.map(({ at }) => at), times.map((at) => Math.round(at / 100) * 100));
    assert.deepEqual(folders.names(), ["2026-11-21.csv"]);
  }
  assert.deepEqual(folders.stamped.map(({ readings, late }) => [readings.length, late]), [[
    3,
    true,
  ]]);
});

Deno.test("a machine that stops in order keeps what waits, though the spool's folder goes with it", async () => {
  for (const bootId of ["boot-1", "boot-2"]) {
    await using folders = new JournalFolders();
    const first = await unsynchronised(folders);
    const times = await append(folders, first, 3);
    await first.flush();
    times.push(...await append(folders, first, 2));
    await first.flush();
    await Deno.remove(folders.spoolDir, { recursive: true });
    folders.isSynchronised = bootId === "boot-1";
    if (folders.isSynchronised) synchronise(folders);
    const second = await folders.opened({ hold: folders.hold({ bootId }) });
    await second.flush();
    const expected = times.map((at) =>
      bootId === "boot-1" ? at : Math.round((at - STEP_MS) / 100) * 100
    );
    const { readings } = await second.readDay("2026-11-21");
    assert.deepEqual(readings.map(({ at }) => at), expected);
    assert.deepEqual(folders.names(), ["2026-11-21.csv"]);
  }
});

Deno.test("damaged files of held readings cost what is damaged", async () => {
  await using folders = new JournalFolders();
  const at = folders.clock.nowMs();
  const line = `100000,${at},5\n`;
  folders.write("spool.held.boot-0", `odd\n${line}100005,${at + 5_000},6`, folders.spoolDir);
  folders.write("spool.held.boot-9.x", line, folders.spoolDir);
  folders.write("spool.held.", line, folders.spoolDir);
  await Deno.mkdir(`${folders.spoolDir}/spool.held.boot-8`);
  const journal = await folders.opened();
  assert.deepEqual((await journal.readDay("2026-11-21")).readings, [{ at, watts: 5 }]);
  assert.deepEqual(folders.names(folders.spoolDir), [
    "spool.held.",
    "spool.held.boot-8",
    "spool.held.boot-9.x",
  ]);
  assert.equal(journal.status().ok, true);
});
