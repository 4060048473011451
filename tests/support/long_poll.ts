// A process of its own, so that nothing else grows in it; prints `{ readings, grownBytes }`.
import { systemClock } from "../../lib/clock.ts";
import { pollMeter } from "../../lib/meter/poll.ts";
import { encodeReply } from "../../lib/meter/simulator/reply_encode.ts";
import { ScriptedPort } from "./scripted_port.ts";

const WARM = 2_000;
const ALL = 10_000;

const gc = (globalThis as unknown as { gc(): void }).gc;
const stop = new AbortController();
const port = new ScriptedPort();
port.onRequest = () => {
  port.requestedMs.length = 0;
  port.send(encodeReply([{ number: 2, id: [1, 1], watts: 500, active: true }]));
};
let readings = 0;
let warmBytes = 0;
await pollMeter({
  open: () => port,
  intervalMs: 5_000,
  channels: null,
  // The pauses between requests take no time; the time-outs are real, and never come: the port answers at once.
  clock: {
    ...systemClock,
    sleep: (ms, signal) => ms > 1_500 ? Promise.resolve() : systemClock.sleep(ms, signal),
  },
  signal: stop.signal,
  onReading: () => {
    readings++;
    if (readings === WARM) warmBytes = heapBytes();
    if (readings === ALL) stop.abort();
  },
  onStatus: () => {},
});
console.log(JSON.stringify({ readings, grownBytes: heapBytes() - warmBytes }));

function heapBytes(): number {
  gc();
  return Deno.memoryUsage().heapUsed;
}
