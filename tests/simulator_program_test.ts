import assert from "node:assert/strict";
import "./support/libc_loaded.ts";
import { openSerial } from "../lib/meter/serial.ts";
import type { SentReply } from "../lib/meter/simulator/simulated_meter.ts";
import { askMeter, wattsOf } from "./support/ask_meter.ts";

const PROGRAM = new URL("../lib/meter/simulator.ts", import.meta.url);

function run(...args: string[]): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: ["run", "--no-prompt", "--allow-ffi", "--allow-read", "--allow-write", PROGRAM.pathname]
      .concat(args),
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

async function inFolder(use: (link: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await use(`${folder}/meter`);
    assert.deepEqual([...Deno.readDirSync(folder)], []);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

/** Standard output a line at a time. */
async function* linesOf(child: Deno.ChildProcess): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const bytes of child.stdout) {
    const lines = (rest + decoder.decode(bytes, { stream: true })).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
}

Deno.test("the program obeys its standard input, line by line, and quits with nothing left", async () => {
  await inFolder(async (link) => {
    const child = run("--link", link, "--fast", "--seed", "3", "--zone", "Europe/Rome");
    const lines = linesOf(child);
    const input = child.stdin.getWriter();
    const say = (text: string) => input.write(new TextEncoder().encode(text));
    assert.match((await lines.next()).value, /^ready; commands: /);

    const port = openSerial(link);
    const house = wattsOf(await askMeter(port));
    assert(house >= 30 && house <= 9000, `${house} W`);
    await say("watts 3333\nnonsense\nreplies\n");
    const [first] = JSON.parse((await lines.next()).value) as SentReply[];
    assert.equal(first?.watts, house);
    assert.equal(wattsOf(await askMeter(port)), 3333);

    const read = port.readable.getReader().read();
    await say("unplug\nreplug\nreplies\n");
    await assert.rejects(read, { kind: "unplugged" });
    assert.equal((JSON.parse((await lines.next()).value) as SentReply[]).length, 2);
    const anew = openSerial(link);
    assert.equal(wattsOf(await askMeter(anew)), 3333);
    await anew.readable.cancel();

    await say("quit\n");
    assert.equal((await child.status).code, 0);
    assert.equal((await lines.next()).done, true);
    await input.close().catch(() => {}); // the far end may have gone first
    const complaints = await new Response(child.stderr).text();
    assert.match(complaints, /^"nonsense" is no command; there are: .*\n$/);
  });
});

Deno.test("the end of its input leaves it running; SIGINT and SIGTERM end it with the link gone", async () => {
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    await inFolder(async (link) => {
      const child = run("--link", link);
      const lines = linesOf(child);
      await child.stdin.close();
      await lines.next();
      openSerial(link).close();
      child.kill(signal);
      const { code, signal: killedBy } = await child.status;
      assert.deepEqual([code, killedBy], [0, null]);
      await child.stderr.cancel();
      assert.equal((await lines.next()).done, true);
    });
  }
});

Deno.test("bad use and a link that cannot be made exit with a sentence", async () => {
  const cases = [[[], /^usage: /], [["--link", "/"], /^\/ is not a link/]] as const;
  for (const [args, sentence] of cases) {
    const child = run(...args);
    await child.stdin.close();
    const { code, stderr } = await child.output();
    assert.equal(code, 2);
    assert.match(new TextDecoder().decode(stderr), sentence);
  }
});

Deno.test("as a worker it takes the same commands by message", async () => {
  await inFolder(async (link) => {
    const worker = new Worker(PROGRAM, { type: "module" });
    const answer = () =>
      new Promise<unknown>((resolve) => worker.onmessage = ({ data }) => resolve(data));
    const ask = (message: unknown) => {
      const answered = answer();
      worker.postMessage(message);
      return answered;
    };
    assert.deepEqual(await ask({ link, fast: true }), { ready: true });
    assert.match(JSON.stringify(await ask("nonsense")), /"error":".*is no command/);
    worker.postMessage("watts 1234");
    assert.deepEqual(await ask("replies"), { replies: [] });
    const port = openSerial(link);
    assert.equal(wattsOf(await askMeter(port)), 1234);
    await port.readable.cancel();
    assert.deepEqual(await ask("quit"), { quit: true });
    worker.terminate();
  });
});
