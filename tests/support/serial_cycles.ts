// A process of its own, so that no other test's descriptors are among those it counts; prints `{ fewestGivenBack, grown }`.
import assert from "node:assert/strict";
import { readText } from "../../lib/libc.ts";
import { openSerial } from "../../lib/meter/serial.ts";
import { Pty } from "../../lib/meter/simulator/pty.ts";

const CYCLES = 50;

/** Open descriptors of this process below 256. */
function openDescriptors(): number[] {
  return Array.from({ length: 256 }, (_, fd) => fd).filter((fd) => {
    try {
      return readText(`/proc/self/fdinfo/${fd}`) !== "";
    } catch {
      return false;
    }
  });
}

async function closeWhileReading(): Promise<void> {
  const pty = new Pty();
  const port = openSerial(pty.path);
  const read = port.readable.getReader().read();
  assert.throws(() => openSerial(pty.path), { kind: "held" });
  port.close();
  openSerial(pty.path).close(); // at once: neither lock nor descriptor is left
  assert.equal((await read).done, true);
  pty.close();
}

async function unplugWhileReading(): Promise<number[]> {
  const pty = new Pty();
  const port = openSerial(pty.path);
  const before = openDescriptors();
  const read = port.readable.getReader().read();
  pty.close();
  await assert.rejects(read, { kind: "unplugged" });
  const now = openDescriptors();
  return before.filter((fd) => !now.includes(fd));
}

function failToOpen(): void {
  assert.throws(() => openSerial("/nowhere"), { kind: "absent" });
  assert.throws(() => openSerial("/dev/null"), { kind: "failed", code: "ENOTTY" });
}

await closeWhileReading();
await unplugWhileReading();
const before = openDescriptors().length;
let fewestGivenBack = Infinity;
for (let i = 0; i < CYCLES; i++) {
  await closeWhileReading();
  fewestGivenBack = Math.min(fewestGivenBack, (await unplugWhileReading()).length);
  failToOpen();
}
await new Promise((resolve) => setTimeout(resolve, 20)); // the last poll ends on its own thread
console.log(JSON.stringify({ fewestGivenBack, grown: openDescriptors().length - before }));
