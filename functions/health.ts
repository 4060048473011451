import { Hono } from "hono";
import { accessOf } from "./access.ts";
import type { Env } from "./env.ts";
import { refuseToken } from "./guard.ts";

const app = new Hono<Env>();

app.get("/health", async (c) => {
  const access = await accessOf(c.req.raw, c.env);
  if (access === "wrong") return refuseToken(c);
  const { ok, parts } = c.env.health();
  // A watchdog may ask without the token; what is wrong inside the house is not for everybody.
  const answer = access === "none" ? { ok } : { ok, parts };
  return c.json(answer, ok ? 200 : 503, { "cache-control": "no-store" });
});

export default app;
