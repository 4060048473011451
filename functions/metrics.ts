import { Hono } from "hono";
import { OPENMETRICS_TYPE } from "../lib/metrics/openmetrics.ts";
import type { Env } from "./env.ts";

const app = new Hono<Env>();

app.get("/metrics", (c) => {
  const headers = { "content-type": OPENMETRICS_TYPE, "cache-control": "no-store" };
  return c.body(c.env.metrics(), 200, headers);
});

export default app;
