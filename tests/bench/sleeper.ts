import { readText } from "../../lib/libc.ts";
import { type Bench, type Figure, type Run, sleep } from "./bench.ts";
import { Child } from "./support/child.ts";
import { Live } from "./support/live.ts";
import { holdings } from "./support/process_use.ts";

const SLEEPERS = 50;
const EVENTS_EVERY_4_MS = 2;
/** Long enough for the heap to find its size under so many events. */
const WARM_UP_MS = 20_000;
/** Ten times what the kernel takes at most before it pushes back, and longer than it waits for a peer that stalls. */
const PATIENCE_MS = 120_000;
const LOOK_EVERY_MS = 100;
const PAGE_BYTES = 4096;
const REQUEST = new TextEncoder().encode("GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");

/** Memory of all TCP sockets in the kernel, in MB. */
function kernelMB(): number {
  const pages = /^TCP: .*\bmem (\d+)/m.exec(readText("/proc/net/sockstat"))?.[1];
  return Number(pages) * PAGE_BYTES / 1e6;
}

function connectSleepers(url: string): Promise<Deno.Conn[]> {
  const { hostname, port } = new URL(url);
  return Promise.all(Array.from({ length: SLEEPERS }, async () => {
    const connection = await Deno.connect({ hostname, port: Number(port) });
    await connection.write(REQUEST);
    return connection;
  }));
}

/** The highest of what `look` sees until it says `done`, or patience ends. */
async function highest(
  pid: number,
  forMs: number,
  isOver: (descriptors: number) => boolean,
): Promise<{ memoryMB: number; kernelMB: number; descriptors: number; lastedMs: number }> {
  const startMs = performance.now();
  const most = { memoryMB: 0, kernelMB: 0, descriptors: 0, lastedMs: 0 };
  while (most.lastedMs < forMs) {
    await sleep(LOOK_EVERY_MS);
    const now = holdings(pid);
    most.memoryMB = Math.max(most.memoryMB, now.memoryMB);
    most.kernelMB = Math.max(most.kernelMB, kernelMB());
    most.descriptors = now.descriptors;
    most.lastedMs = performance.now() - startMs;
    if (isOver(now.descriptors)) break;
  }
  return most;
}

async function run({ folder: _, tell }: Run): Promise<Figure[]> {
  const server = await Child.start("busy_feed.ts", String(EVENTS_EVERY_4_MS));
  const sleepers: Deno.Conn[] = [];
  try {
    using live = new Live(server.url);
    await live.next();
    const before = await highest(server.pid, WARM_UP_MS, () => false);
    const seenBefore = live.seen.length;
    sleepers.push(...await connectSleepers(server.url));
    tell(`${SLEEPERS} viewers sleep`);
    // A dropped viewer's connection is closed: from outside, only its descriptor tells.
    const isOver = (descriptors: number) => descriptors <= before.descriptors;
    const after = await highest(server.pid, PATIENCE_MS, isOver);
    const each = (what: "memoryMB" | "kernelMB") => (after[what] - before[what]) / SLEEPERS;
    return [
      {
        name: "connections that a viewer that never reads keeps",
        value: Math.max(0, after.descriptors - before.descriptors) / SLEEPERS,
        unit: "each",
        atMost: 0,
        note: `${SLEEPERS} at once, for ${Math.round(after.lastedMs / 1000)} s and ` +
          `${live.seen.length - seenBefore} events, which a viewer that reads got meanwhile`,
      },
      {
        name: "resident memory of the process",
        value: each("memoryMB"),
        unit: "MB each",
        atMost: 1,
        note: "the highest VmRSS with them, less the highest without them under the same events",
      },
      {
        name: "the kernel's socket memory",
        value: each("kernelMB"),
        unit: "MB each",
        note: "of both ends, which is no process's memory",
      },
    ];
  } finally {
    for (const sleeper of sleepers) sleeper.close();
    await server.end();
  }
}

export default {
  name: "sleeper",
  about: "what a viewer that never reads costs until it is dropped",
  durationS: 90,
  run,
} satisfies Bench;
