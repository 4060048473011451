import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { PinError } from "../lib/alarm/pin_error.ts";
import { openPin, type Pin } from "../lib/alarm/gpio.ts";
import { threadTone } from "../lib/alarm/tone_thread.ts";
import { systemClock as clock } from "../lib/clock.ts";
import { sysfs } from "../lib/sysfs.ts";
import { eventually } from "./support/eventually.ts";
import { GpioTree } from "./support/gpio_tree.ts";
import "./support/libc_loaded.ts";

/** Deno checks the types of the thread's program first, as it does in tests only. */
const PATIENCE_MS = 30_000;

/** The tone pin on real files, and whether it is being written to. */
async function tonePin() {
  const tree = new GpioTree();
  const pin = await openPin({ root: tree.root, bcm: 18, files: sysfs, clock });
  const sounds = async () => {
    const before = tree.writtenMs(18);
    await new Promise((resolve) => setTimeout(resolve, 30));
    return tree.writtenMs(18) !== before;
  };
  return { tree, pin, sounds, [Symbol.dispose]: () => tree[Symbol.dispose]() };
}

const unexpected = (error: PinError) => {
  throw error;
};
const untold = () => {};

Deno.test("a tone sounds until it is stopped, again and again, and ends with the pin low", async () => {
  using house = await tonePin();
  const tone = threadTone(house.pin, unexpected, untold);
  for (let i = 0; i < 3; i++) {
    tone.start();
    await eventually("a tone", house.sounds, PATIENCE_MS);
    tone.stop();
    await eventually("silence", async () => !await house.sounds());
    equal(house.tree.read(18, "value"), "0");
  }
  tone.start();
  await tone.close();
  equal(house.tree.read(18, "value"), "0");
  equal(await house.sounds(), false);
});

Deno.test("prepared and put to rest in any order it still sounds when it is to", async () => {
  using house = await tonePin();
  const tone = threadTone(house.pin, unexpected, untold);
  for (const action of ["rest", "prepare", "prepare", "rest", "rest", "stop", "prepare"] as const) {
    tone[action]();
  }
  tone.start();
  tone.prepare();
  await eventually("a tone", house.sounds, PATIENCE_MS);
  tone.rest();
  await eventually("silence", async () => !await house.sounds());
  tone.start();
  await eventually("a tone again", house.sounds);
  await tone.close();
});

Deno.test("a sound that waits for its thread is told to be late, and one that need not wait is not", async () => {
  using house = await tonePin();
  const latesMs: number[] = [];
  const tone = threadTone(house.pin, unexpected, (lateMs) => latesMs.push(lateMs));
  tone.start();
  tone.stop();
  tone.start();
  await eventually("a late tone", () => latesMs.length > 0, PATIENCE_MS);
  ok(latesMs[0]! > 0);
  await eventually("a tone", house.sounds);
  tone.stop();
  tone.start();
  await eventually("a tone again", house.sounds);
  equal(latesMs.length, 1);
  await tone.close();
});

Deno.test("a sound that nobody asks for again ends by itself, and begins anew when somebody does", async () => {
  using house = await tonePin();
  const tone = threadTone(house.pin, unexpected, untold, 300);
  for (let i = 0; i < 2; i++) {
    tone.start();
    await eventually("a tone", house.sounds, PATIENCE_MS);
    await eventually("silence", async () => !await house.sounds());
  }
  await tone.close();
});

Deno.test("closed before its thread has started at all, it is over", async () => {
  using house = await tonePin();
  const tone = threadTone(house.pin, unexpected, untold);
  tone.prepare();
  await tone.close();
});

Deno.test("a pin that refuses is told, and the end is in order", async () => {
  using house = await tonePin();
  const faults: PinError[] = [];
  const closed: string[] = [];
  const pin: Pin = { ...house.pin, fd: 0x7fff_fff0, close: () => closed.push("closed") };
  const tone = threadTone(pin, (error) => faults.push(error), untold);
  tone.start();
  await eventually("a fault", () => faults.length > 0, PATIENCE_MS);
  match(faults[0]!.message, /^Pin 18 cannot be driven \(EBADF\)/);
  tone.stop();
  await tone.close();
  deepEqual([faults.length, closed], [1, ["closed"]]);
  house.pin.close();
});
