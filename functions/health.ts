import { Hono } from "hono";
import { isAuthorized } from "./access.ts";
import type { Env } from "./env.ts";

const app = new Hono<Env>();

app.get("/health", async (c) => {
  const { ok, parts } = c.env.health();
  // A watchdog may ask without the token; what is wrong inside the house is not for everybody.
  const answer = await isAuthorized(c.req.raw, c.env.accessToken) ? { ok, parts } : { ok };
  return c.json(answer, ok ? 200 : 503, { "cache-control": "no-store" });
});

export default app;
