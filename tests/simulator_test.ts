import assert from "node:assert/strict";
import "./support/libc_loaded.ts";
import { ReplyParser } from "../lib/meter/reply.ts";
import { openSerial } from "../lib/meter/serial.ts";
import { startSimulator } from "../lib/meter/simulator.ts";
import { FAULTS, withFault } from "../lib/meter/simulator/line_noise.ts";
import { encodeReply } from "../lib/meter/simulator/reply_encode.ts";
import type { SimulatedMeter, SimulatorOptions } from "../lib/meter/simulator/simulated_meter.ts";
import { ASK, askMeter, REPLY_BYTES, wattsOf } from "./support/ask_meter.ts";
import { readBytes } from "./support/read_bytes.ts";

const FAST = { baud: Infinity, replyDelayMs: 0 };

/** Runs `use` beside a meter that answers at once, and leaves nothing behind. */
async function withMeter(
  use: (meter: SimulatedMeter, link: string) => Promise<void>,
  options: Partial<SimulatorOptions> = {},
): Promise<void> {
  const folder = await Deno.makeTempDir();
  const link = `${folder}/meter`;
  const meter = startSimulator({ link, load: () => 1999, ...FAST, ...options });
  try {
    await use(meter, link);
  } finally {
    await meter.unplug();
    assert.deepEqual([...Deno.readDirSync(folder)], []);
    await Deno.remove(folder);
  }
}

Deno.test("the meter says nothing until asked, and answers the hello and the request as the protocol says", async () => {
  await withMeter(async (meter, link) => {
    const port = openSerial(link);
    await port.write(Uint8Array.of(0xaa, 0x00, 0x00, 0xad));
    const reader = port.readable.getReader();
    const hello = await readBytes(reader, 8);
    reader.releaseLock();
    assert.deepEqual(hello, [0xaa, 0xf0, 0x00, 0xad, 0x01, 0x00, 0x01, 0x00]);
    const reply = await askMeter(port);
    assert.equal(reply.length, REPLY_BYTES);
    assert.equal(wattsOf(reply), 1999);
    assert.equal(meter.goodReplies, 1);
    await port.readable.cancel();
  });
});

Deno.test("the origin's parser finds 1999 W of its channel 2 as cf07 between its two marks", async () => {
  await withMeter(async (_, link) => {
    const port = openSerial(link);
    const reply = await askMeter(port);
    assert.equal(/5330323232(.*?)31533033/.exec(reply.toHex())?.[1], "cf07");
    await port.readable.cancel();
  }, { channel: 2 });
});

Deno.test("a request cut in pieces, glued to another, or among other bytes is answered once each", async () => {
  await withMeter(async (meter, link) => {
    const port = openSerial(link);
    const reader = port.readable.getReader();
    for (const byte of ASK) await port.write(Uint8Array.of(byte));
    assert.equal((await readBytes(reader, REPLY_BYTES)).length, REPLY_BYTES);
    await port.write(Uint8Array.of(0xaa, 0x02, 0x55, 0xaa, ...ASK, 0x00, ...ASK, 0xaa));
    const two = await readBytes(reader, 2 * REPLY_BYTES);
    assert.equal(wattsOf(Uint8Array.from(two.slice(REPLY_BYTES))), 1999);
    assert.equal(meter.goodReplies, 3);
    await reader.cancel();
  });
});

Deno.test("at 9600 baud, and split, a reply comes in pieces and is the same", async () => {
  await withMeter(async (meter, link) => {
    const port = openSerial(link);
    const paced = await askMeter(port);
    meter.ways.split = true;
    const split = await askMeter(port);
    assert.deepEqual(split, paced);
    assert.equal(wattsOf(split), 1999);
    await port.readable.cancel();
  }, { baud: 9600 });
});

Deno.test("the log of answers tells what was sent, and the load is asked with the time", async () => {
  const asked: number[] = [];
  const load = (epochMs: number) => {
    asked.push(epochMs);
    return 1000 + asked.length;
  };
  await withMeter(async (meter, link) => {
    const port = openSerial(link);
    const before = Date.now();
    const seen = [wattsOf(await askMeter(port)), wattsOf(await askMeter(port))];
    meter.ways.watts = 7;
    seen.push(wattsOf(await askMeter(port)));
    assert.deepEqual(seen, [1001, 1002, 7]);
    assert.deepEqual(meter.replies.map(({ watts, fault }) => ({ watts, fault })), [
      { watts: 1001, fault: null },
      { watts: 1002, fault: null },
      { watts: 7, fault: null },
    ]);
    const times = [before, asked[0]!, meter.replies[0]!.at, asked[1]!, meter.replies[2]!.at];
    assert.deepEqual(times, times.toSorted((a, b) => a - b));
    await port.readable.cancel();
  }, { load });
});

Deno.test("a mute meter hears and stays silent", async () => {
  await withMeter(async (meter, link) => {
    const port = openSerial(link);
    meter.ways.mute = true;
    await port.write(ASK);
    await new Promise((resolve) => setTimeout(resolve, 50));
    meter.ways.mute = false;
    meter.ways.watts = 42;
    assert.equal(wattsOf(await askMeter(port)), 42);
    assert.equal(meter.replies.length, 1);
    await port.readable.cancel();
  });
});

Deno.test("a noisy meter sends each fault in turn, between replies without one", async () => {
  await withMeter(async (meter, link) => {
    const port = openSerial(link);
    meter.ways.noisy = true;
    for (let i = 0; i < FAULTS.length; i++) {
      await port.write(ASK);
      while (meter.replies.length === 2 * i) await new Promise((resolve) => setTimeout(resolve, 1));
      await new Promise((resolve) => setTimeout(resolve, 10)); // through the kernel's own queue
      port.discard();
      assert.equal(wattsOf(await askMeter(port)), 1999);
    }
    const sent = FAULTS.flatMap((fault) => [fault, null]);
    assert.deepEqual(meter.replies.map(({ fault }) => fault), sent);
    assert.equal(meter.goodReplies, FAULTS.length);
    await port.readable.cancel();
  });
});

Deno.test("no faulty reply gives the parser the power that was in it", () => {
  const whole = encodeReply([{ number: 1, id: [0x32, 0x32], watts: 1999, active: true }]);
  const mains = (bytes: Uint8Array<ArrayBuffer>) => {
    const [reply] = new ReplyParser().push(bytes);
    return reply?.kind === "right" ? reply.channels[0]?.watts : reply?.kind;
  };
  assert.equal(mains(whole), 1999);
  for (const fault of FAULTS) {
    for (const chance of [0, 0.3, 0.999]) {
      const watts = mains(withFault(whole, fault, 1, () => chance));
      assert.equal(watts, fault === "zero" ? 0 : fault === "cut" ? undefined : "wrong", fault);
    }
  }
});

Deno.test("unplug hangs up in the middle of a reply; replug answers under the same link", async () => {
  await withMeter(async (meter, link) => {
    for (let round = 0; round < 3; round++) {
      const port = openSerial(link);
      const reader = port.readable.getReader();
      await port.write(ASK);
      await reader.read();
      await meter.unplug();
      await assert.rejects(async () => {
        while (!(await reader.read()).done);
      }, { kind: "unplugged" });
      assert.throws(() => openSerial(link), { kind: "absent" });
      meter.replug();
    }
    assert.equal(meter.replies.length, 0);
    const port = openSerial(link);
    assert.equal((await askMeter(port)).length, REPLY_BYTES);
    await port.readable.cancel();
  }, { baud: 9600 });
});

Deno.test("a link's place that something else has is left alone", async () => {
  const folder = await Deno.makeTempDir();
  const link = `${folder}/meter`;
  try {
    await Deno.writeTextFile(link, "precious");
    assert.throws(() => startSimulator({ link, load: () => 1 }), /is not a link/);
    assert.equal(await Deno.readTextFile(link), "precious");
    await Deno.remove(link);
    await Deno.symlink("/dev/pts/left-by-a-crash", link);
    await startSimulator({ link, load: () => 1 }).unplug();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
