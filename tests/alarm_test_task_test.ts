import { deepEqual, equal, match } from "node:assert/strict";
import { parseConfig } from "../lib/config.ts";
import { runAlarmTest } from "../lib/task/alarm_test.ts";
import { GpioTree } from "./support/gpio_tree.ts";
import "./support/libc_loaded.ts";

Deno.test("each rhythm is named and played in turn, and the pins are low in the end", async () => {
  using pins = new GpioTree();
  const config = parseConfig({ GPIO_ROOT: pins.root });
  const powered: boolean[] = [];
  const printed: string[] = [];
  let line = "";
  const watch = setInterval(() => {
    const isOn = pins.read(17, "value") === "1";
    if (isOn) powered[printed.indexOf(line)] = true;
  }, 5);
  await runAlarmTest(
    config,
    (text) => printed.push(line = text),
    new AbortController().signal,
    500,
  );
  clearInterval(watch);
  equal(printed.length, 5);
  match(printed[3]!, /^4 of 4: in the last minute/);
  deepEqual(powered, [true, true, true, true]);
  equal(pins.levels, "00");
  equal(Deno.readTextFileSync(`${pins.root}/unexport`), "530");
});
