import assert from "node:assert/strict";
import { openPort } from "../lib/meter/open_port.ts";
import { PortError } from "../lib/meter/port.ts";
import { openTcp } from "../lib/meter/tcp.ts";
import { readBytes } from "./support/read_bytes.ts";

/** A machine that shares its port: what it hears, and the connection to answer by. */
async function connected() {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const address = `tcp://127.0.0.1:${listener.addr.port}`;
  const [port, far] = await Promise.all([openPort(address), listener.accept()]);
  listener.close();
  return { port, far, address };
}

Deno.test("bytes go both ways as they are", async () => {
  const { port, far } = await connected();
  const reader = port.readable.getReader();
  const bytes = Uint8Array.from({ length: 256 }, (_, i) => i);
  await port.write(bytes);
  assert.deepEqual(await readBytes(far.readable.getReader(), 256), [...bytes]);
  await far.write(bytes);
  assert.deepEqual(await readBytes(reader, 256), [...bytes]);
  port.discard();
  await far.write(Uint8Array.of(1));
  assert.deepEqual(await readBytes(reader, 1), [1]);
  port.close();
  far.close();
});

Deno.test("a far end that closes is an unplugged port, for the read that waits and for every write", async () => {
  const { port, far, address } = await connected();
  const read = port.readable.getReader().read();
  far.close();
  await assert.rejects(read, (error) => {
    assert(error instanceof PortError);
    assert.equal(error.kind, "unplugged");
    assert(error.message.startsWith(`${address} has ended the connection: `));
    return true;
  });
  await assert.rejects(port.write(Uint8Array.of(1)), { kind: "unplugged" });
  port.close();
});

Deno.test("a far end that resets while nobody reads is noticed by the writes", async () => {
  const { port, far } = await connected();
  await port.write(Uint8Array.of(1)); // unread at the far end, so that its close is a reset
  await new Promise((resolve) => setTimeout(resolve, 10));
  far.close();
  await assert.rejects(async () => {
    for (;;) {
      await port.write(Uint8Array.of(1));
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }, { kind: "unplugged" });
  await assert.rejects(port.readable.getReader().read(), { kind: "unplugged" });
});

Deno.test("close ends a pending read, twice does nothing, and a write after it is refused", async () => {
  const { port, far } = await connected();
  const read = port.readable.getReader().read();
  port.close();
  port.close();
  assert.deepEqual(await read, { done: true, value: undefined });
  await assert.rejects(port.write(Uint8Array.of(1)), { kind: "failed", message: /is closed/ });
  far.close();
});

Deno.test("cancelling the stream closes the connection", async () => {
  const { port, far } = await connected();
  const reader = port.readable.getReader();
  const read = reader.read();
  await reader.cancel();
  assert.equal((await read).done, true);
  assert.equal(await far.read(new Uint8Array(1)), null);
  far.close();
});

Deno.test("a port where nothing listens is absent", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  await assert.rejects(openTcp(`tcp://127.0.0.1:${port}`), {
    kind: "absent",
    code: "ECONNREFUSED",
    message: new RegExp(`^Nothing listens at tcp://127.0.0.1:${port}: start ser2net`),
  });
});

Deno.test("a host that no name leads to is absent", async () => {
  await assert.rejects(openTcp("tcp://meter.invalid:2000"), {
    kind: "absent",
    message: /^tcp:\/\/meter\.invalid:2000 cannot be reached: check the host's name/,
  });
});

/** A port at which no connection is answered any more, as at a machine that is off: the kernel's queue is full. */
async function unanswering(): Promise<Disposable & { readonly address: string }> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0, tcpBacklog: 1 });
  const { port } = listener.addr;
  const queued = await Promise.all([Deno.connect({ port }), Deno.connect({ port })]);
  return {
    address: `tcp://127.0.0.1:${port}`,
    [Symbol.dispose]() {
      for (const open of [...queued, listener]) open.close();
    },
  };
}

Deno.test("a host that never answers is given up", async () => {
  using far = await unanswering();
  await assert.rejects(openTcp(far.address), {
    kind: "absent",
    code: "ETIMEDOUT",
    message: /does not answer/,
  });
});

Deno.test("a connection that is no longer wanted is given up at once", async () => {
  using far = await unanswering();
  const stop = new AbortController();
  const opened = openPort(far.address, stop.signal);
  await new Promise((resolve) => setTimeout(resolve, 10));
  stop.abort();
  await assert.rejects(opened, stop.signal.reason);
  await assert.rejects(openPort(far.address, stop.signal), stop.signal.reason);
});

Deno.test("a connection that cannot be set up does not stay open", async () => {
  const { port, far } = await connected();
  const connection = Object.getPrototypeOf(far);
  const { setNoDelay } = connection;
  connection.setNoDelay = () => {
    throw new Error("no such option");
  };
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  try {
    await assert.rejects(openTcp(`tcp://127.0.0.1:${listener.addr.port}`), { kind: "absent" });
    (await listener.accept()).close(); // our side, left open, is what the resource sanitizer would tell
  } finally {
    connection.setNoDelay = setNoDelay;
    port.close();
    far.close();
  }
});

Deno.test("an address by IPv6 literal is understood", async () => {
  await assert.rejects(openTcp("tcp://[::1]:1"), (error) => {
    assert(error instanceof PortError);
    // Refused, or no IPv6 on this machine; a literal taken for a name would have no errno.
    assert.notEqual(error.code, null);
    return error.kind === "absent";
  });
});
