import { equal } from "node:assert/strict";
import "./support/libc_loaded.ts";
import { makeMemorySaver } from "../lib/spare_memory.ts";
import { eventually } from "./support/eventually.ts";

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

Deno.test("what is due waits for the loop's next turn, and is done once", async () => {
  let times = 0;
  const collector = globalThis as { gc?: () => void };
  const own = collector.gc;
  collector.gc = () => times++;
  try {
    const memory = makeMemorySaver();
    memory.turned();
    memory.due();
    memory.due();
    equal(times, 0);
    memory.turned();
    memory.turned();
    await eventually("the garbage collector", () => times > 0);
    equal(times, 1);
  } finally {
    if (own) collector.gc = own;
    else delete collector.gc;
  }
});
