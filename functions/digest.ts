import { Hono } from "hono";
import * as z from "zod/mini";
import { isDate } from "../lib/calendar.ts";
import type { Env } from "./env.ts";
import { problem } from "./problem.ts";

const app = new Hono<Env>();

const Body = z.strictObject({ date: z.optional(z.string().check(z.refine(isDate))) });
const BODY_TAKES = 'the body takes {"date":"YYYY-MM-DD"}, or nothing for every pending day';

app.get(
  "/digest",
  async (c) => c.json(await c.env.digest.state(), 200, { "cache-control": "no-store" }),
);

app.post("/digest", async (c) => {
  const text = await c.req.text();
  const body = text === "" ? { success: true as const, data: {} } : Body.safeParse(parseJson(text));
  if (!body.success) return problem(c, 400, "Bad request", BODY_TAKES);
  const { date } = body.data as { date?: string };
  if (date !== undefined && !c.env.digest.isOver(date)) {
    return problem(
      c,
      400,
      "Bad request",
      `date: ${date} is not over yet, so it cannot be digested`,
    );
  }
  return c.json(await c.env.digest.run(date === undefined ? undefined : [date]));
});

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export default app;
