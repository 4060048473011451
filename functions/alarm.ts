import { Hono } from "hono";
import { namedOnly, ParameterError, readAll } from "../lib/query/parameters.ts";
import { readSpan } from "../lib/query/span.ts";
import type { Env } from "./env.ts";
import { problem } from "./problem.ts";

const app = new Hono<Env>();

const FRESH = { "cache-control": "no-store" };

app.get("/alarm/episodes", async (c) => {
  const { searchParams } = new URL(c.req.url);
  try {
    const span = readAll((problems) =>
      readSpan(namedOnly(searchParams, ["from", "to"], problems), c.env.alarm.days(), problems)
    );
    return c.json(await c.env.alarm.episodes(span), 200, FRESH);
  } catch (error) {
    if (!(error instanceof ParameterError)) throw error;
    return problem(c, 400, "Bad request", error.message);
  }
});

export default app;
