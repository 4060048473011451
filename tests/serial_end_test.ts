import assert from "node:assert/strict";
import "./support/libc_loaded.ts";
import { openSerial } from "../lib/meter/serial.ts";
import { Pty } from "../lib/meter/simulator/pty.ts";

Deno.test("an unplugged cable ends the read that waits and every write", async () => {
  const pty = new Pty();
  const port = openSerial(pty.path);
  const read = port.readable.getReader().read();
  pty.close();
  await assert.rejects(read, { kind: "unplugged", message: /plug the meter's USB cable in again/ });
  await assert.rejects(port.write(Uint8Array.of(1)), { kind: "unplugged" });
  port.discard();
  port.close();
});

Deno.test("a cable unplugged while nobody reads is noticed by the next read or write", async () => {
  for (const notice of ["read", "write"] as const) {
    const pty = new Pty();
    const port = openSerial(pty.path);
    pty.close();
    const reader = port.readable.getReader();
    if (notice === "write") {
      await assert.rejects(port.write(Uint8Array.of(1)), { kind: "unplugged", code: "EIO" });
    }
    await assert.rejects(reader.read(), { kind: "unplugged" });
  }
});

Deno.test("close ends a pending read, twice does nothing, and a write after it is refused", async () => {
  const pty = new Pty();
  const port = openSerial(pty.path);
  const read = port.readable.getReader().read();
  port.close();
  port.close();
  assert.deepEqual(await read, { done: true, value: undefined });
  await assert.rejects(port.write(Uint8Array.of(1)), { kind: "failed", message: /is closed/ });
  pty.close();
});

Deno.test("a port that nobody reads ends its stream on close", async () => {
  const pty = new Pty();
  const port = openSerial(pty.path);
  port.close();
  assert.equal((await port.readable.getReader().read()).done, true);
  pty.close();
});

Deno.test("a write that nobody takes ends when the port is closed or unplugged", async () => {
  for (const end of ["closed", "unplugged"] as const) {
    const pty = new Pty();
    const port = openSerial(pty.path);
    const written = port.write(new Uint8Array(60_000));
    if (end === "closed") port.close();
    else pty.close();
    await assert.rejects(written, { kind: end === "closed" ? "failed" : "unplugged" });
    port.close();
    pty.close();
  }
});

Deno.test("a close drops what the line has not sent: a real one would make it wait", async () => {
  const pty = new Pty();
  const port = openSerial(pty.path);
  const written = port.write(new Uint8Array(60_000));
  port.close();
  await assert.rejects(written, { kind: "failed" });
  const next = openSerial(pty.path);
  const end = next.write(Uint8Array.of(7));
  let count = 0;
  for (let bytes = new Uint8Array(); !bytes.includes(7); count += bytes.length) {
    bytes = await pty.read() ?? bytes;
  }
  await end;
  await next.readable.cancel();
  pty.close();
  // The kernel's buffer of the far side (N_TTY_BUF_SIZE) has arrived there; more had been taken from us.
  assert(count <= 4096, `${count} bytes were sent`);
});

Deno.test("50 rounds of close, unplug and failure leave no descriptor; an unplug gives it back at once", async () => {
  const script = new URL("./support/serial_cycles.ts", import.meta.url).pathname;
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "--allow-ffi", script],
  }).output();
  assert.equal(new TextDecoder().decode(stderr), "");
  const { fewestGivenBack, grown } = JSON.parse(new TextDecoder().decode(stdout));
  // Deno now and then opens a pair of its own.
  assert(grown < 10, `${grown} more descriptors`);
  // The tty and the eventfd of the port; the two sides and the eventfd of the far end.
  assert(fewestGivenBack >= 5, `${fewestGivenBack} descriptors given back at once`);
});
