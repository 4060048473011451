// A worker: many viewers on plain connections, and when each of them got which event.
import { bootMs } from "../../../lib/libc.ts";

/** Connect so many; answered by `{ connected }`. Then `"collect"`; then `"stop"`, answered by `Receipts`. */
export interface Order {
  readonly hostname: string;
  readonly port: number;
  readonly viewers: number;
}

/** Event by event: what it said, and when a viewer had it by the clock since the machine's start. */
export interface Receipts {
  readonly watts: Float64Array;
  readonly atBootMs: Float64Array;
  /** Viewers whose stream ended. */
  readonly ended: number;
}

const REQUEST = new TextEncoder().encode("GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
const AT_ONCE = 50;
const READING = /"watts":(\d+)/;
const decoder = new TextDecoder();
// One look at the shared clock, then the cheaper one of this thread.
const bootOfMono = bootMs() - performance.now();

const connections: Deno.Conn[] = [];
let watts: number[] = [];
let atBootMs: number[] = [];
let ended = 0;
let collecting = false;

async function view(connection: Deno.Conn): Promise<void> {
  const buffer = new Uint8Array(4096);
  try {
    for (;;) {
      const count = await connection.read(buffer);
      if (count === null) break;
      if (!collecting) continue;
      const now = performance.now() + bootOfMono;
      // The hub sends an event in one piece, so that no event is cut here.
      const said = READING.exec(decoder.decode(buffer.subarray(0, count)))?.[1];
      if (said === undefined) continue;
      watts.push(Number(said));
      atBootMs.push(now);
    }
  } catch {
    // reset: dropped like an end
  }
  ended++;
}

async function connect({ hostname, port, viewers }: Order): Promise<void> {
  while (connections.length < viewers) {
    const batch = Array.from({ length: Math.min(AT_ONCE, viewers - connections.length) });
    connections.push(
      ...await Promise.all(batch.map(async () => {
        const connection = await Deno.connect({ hostname, port });
        await connection.write(REQUEST);
        view(connection);
        return connection;
      })),
    );
  }
  self.postMessage({ connected: connections.length });
}

self.onmessage = ({ data }: MessageEvent<Order | "collect" | "stop">) => {
  if (data === "collect") {
    [watts, atBootMs, ended] = [[], [], 0];
    collecting = true;
  } else if (data === "stop") {
    collecting = false;
    const receipts: Receipts = {
      watts: Float64Array.from(watts),
      atBootMs: Float64Array.from(atBootMs),
      ended,
    };
    self.postMessage(receipts);
    for (const connection of connections) connection.close();
  } else {
    connect(data).catch((error) => self.postMessage({ error: error.message }));
  }
};
