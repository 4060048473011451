import assert from "node:assert/strict";
import { appendLines, takeBack } from "../lib/store/append.ts";
import { diskTest, SmallDisk } from "./support/small_disk.ts";

async function inFolder(test: (folder: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await test(folder);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name);

for (const durable of [false, true]) {
  Deno.test(`lines go behind those that are there, in a folder and file made for them (durable: ${durable})`, () =>
    inFolder(async (folder) => {
      const path = `${folder}/a/b/file`;
      assert.equal(await appendLines(path, "10,1\n20,2\n", { durable }), 0);
      assert.equal(await appendLines(path, "30,3\n", { durable }), 10);
      assert.equal(await appendLines(path, "", { durable }), 15);
      assert.equal(await Deno.readTextFile(path), "10,1\n20,2\n30,3\n");
    }));
}

Deno.test("a torn last line, cut at any byte, is cut off first, and no whole line with it", () =>
  inFolder(async (folder) => {
    const path = `${folder}/file`;
    const whole = "1795387800000,200\n1795387805000,1999\n1795387810000,7\n";
    for (let cut = 0; cut <= whole.length; cut++) {
      await Deno.writeTextFile(path, whole.slice(0, cut));
      const kept = whole.slice(0, whole.lastIndexOf("\n", cut - 1) + 1);
      const expected = cut === 0 ? "" : kept;
      assert.equal(await appendLines(path, "9,9\n", { durable: false }), expected.length);
      assert.equal(await Deno.readTextFile(path), `${expected}9,9\n`);
    }
  }));

Deno.test("a torn tail longer than what is read at once is cut off as well", () =>
  inFolder(async (folder) => {
    const path = `${folder}/file`;
    for (const length of [1, 4095, 4096, 4097, 8192, 100_000]) {
      await Deno.writeTextFile(path, `10,1\n${"\0".repeat(length)}`);
      assert.equal(await appendLines(path, "20,2\n", { durable: true }), 5);
      assert.equal(await Deno.readTextFile(path), "10,1\n20,2\n");
      await Deno.writeTextFile(path, "\0".repeat(length));
      assert.equal(await appendLines(path, "20,2\n", { durable: true }), 0);
      assert.equal(await Deno.readTextFile(path), "20,2\n");
    }
  }));

Deno.test("what was appended is taken back; a file that was not there goes", () =>
  inFolder(async (folder) => {
    const path = `${folder}/file`;
    await takeBack(path, await appendLines(path, "10,1\n", { durable: true }));
    assert.deepEqual(names(folder), []);
    await appendLines(path, "10,1\n", { durable: true });
    await takeBack(path, await appendLines(path, "20,2\n", { durable: true }));
    assert.equal(await Deno.readTextFile(path), "10,1\n");
    await takeBack(`${folder}/none`, 0);
    await takeBack(`${folder}/none`, 7);
    assert.deepEqual(names(folder), ["file"]);
  }));

Deno.test("what cannot be a file is refused with the system's own error", () =>
  inFolder(async (folder) => {
    await assert.rejects(appendLines(folder, "10,1\n", { durable: false }), { code: "EISDIR" });
    await Deno.writeTextFile(`${folder}/file`, "");
    const below = appendLines(`${folder}/file/below`, "10,1\n", { durable: false });
    await assert.rejects(below, { code: "ENOTDIR" });
  }));

diskTest(
  "on a full disk nothing of what was written in part stays, nor does an empty file",
  async () => {
    await using disk = await SmallDisk.mount(64);
    const path = `${disk.folder}/file`;
    const much = "1795387800000,200\n".repeat(1_000);
    await appendLines(path, "10,1\n", { durable: true });
    await disk.fill(8192);
    await assert.rejects(appendLines(path, much, { durable: true }), { code: "ENOSPC" });
    assert.equal(await Deno.readTextFile(path), "10,1\n");
    await assert.rejects(appendLines(`${disk.folder}/new`, much, { durable: true }), {
      code: "ENOSPC",
    });
    assert.deepEqual(names(disk.folder).sort(), ["file", "filler"]);
    await appendLines(path, "20,2\n", { durable: true });
    await disk.free();
    await appendLines(path, much, { durable: true });
    assert.equal(await Deno.readTextFile(path), `10,1\n20,2\n${much}`);
  },
);

diskTest("a read-only disk refuses, and what lies on it stays, a torn tail included", async () => {
  await using disk = await SmallDisk.mount(64);
  const path = `${disk.folder}/file`;
  await Deno.writeTextFile(path, "10,1\n20,");
  await disk.readOnly(true);
  await assert.rejects(appendLines(path, "30,3\n", { durable: true }), { code: "EROFS" });
  assert.equal(await Deno.readTextFile(path), "10,1\n20,");
  await disk.readOnly(false);
  await appendLines(path, "30,3\n", { durable: true });
  assert.equal(await Deno.readTextFile(path), "10,1\n30,3\n");
});
