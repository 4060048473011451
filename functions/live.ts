import { Hono } from "hono";
import type { Env } from "./env.ts";

const app = new Hono<Env>();

app.get("/live", (c) =>
  // Hono asks the same handler for HEAD, and drops a body without cancelling it: that viewer would never go.
  new Response(c.req.method === "HEAD" ? null : c.env.live.subscribe(), {
    headers: {
      "content-type": "text/event-stream; charset=utf-8",
      // no-transform: a stream that something on the way compresses arrives late; nginx buffers unless told not to.
      "cache-control": "no-store, no-transform",
      "x-accel-buffering": "no",
    },
  }));

app.get("/live/now", (c) => c.json(c.env.live.now(), 200, { "cache-control": "no-store" }));

export default app;
