import assert from "node:assert/strict";
import fc from "fast-check";
import { again, createLog, type LastingFault, logLine, type LogOutput } from "../lib/log.ts";
import { anyText } from "./support/any_text.ts";

function recorded(level: "debug" | "info" | "warn" | "error", output: Partial<LogOutput> = {}) {
  const lines: string[] = [];
  const log = createLog(level, {
    write: (line) => lines.push(line),
    nowMs: () => Date.parse("2026-11-23T00:40:49.123Z"),
    ...output,
  });
  return { log, lines };
}

Deno.test("an event is a line with its time, level, sentence and fields", () => {
  const { log, lines } = recorded("info");
  log.info("The meter answers.", { port: "/dev/ttyUSB0", after: 3, name: "my house", empty: "" });
  log.error("The disk is full.");
  assert.deepEqual(lines, [
    '2026-11-23T00:40:49.123Z info The meter answers. port=/dev/ttyUSB0 after=3 name="my house" empty=""\n',
    "2026-11-23T00:40:49.123Z error The disk is full.\n",
  ]);
});

Deno.test("in systemd's journal a line starts with its priority", () => {
  const { log, lines } = recorded("debug", { journald: true });
  log.debug("d");
  log.info("i");
  log.warn("w");
  log.error("e");
  assert.deepEqual(lines, ["<7>d\n", "<6>i\n", "<4>w\n", "<3>e\n"]);
});

Deno.test("what is less urgent than the level is not written", () => {
  for (const [level, expected] of [["debug", 5], ["info", 4], ["warn", 3], ["error", 1]] as const) {
    const { log, lines } = recorded(level);
    log.debug("d");
    log.info("i");
    log.warn("w");
    log.error("e");
    log.lasting("key", "l");
    assert.equal(lines.length, expected, level);
  }
});

Deno.test("whatever an event holds, it is one line that no terminal obeys", () => {
  assert.equal(
    logLine("a\nb", { c: "d\r\n<3>e", f: "\x1b[2J" }),
    'a\\nb c="d\\r\\n<3>e" f=\\u001b[2J',
  );
  fc.assert(fc.property(anyText, fc.dictionary(anyText, anyText), (sentence, fields) => {
    assert.match(logLine(sentence, fields), /^[^\p{Cc}\u2028\u2029]*$/u);
  }));
});

Deno.test("a fault that lasts is told at once, then once a minute with its count", () => {
  let mono = 5_000;
  const { log, lines } = recorded("info", { journald: true, monoMs: () => mono });
  for (let second = 0; second <= 150; second += 5) {
    mono = 5_000 + second * 1000;
    log.lasting("disk", "The disk is full.", { waiting: second });
    if (second === 20) log.lasting("pin", "The pin is held.");
  }
  assert.deepEqual(lines, [
    "<4>The disk is full. waiting=0\n",
    "<4>The pin is held.\n",
    "<4>The disk is full. waiting=60 count=12\n",
    "<4>The disk is full. waiting=120 count=12\n",
  ]);
});

Deno.test("the end of a lasting fault is told when its newest time was", () => {
  let mono = 0;
  const { log, lines } = recorded("info", { journald: true, monoMs: () => mono });
  log.over("meter", "The meter answers.");
  // It comes and goes every 20 s, then stays away.
  for (let i = 0; i < 5; i++) {
    log.lasting("meter missing", "The meter is gone.");
    mono += 10_000;
    log.over("meter", "The meter answers.");
    mono += 10_000;
  }
  log.lasting("meter silent", "The meter is silent.");
  log.over("meter", "The meter answers.");
  log.over("store", "The disk has room.");
  assert.deepEqual(lines, [
    "<6>The meter answers.\n",
    "<4>The meter is gone.\n",
    "<6>The meter answers.\n",
    "<4>The meter is gone. count=3\n",
    "<6>The meter answers.\n",
    "<4>The meter is silent.\n",
    "<6>The meter answers.\n",
    "<6>The disk has room.\n",
  ]);
});

Deno.test("every time a lasting fault came is counted once, and no two lines lie within a minute", () => {
  const gaps = fc.array(fc.integer({ min: 0, max: 90_000 }), { minLength: 1 });
  fc.assert(fc.property(gaps, (gaps) => {
    let monoMs = 0;
    let fault: LastingFault | undefined;
    let lastToldMs = -Infinity;
    let sum = 0;
    for (const gap of gaps) {
      monoMs += gap;
      const next = again(fault, monoMs);
      fault = next.fault;
      if (next.told === null) continue;
      assert.ok(monoMs - lastToldMs >= 60_000);
      lastToldMs = monoMs;
      sum += next.told;
    }
    assert.equal(sum + (fault?.untold ?? 0), gaps.length);
  }));
});

Deno.test("the log goes to standard error, and a reader that has gone away is no harm", async () => {
  const script = `
    import { createLog } from ${JSON.stringify(import.meta.resolve("../lib/log.ts"))};
    const log = createLog("info", { journald: true });
    log.info("first");
    await Deno.stdin.read(new Uint8Array(1));
    log.info("second");
    console.log("still here");
  `;
  const child = new Deno.Command(Deno.execPath(), {
    args: ["eval", "--no-lock", script],
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const reader = child.stderr.getReader();
  const first = await reader.read();
  assert.equal(new TextDecoder().decode(first.value), "<6>first\n");
  await reader.cancel();
  await child.stdin.close();
  assert.equal((await new Response(child.stdout).text()).trim(), "still here");
  assert.equal((await child.status).code, 0);
});
