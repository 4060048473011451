import { deepEqual, equal, match, rejects, throws } from "node:assert/strict";
import { lowerPin, openPin } from "../lib/alarm/gpio.ts";
import { ABSENT, PinError } from "../lib/alarm/pin_error.ts";
import { SystemError } from "../lib/libc.ts";
import { KernelGpio, type KernelGpioOptions } from "./support/kernel_gpio.ts";
import { VirtualClock } from "./support/virtual_clock.ts";

const ROOT = "/sys/class/gpio";

/** A machine with the kernel's GPIO. */
function machine(change: Partial<KernelGpioOptions> = {}) {
  const clock = new VirtualClock(0);
  const files = new KernelGpio({ clock, ...change });
  return {
    clock,
    files,
    /** Takes pin 17, letting so much time pass. */
    async open(ms = 1500, bcm = 17) {
      const opening = openPin({ root: ROOT, bcm, files, clock });
      opening.catch(() => {});
      await clock.advance(ms);
      return await opening;
    },
  };
}

/** The sentence by which a pin is refused. */
async function refused(change: Partial<KernelGpioOptions>, bcm = 17): Promise<PinError> {
  let refusal: unknown;
  await machine(change).open(1500, bcm).catch((error) => refusal = error);
  if (!(refusal instanceof PinError)) throw new Error(`not refused: ${refusal}`);
  return refusal;
}

for (
  const [label, base] of [["pinctrl-bcm2835", 512], ["pinctrl-bcm2711", 458], ["pinctrl-rp1", 569]]
) {
  Deno.test(`a pin of a ${label} whose lines begin at ${base} is found, and low from the start`, async () => {
    const { files, open } = machine({ label: String(label), base: Number(base) });
    const pin = await open();
    deepEqual([...files.lines.keys()], [Number(base) + 17]);
    equal(files.volts(17), 0);
    pin.set(true);
    equal(files.volts(17), 1);
    pin.set(false);
    equal(files.volts(17), 0);
  });
}

Deno.test("udev's delay is waited out, while other work goes on", async () => {
  const { clock, files } = machine({ udevMs: 100 });
  let isOpen = false;
  const opening = openPin({ root: ROOT, bcm: 17, files, clock }).then(() => isOpen = true);
  await clock.advance(90);
  equal(isOpen, false);
  await clock.advance(40);
  await opening;
  equal(files.volts(17), 0);
});

Deno.test("after a second it is no delay any more, but a missing permission", async () => {
  const refusal = await refused({ udevMs: Infinity });
  match(refusal.message, /Pin 17 may not be used: add the user to the gpio group/);
});

Deno.test("without permission to export, the remedy is told at once", async () => {
  const { clock, open } = machine({ isForbidden: true });
  await rejects(open(0), /add the user to the gpio group/);
  equal(clock.monoMs(), 0);
});

Deno.test("an export that a killed process left behind, high and upside down, is taken over and low", async () => {
  const { files, clock, open } = machine({ udevMs: 0 });
  files.write(`${ROOT}/export`, "529");
  files.write(`${ROOT}/gpio529/active_low`, "1");
  files.write(`${ROOT}/gpio529/direction`, "high");
  equal(files.volts(17), 1);
  const pin = await open();
  equal(files.volts(17), 0);
  pin.set(true);
  equal(files.volts(17), 1);
  equal(clock.monoMs(), 1500);
});

Deno.test("a pin that another driver holds is refused with the remedy", async () => {
  const { message, code } = await refused({ busy: [17] });
  match(message, /Pin 17 is held by another driver or program/);
  equal(code, "EBUSY");
});

Deno.test("a machine without a Raspberry Pi's pins says so, and is told from a fault", async () => {
  const { message, code } = await refused({ label: "INT33FC:00" });
  match(message, /no pins of a Raspberry Pi at \/sys\/class\/gpio/);
  equal(code, ABSENT);
  const { files, clock } = machine();
  await rejects(openPin({ root: "/nowhere", bcm: 17, files, clock }), { code: ABSENT });
});

Deno.test("a pin that the chip does not have is refused", async () => {
  match((await refused({}, 60)).message, /Pin 60 does not exist/);
});

Deno.test("a second one of this program is refused, and leaves the first its level", async () => {
  const { files, open } = machine();
  const first = await open();
  first.set(true);
  await rejects(open(), /Pin 17 is in use by another MCCE: stop that one first/);
  equal(files.volts(17), 1);
  equal(files.openFiles, 1);
  throws(() => lowerPin({ root: ROOT, bcm: 17, files }), /in use by another MCCE/);
  equal(files.volts(17), 1);
});

Deno.test("an orderly end leaves the pin low and unexported, and another may take it", async () => {
  const { files, open } = machine();
  const pin = await open();
  pin.set(true);
  files.writes.length = 0;
  pin.close();
  deepEqual(files.writes, ["gpio529/direction=low", "unexport=529"]);
  equal(files.openFiles, 0);
  await open();
});

Deno.test("a pin that becomes an input, or disappears, fails with a sentence; its end does not", async () => {
  const { files, open } = machine();
  const pin = await open();
  files.write(`${ROOT}/gpio529/direction`, "in");
  throws(() => pin.set(true), /Pin 17 has been made an input by another program/);
  files.write(`${ROOT}/unexport`, "529");
  throws(() => pin.set(true), PinError);
  pin.close();
  equal(files.openFiles, 0);
});

Deno.test("lowering what a killed process left behind: low, unexported, and nothing where there is nothing", async () => {
  const { files, open } = machine();
  await open();
  files.lines.get(529)!.lockedBy = null;
  files.write(`${ROOT}/gpio529/direction`, "high");
  files.writes.length = 0;
  lowerPin({ root: ROOT, bcm: 17, files });
  equal(files.writes[0], "gpio529/direction=low");
  equal(files.lines.size, 0);
  files.writes.length = 0;
  lowerPin({ root: ROOT, bcm: 17, files });
  deepEqual(files.writes, []);
  throws(() => lowerPin({ root: "/nowhere", bcm: 17, files }), { code: ABSENT });
});

Deno.test("the kernel that these tests stand on refuses as the real one", () => {
  const { files, clock } = machine({ udevMs: 100 });
  const refuses = (code: string, file: string, text: string) =>
    throws(
      () => files.write(`${ROOT}/${file}`, text),
      (error) => error instanceof SystemError && error.code === code,
      `${file}=${text}`,
    );
  refuses("EINVAL", "export", "17");
  refuses("EINVAL", "unexport", "529");
  files.write(`${ROOT}/export`, "529");
  refuses("EBUSY", "export", "529");
  refuses("EACCES", "gpio529/direction", "low");
  return clock.advance(100).then(() => {
    refuses("EPERM", "gpio529/value", "1");
    refuses("EINVAL", "gpio529/direction", "up");
    files.write(`${ROOT}/gpio529/direction`, "low");
    files.write(`${ROOT}/gpio529/value`, "1");
    equal(files.volts(17), 1);
  });
});
