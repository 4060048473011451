import { equal } from "node:assert/strict";
import "./support/libc_loaded.ts";
import { makeMemorySaver, type MemorySaver } from "../lib/spare_memory.ts";
import { eventually } from "./support/eventually.ts";

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

Deno.test("memory that nothing uses any more goes back to the machine", async () => {
  const program = new URL("support/leave_garbage.ts", import.meta.url).pathname;
  const command = new Deno.Command(Deno.execPath(), {
    args: ["run", "-P=test", "--v8-flags=--expose-gc", program],
    cwd: new URL("../", import.meta.url),
  });
  const { code, stdout, stderr } = await command.output();
  equal(code, 0, new TextDecoder().decode(stderr));
  equal(new TextDecoder().decode(stdout), "given back\n");
});

/** Runs `body` with a garbage collector that only counts, and a clock that stands. */
async function withCollector(
  body: (saver: MemorySaver, house: { atMs: number; times: number }) => Promise<void>,
): Promise<void> {
  const house = { atMs: 0, times: 0 };
  const collector = globalThis as { gc?: () => void };
  const own = collector.gc;
  collector.gc = () => house.times++;
  try {
    await body(makeMemorySaver(() => house.atMs), house);
  } finally {
    if (own) collector.gc = own;
    else delete collector.gc;
  }
}

Deno.test("what a burst has left is cleaned after a turn of the loop, a quarter of a minute later at most", () =>
  withCollector(async (memory, house) => {
    memory.turned();
    house.atMs = 14_999;
    memory.turned();
    await sleep(250);
    equal(house.times, 0);
    house.atMs = 15_000;
    memory.turned();
    memory.turned();
    equal(house.times, 0);
    await eventually("the garbage collector", () => house.times > 0);
    await sleep(250);
    equal(house.times, 1);
  }));

Deno.test("a heap in which little has been left is not cleaned", () =>
  withCollector(async (memory, house) => {
    memory.now();
    equal(house.times, 1);
    house.atMs = 60_000;
    memory.turned();
    await sleep(250);
    equal(house.times, 1);
  }));
