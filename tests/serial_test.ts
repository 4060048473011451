import assert from "node:assert/strict";
import "./support/libc_loaded.ts";
import { openPort } from "../lib/meter/open_port.ts";
import { PortError, serialError } from "../lib/meter/port.ts";
import { openSerial } from "../lib/meter/serial.ts";
import { Pty } from "../lib/meter/simulator/pty.ts";
import { readBytes } from "./support/read_bytes.ts";

const EVERY_BYTE = Uint8Array.from({ length: 256 }, (_, i) => i);

/** Everything the far side hears until `count` bytes have come. */
async function heard(pty: Pty, count: number): Promise<number[]> {
  const bytes: number[] = [];
  while (bytes.length < count) bytes.push(...await pty.read() ?? []);
  return bytes;
}

Deno.test("every byte value goes both ways unchanged, without echo", async () => {
  const pty = new Pty();
  const port = openSerial(pty.path);
  const reader = port.readable.getReader();
  try {
    await port.write(EVERY_BYTE);
    assert.deepEqual(await heard(pty, 256), [...EVERY_BYTE]);
    pty.write(EVERY_BYTE);
    assert.deepEqual(await readBytes(reader, 256), [...EVERY_BYTE]);
    await port.write(Uint8Array.of(7));
    assert.deepEqual(await heard(pty, 1), [7]);
  } finally {
    await reader.cancel();
    pty.close();
  }
});

Deno.test("opening sets the line to 9600 8N1, raw, without flow control, whatever it was", async () => {
  const pty = new Pty();
  const stty = async (...args: string[]) => {
    const { stdout } = await new Deno.Command("stty", { args: ["-F", pty.path, ...args] }).output();
    return new TextDecoder().decode(stdout);
  };
  await stty("19200", "icanon", "echo", "ixon", "ixoff", "ixany", "hupcl", "-clocal", "parenb");
  const port = openSerial(pty.path);
  const line = await stty("-a");
  port.close();
  pty.close();
  assert.match(line, /^speed 9600 baud;/);
  const words = new Set(line.split(/[\s;]+/));
  const wanted =
    "cs8 -parenb -cstopb cread clocal -hupcl -crtscts -ixon -ixoff -ixany -icanon -echo";
  assert.deepEqual(wanted.split(" ").filter((word) => !words.has(word)), []);
});

Deno.test("a byte that comes later ends the read that waits for it", async () => {
  const pty = new Pty();
  const port = openSerial(pty.path);
  const reader = port.readable.getReader();
  try {
    for (let byte = 0; byte < 50; byte++) {
      const read = reader.read();
      pty.write(Uint8Array.of(byte));
      assert.deepEqual(await read, { done: false, value: Uint8Array.of(byte) });
    }
  } finally {
    await reader.cancel();
    pty.close();
  }
});

Deno.test("what nobody has read is dropped by discard, and not what comes after it", async () => {
  const pty = new Pty();
  const port = openSerial(pty.path);
  const reader = port.readable.getReader();
  try {
    pty.write(Uint8Array.of(1, 2, 3));
    assert.deepEqual(await readBytes(reader, 1), [1, 2, 3]);
    pty.write(Uint8Array.of(4, 5, 6));
    await new Promise((resolve) => setTimeout(resolve, 20)); // through the kernel's own queue
    port.discard();
    pty.write(Uint8Array.of(7));
    assert.deepEqual(await readBytes(reader, 1), [7]);
  } finally {
    await reader.cancel();
    pty.close();
  }
});

Deno.test("a port is held by whoever opened it first, and free once that one closes", async () => {
  const pty = new Pty();
  const first = openSerial(pty.path);
  const reading = first.readable.getReader().read();
  try {
    await assert.rejects(openPort(pty.path), (error) => {
      assert(error instanceof PortError);
      assert.equal(error.kind, "held");
      assert.equal(error.code, "EAGAIN");
      assert.match(error.message, new RegExp(`${pty.path} is held by another program`));
      return true;
    });
  } finally {
    first.close();
  }
  openSerial(pty.path).close();
  assert.deepEqual(await reading, { done: true, value: undefined });
  pty.close();
});

Deno.test("what is not there or no serial port says so", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const file = `${folder}/file`;
    await Deno.writeTextFile(file, "left as it is");
    assert.throws(() => openSerial(`${folder}/none`), { kind: "absent", code: "ENOENT" });
    assert.throws(() => openSerial(`${file}/below`), { kind: "absent", code: "ENOTDIR" });
    assert.throws(() => openSerial(folder), { kind: "failed", code: "EISDIR" });
    assert.throws(() => openSerial(file), { kind: "failed", code: "ENOTTY" });
    assert.throws(() => openSerial(file), { message: /is not a serial port: set SERIAL_PORT/ });
    assert.equal(await Deno.readTextFile(file), "left as it is");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

// Root, as whom these tests may run, is refused nothing and has no broken device: the rule itself is asked.
Deno.test("each errno has its kind and a sentence that names the port and the remedy", () => {
  const kinds = {
    ENOENT: "absent",
    EACCES: "denied",
    EPERM: "denied",
    EBUSY: "held",
    EAGAIN: "held",
    EIO: "unplugged",
    ENXIO: "unplugged",
    ENODEV: "unplugged",
    ENOTTY: "failed",
    EMFILE: "failed",
  };
  for (const [code, kind] of Object.entries(kinds)) {
    const error = serialError("/dev/ttyUSB0", code);
    assert.deepEqual([error.kind, error.code], [kind, code]);
    assert.match(
      error.message,
      /^(There is no serial port at |The serial port )?\/dev\/ttyUSB0.*: .*\.$/,
    );
  }
  assert.match(serialError("/dev/ttyUSB0", "EACCES").message, /add the user to the dialout group/);
  assert.match(serialError("/dev/ttyUSB0", "EMFILE").message, /EMFILE/);
});

Deno.test("a long write waits for a slow far side and arrives whole and in order", async () => {
  const pty = new Pty();
  const port = openSerial(pty.path);
  const bytes = crypto.getRandomValues(new Uint8Array(60_000));
  const written = port.write(bytes);
  assert.deepEqual(Uint8Array.from(await heard(pty, bytes.length)), bytes);
  await written;
  await port.readable.cancel();
  pty.close();
});
