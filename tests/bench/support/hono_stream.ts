// A process: the baseline of the bench `viewers`, one reading a second by Hono's own streamSSE.
// Its first line is its address; then a line `watts bootMs` as each event is handed to the streams.
import { Hono } from "hono";
import { streamSSE } from "hono/streaming";
import { bootMs } from "../../../lib/libc.ts";
import { readingAt } from "../../support/live_fixture.ts";

const LEAST_WATTS = 100;
const EVERY_MS = 1_000;

/** The event that is waited for, a promise that all streams share. */
let next = Promise.withResolvers<{ data: string; id: string }>();
const app = new Hono();

app.get("/live", (c) =>
  streamSSE(c, async (stream) => {
    while (!stream.aborted) {
      const { data, id } = await next.promise;
      await stream.writeSSE({ event: "reading", data, id });
    }
  }));

const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, app.fetch);
console.log(`http://127.0.0.1:${server.addr.port}/`);

let watts = LEAST_WATTS;
setInterval(() => {
  const at = Date.now();
  const present = next;
  next = Promise.withResolvers();
  console.log(`${++watts} ${bootMs()}`);
  present.resolve({ data: JSON.stringify(readingAt(at, watts)), id: String(at) });
}, EVERY_MS);
