import { deepEqual, equal, throws } from "node:assert/strict";
import { lowerPin, openPin } from "../lib/alarm/gpio.ts";
import { systemClock as clock } from "../lib/clock.ts";
import { SystemError } from "../lib/libc.ts";
import { sysfs } from "../lib/sysfs.ts";
import { GpioTree } from "./support/gpio_tree.ts";
import "./support/libc_loaded.ts";

Deno.test("a folder's names are listed, however many", async () => {
  const folder = await Deno.makeTempDir();
  const names = Array.from({ length: 400 }, (_, i) => `gpio${"x".repeat(i % 200)}${i}`);
  for (const name of names) Deno.writeTextFileSync(`${folder}/${name}`, "");
  deepEqual(sysfs.list(folder).sort(), names.sort());
  await Deno.remove(folder, { recursive: true });
});

Deno.test("folders of /sys and /proc are listed, which Deno refuses to do itself", () => {
  equal(sysfs.list("/proc/self").includes("status"), true);
  equal(sysfs.read("/proc/self/comm").includes("\n"), false);
  throws(() => sysfs.list("/nowhere"), { code: "ENOENT" });
  throws(() => sysfs.list("/proc/version"), { code: "ENOTDIR" });
  throws(() => sysfs.write("/proc/version", "1"), SystemError);
});

Deno.test("a text takes the place of a longer one, and a file that is not there is not made", async () => {
  const path = await Deno.makeTempFile();
  await Deno.writeTextFile(path, "longer");
  sysfs.write(path, "low");
  equal(await Deno.readTextFile(path), "low");
  await Deno.remove(path);
  throws(() => sysfs.write(path, "low"), { code: "ENOENT" });
});

Deno.test("an open file is written from its start each time, and locked against others", async () => {
  const path = await Deno.makeTempFile();
  const file = sysfs.open(path);
  for (const text of ["1", "0", "1"]) file.write(text);
  equal(await Deno.readTextFile(path), "1");
  equal(file.lock(), true);
  const other = sysfs.open(path);
  equal(other.lock(), false);
  file.close();
  equal(other.lock(), true);
  other.close();
  await Deno.remove(path);
});

Deno.test("a pin on real files: low, high, low; and one that is left high is lowered", async () => {
  using tree = new GpioTree();
  Deno.writeTextFileSync(`${tree.root}/gpio529/value`, "1");
  const pin = await openPin({ root: tree.root, bcm: 17, files: sysfs, clock });
  equal(Deno.readTextFileSync(`${tree.root}/export`), "529");
  equal(tree.read(17, "direction"), "low");
  pin.set(true);
  equal(tree.read(17, "value"), "1");
  pin.set(false);
  equal(tree.read(17, "value"), "0");
  throws(() => lowerPin({ root: tree.root, bcm: 17, files: sysfs }), /in use by another MCCE/);
  pin.close();
  equal(Deno.readTextFileSync(`${tree.root}/unexport`), "529");
  lowerPin({ root: tree.root, bcm: 17, files: sysfs });
});
