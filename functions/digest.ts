import { Hono } from "hono";
import * as z from "zod/mini";
import { isDate } from "../lib/calendar.ts";
import type { Env } from "./env.ts";
import { parseJson } from "./parse_json.ts";
import { problem } from "./problem.ts";

const app = new Hono<Env>();

const Body = z.strictObject({ date: z.optional(z.string().check(z.refine(isDate))) });
const BODY_TAKES = 'the body takes {"date":"YYYY-MM-DD"}, or nothing for every pending day';
const FRESH = { "cache-control": "no-store" };

app.get("/digest", async (c) => c.json(await c.env.digest.state(), 200, FRESH));

app.post("/digest", async (c) => {
  const body = Body.safeParse(parseJson(await c.req.text() || "{}"));
  if (!body.success) return problem(c, 400, "Bad request", BODY_TAKES);
  const { date } = body.data;
  if (date !== undefined && !c.env.digest.isOver(date)) {
    const detail = `date: ${date} is not over yet; a day is digested when it has ended`;
    return problem(c, 400, "Bad request", detail);
  }
  return c.json(await c.env.digest.run(date === undefined ? undefined : [date]), 200, FRESH);
});

export default app;
