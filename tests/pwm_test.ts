import { deepEqual, equal, match, ok, rejects, throws } from "node:assert/strict";
import type { PinError } from "../lib/alarm/pin_error.ts";
import { lowerPwm, openPwmTone } from "../lib/alarm/pwm.ts";
import { sweepHz } from "../lib/alarm/sweep.ts";
import { KernelPwm } from "./support/kernel_pwm.ts";
import { VirtualClock } from "./support/virtual_clock.ts";

const { chipPath } = KernelPwm;

/** A machine with the kernel's PWM. */
function machine(udevMs?: number) {
  const clock = new VirtualClock(0);
  const files = new KernelPwm(clock, udevMs);
  const faults: PinError[] = [];
  const onFault = (error: PinError) => faults.push(error);
  const open = async (channel = 0) => {
    const opening = openPwmTone({ chipPath, channel, files, clock, onFault });
    opening.catch(() => {});
    await clock.advance(1200);
    return await opening;
  };
  return { clock, files, faults, open };
}

Deno.test("the siren sweeps from 2 to 5 kHz and back, without a jump", () => {
  equal(sweepHz(0), 2000);
  equal(sweepHz(300), 5000);
  equal(sweepHz(600), 2000);
  for (let ms = 0; ms < 2000; ms += 5) {
    ok(sweepHz(ms) >= 2000 && sweepHz(ms) <= 5000);
    ok(Math.abs(sweepHz(ms + 5) - sweepHz(ms)) <= 51);
  }
});

Deno.test("a channel is exported, tuned after udev's delay, and silent until it is to sound", async () => {
  const { files, open } = machine();
  await open();
  deepEqual([...files.channels.keys()], [0]);
  equal(files.channels.get(0)?.enable, 0);
  deepEqual(files.heard, []);
});

Deno.test("it sounds by the kernel, sweeping over the whole band, until it is stopped", async () => {
  const { clock, files, open } = machine();
  const tone = await open();
  tone.start();
  equal(files.channels.get(0)?.enable, 1);
  await clock.advance(1200);
  tone.start();
  await clock.advance(100);
  ok(Math.min(...files.heard) < 2100 && Math.max(...files.heard) > 4900);
  const jumps = files.heard.slice(1).map((hz, i) => Math.abs(hz - files.heard[i]!));
  ok(Math.max(...jumps) <= 250);
  tone.stop();
  equal(files.channels.get(0)?.enable, 0);
  const heard = files.heard.length;
  await clock.advance(1000);
  equal(files.heard.length, heard);
  tone.start();
  await tone.close();
  equal(files.channels.size, 0);
});

Deno.test("a channel that a killed process left sounding, at a lower tone, is taken over silent", async () => {
  const { files, open } = machine(0);
  files.write(`${chipPath}/export`, "0");
  files.write(`${chipPath}/pwm0/period`, "1000000000");
  files.write(`${chipPath}/pwm0/duty_cycle`, "900000000");
  files.write(`${chipPath}/pwm0/enable`, "1");
  await open();
  deepEqual({ ...files.channels.get(0), atMs: 0 }, {
    period: 500_000,
    duty_cycle: 250_000,
    enable: 0,
    atMs: 0,
  });
});

Deno.test("what is refused is told with its remedy", async () => {
  await rejects(machine().open(7), /PWM channel .*pwmchip0:7 does not exist on this machine/);
  await rejects(machine(Infinity).open(), /add the user to the gpio group/);
  const { files, clock } = machine();
  const nowhere = { chipPath: "/sys/class/pwm/pwmchip9", channel: 0, files, clock };
  await rejects(openPwmTone({ ...nowhere, onFault() {} }), /pwmchip9:0 does not exist/);
});

Deno.test("a channel that fails while it sounds is told once", async () => {
  const { clock, files, faults, open } = machine();
  const tone = await open();
  tone.start();
  files.broken = 5;
  await clock.advance(200);
  equal(faults.length, 1);
  match(faults[0]!.message, /cannot be driven \(EIO\)/);
  await tone.close();
});

Deno.test("lowering ends what a killed process left sounding, and does nothing where there is nothing", () => {
  const { files } = machine(0);
  const where = { chipPath, channel: 0, files };
  lowerPwm(where);
  files.write(`${chipPath}/export`, "0");
  // Exported, but never tuned.
  lowerPwm(where);
  equal(files.channels.size, 0);
  files.write(`${chipPath}/export`, "0");
  files.write(`${chipPath}/pwm0/period`, "200000");
  files.write(`${chipPath}/pwm0/enable`, "1");
  const channel = files.channels.get(0);
  lowerPwm(where);
  equal(channel?.enable, 0);
  equal(files.channels.size, 0);
  throws(() => lowerPwm({ ...where, chipPath: "/nowhere" }), /does not exist/);
});
