import assert from "node:assert/strict";
import type { Reading } from "../lib/reading.ts";
import { formatLine } from "../lib/store/journal_lines.ts";
import { leftSpoolPaths, Spool, spoolPath } from "../lib/store/spool.ts";

interface Place {
  readonly folder: string;
  readonly spool: Spool;
  /** What the file holds, `null` when there is none. */
  readonly text: () => string | null;
}

async function withSpool(test: (place: Place) => Promise<void>, most = 100): Promise<void> {
  const folder = await Deno.makeTempDir();
  const spool = new Spool(folder, most, () => 0);
  const text = () => {
    try {
      return Deno.readTextFileSync(spool.path);
    } catch {
      return null;
    }
  };
  try {
    await test({ folder, spool, text });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const readings = (count: number, from = 0): Reading[] =>
  Array.from({ length: count }, (_, i) => ({ at: 1000 * (from + i), watts: from + i }));
const lines = (some: readonly Reading[]) => some.map(formatLine).join("");

Deno.test("a reading is in the file when append resolves, behind those before it", () =>
  withSpool(async ({ spool, text }) => {
    for (const [i, reading] of readings(5).entries()) {
      await spool.append(reading);
      assert.equal(text(), lines(readings(i + 1)));
      assert.deepEqual(spool.waiting, []);
    }
    assert.equal(spool.problem, null);
    assert.equal(spool.busySinceMs, null);
  }));

Deno.test("readings that come at once are written in their order, in as few writes as there is memory for", () =>
  withSpool(async ({ spool, text }) => {
    await Promise.all(readings(2_500).map((reading) => spool.append(reading)));
    assert.equal(text(), lines(readings(2_500)));
    assert.equal(spool.dropped, 0);
  }, 2_500));

Deno.test("while the file is refused, readings wait in memory and the newest are kept; then they are written once", () =>
  withSpool(async ({ spool, text }) => {
    await Deno.mkdir(spool.path);
    for (const reading of readings(130)) await spool.append(reading);
    assert.match(spool.problem!, new RegExp(`^${spool.path}: .*directory`));
    assert.deepEqual(spool.waiting, readings(100, 30));
    assert.equal(spool.dropped, 30);
    await Deno.remove(spool.path);
    await spool.append({ at: 130_000, watts: 130 });
    // The hundred and first that waits costs the oldest its place before the write that follows at once.
    assert.equal(text(), lines(readings(100, 31)));
    assert.equal(spool.problem, null);
    assert.deepEqual(spool.waiting, []);
  }));

Deno.test("a folder that is deleted is made anew", () =>
  withSpool(async ({ folder, spool, text }) => {
    await spool.append({ at: 1000, watts: 1 });
    await Deno.remove(folder, { recursive: true });
    await spool.append({ at: 2000, watts: 2 });
    assert.equal(text(), "2000,2\n");
    assert.equal(spool.problem, null);
  }));

Deno.test("rotating moves all that was appended before, awaited or not, out of the way", () =>
  withSpool(async ({ spool, text }) => {
    await spool.append({ at: 1000, watts: 1 });
    spool.append({ at: 2000, watts: 2 });
    await spool.rotate();
    await spool.append({ at: 3000, watts: 3 });
    assert.equal(await Deno.readTextFile(spool.flushingPath), "1000,1\n2000,2\n");
    assert.equal(text(), "3000,3\n");
  }));

Deno.test("rotating leaves alone what an earlier flush has left, and does nothing without a spool", () =>
  withSpool(async ({ spool, text }) => {
    await spool.rotate();
    assert.equal(text(), null);
    await Deno.writeTextFile(spool.flushingPath, "1000,1\n");
    await spool.append({ at: 2000, watts: 2 });
    await spool.rotate();
    assert.equal(await Deno.readTextFile(spool.flushingPath), "1000,1\n");
    assert.equal(text(), "2000,2\n");
  }));

Deno.test("what the file refuses can be written elsewhere, and stays when that fails too", () =>
  withSpool(async ({ spool }) => {
    await Deno.mkdir(spool.path);
    for (const reading of readings(3)) await spool.append(reading);
    const failing = spool.writeElsewhere(() => Promise.reject(new Error("not there either")));
    await assert.rejects(failing, /not there either/);
    assert.deepEqual(spool.waiting, readings(3));
    let written: readonly Reading[] = [];
    await spool.writeElsewhere(async (refused) => {
      spool.append({ at: 3000, watts: 3 });
      await Promise.resolve();
      written = refused;
    });
    assert.deepEqual(written, readings(3));
    assert.deepEqual(spool.waiting, readings(1, 3));
    await spool.append({ at: 4000, watts: 4 });
    assert.deepEqual(spool.waiting, readings(2, 3));
  }));

Deno.test("with nothing refused nothing is written elsewhere, not even what waits for its turn", () =>
  withSpool(async ({ spool, text }) => {
    await spool.append({ at: 1000, watts: 1 });
    const elsewhere = spool.writeElsewhere(() => Promise.reject(new Error("called")));
    await Promise.all([elsewhere, spool.append({ at: 2000, watts: 2 })]);
    assert.equal(text(), "1000,1\n2000,2\n");
  }));

Deno.test("a torn line of an earlier process costs the next reading nothing", () =>
  withSpool(async ({ folder, spool, text }) => {
    await Deno.writeTextFile(spoolPath(folder), "1000,1\n2000,");
    await spool.append({ at: 3000, watts: 3 });
    assert.equal(text(), "1000,1\n3000,3\n");
  }));

Deno.test("files may be left in either folder, and the service's own spool is not among them", () => {
  assert.deepEqual(leftSpoolPaths("/run", "/data"), [
    "/data/spool.flushing",
    "/data/spool",
    "/run/spool.flushing",
  ]);
  assert.deepEqual(leftSpoolPaths("/data", "/data"), ["/data/spool.flushing"]);
});
