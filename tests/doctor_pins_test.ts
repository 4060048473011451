import { deepEqual, equal, ok } from "node:assert/strict";
import "./support/machine_calls_loaded.ts";
import { parseConfig } from "../lib/config.ts";
import { mayUse } from "../lib/doctor/file_status.ts";
import { type PinView, readBuzzer } from "../lib/doctor/pin_facts.ts";
import { sysfs } from "../lib/sysfs.ts";
import { GpioTree } from "./support/gpio_tree.ts";

const VIEW: PinView = {
  files: sysfs,
  mayWrite: (path) => mayUse(path, "write"),
  lockedBy: () => null,
};

function alarm(env: Record<string, string>) {
  return parseConfig(env).alarm;
}

/** All files of the tree with what they hold. */
function contents(root: string): string[] {
  return [...Deno.readDirSync(root)].flatMap(({ name, isDirectory }) =>
    isDirectory
      ? contents(`${root}/${name}`)
      : [`${root}/${name}: ${Deno.readTextFileSync(`${root}/${name}`)}`]
  ).sort();
}

Deno.test("pins are found by the chip's label, and looking changes none of their files", () => {
  using tree = new GpioTree();
  const before = contents(tree.root);
  const facts = readBuzzer(alarm({ GPIO_ROOT: tree.root }), VIEW);
  ok(facts?.hasChip && facts.mayExport);
  deepEqual(facts.pins, [
    { name: "power pin 17", holder: null, isDenied: false },
    { name: "tone pin 18", holder: null, isDenied: false },
  ]);
  deepEqual(contents(tree.root), before);
});

Deno.test("who has locked a pin is asked for with the pin's own file", () => {
  using tree = new GpioTree();
  const other = { pid: 77, name: "siren", unit: null };
  const lockedBy = (path: string) => path === `${tree.root}/gpio530/value` ? other : null;
  const facts = readBuzzer(alarm({ GPIO_ROOT: tree.root }), { ...VIEW, lockedBy });
  deepEqual(facts?.pins.map(({ holder }) => holder), [null, other]);
});

Deno.test("a pin that is not handed out is nobody's, one that may not be written is denied", () => {
  using tree = new GpioTree();
  Deno.removeSync(`${tree.root}/gpio529`, { recursive: true });
  const facts = readBuzzer(alarm({ GPIO_ROOT: tree.root }), { ...VIEW, mayWrite: () => false });
  equal(facts?.mayExport, false);
  deepEqual(facts.pins.map(({ isDenied }) => isDenied), [false, true]);
});

Deno.test("without the chip of a Raspberry Pi there are no pins, and without a buzzer nothing is looked at", () => {
  const facts = readBuzzer(alarm({ GPIO_ROOT: "/nowhere" }), VIEW);
  deepEqual([facts?.hasChip, facts?.mayExport, facts?.pins], [false, false, []]);
  equal(readBuzzer(alarm({ ALARM_GPIO: "off" }), VIEW), null);
});

Deno.test("with PWM the tone has its channel instead of a pin", () => {
  using tree = new GpioTree();
  const chip = `${tree.root}/pwmchip0`;
  const read = (channel: number) =>
    readBuzzer(alarm({ GPIO_ROOT: tree.root, ALARM_PWM: `${chip}:${channel}` }), VIEW);
  equal(read(0)?.pwm?.channels, null);
  Deno.mkdirSync(chip);
  Deno.writeTextFileSync(`${chip}/npwm`, "2\n");
  Deno.writeTextFileSync(`${chip}/export`, "");
  const facts = read(1);
  deepEqual(facts?.pins.map(({ name }) => name), ["power pin 17"]);
  deepEqual(facts.pwm, { name: `${chip}:1`, channels: 2, channel: 1, mayExport: true });
});
