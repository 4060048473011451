import { Hono } from "hono";
import * as z from "zod/mini";
import { namedOnly, readAll } from "../lib/query/parameters.ts";
import { readSpan } from "../lib/query/span.ts";
import type { Env } from "./env.ts";
import { parseJson } from "./parse_json.ts";
import { problem } from "./problem.ts";

const app = new Hono<Env>();

const Silence = z.strictObject({ minutes: z.int().check(z.minimum(1), z.maximum(60)) });
const SILENCE_TAKES = 'minutes: the body takes {"minutes":n}, n a whole number from 1 to 60';
const FRESH = { "cache-control": "no-store" };

app.get("/alarm/episodes", async (c) => {
  const { searchParams } = new URL(c.req.url);
  const span = readAll((problems) =>
    readSpan(namedOnly(searchParams, ["from", "to"], problems), c.env.alarm.days(), problems)
  );
  return c.json(await c.env.alarm.episodes(span), 200, FRESH);
});

app.post("/alarm/silence", async (c) => {
  const body = Silence.safeParse(parseJson(await c.req.text()));
  if (!body.success) return problem(c, 400, "Bad request", SILENCE_TAKES);
  return c.json({ silencedUntil: c.env.alarm.silence(body.data.minutes) }, 200, FRESH);
});

app.delete("/alarm/silence", (c) => c.json({ silencedUntil: c.env.alarm.silence(0) }, 200, FRESH));

export default app;
