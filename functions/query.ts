import { type Context, Hono } from "hono";
import {
  type Given,
  namedOnly,
  readAll,
  readPoints,
  readYearAndMonth,
} from "../lib/query/parameters.ts";
import { readSpan } from "../lib/query/span.ts";
import type { Env } from "./env.ts";
import { sendJson } from "./send_json.ts";

const app = new Hono<Env>();

app.get("/query/span", async (c) => {
  read(c, [], () => {});
  return await sendJson(c, JSON.stringify(await c.env.query.span()), { isComplete: false });
});

app.get("/query/days", async (c) => {
  const known = await c.env.query.known();
  const span = read(c, ["from", "to"], (given, problems) => readSpan(given, known, problems));
  const isComplete = span.endMs <= known.today.startMs;
  return await sendJson(c, await c.env.query.days(span), { isComplete });
});

app.get("/query/history", async (c) => {
  const known = await c.env.query.known();
  const { span, points } = read(c, ["from", "to", "points"], (given, problems) => ({
    span: readSpan(given, known, problems),
    points: readPoints(given, problems),
  }));
  const isComplete = span.endMs <= known.today.startMs;
  const answer = await c.env.query.history(span, points);
  return await sendJson(c, JSON.stringify(answer), { isComplete });
});

app.get("/query/stats", async (c) => {
  const { year, month } = read(c, ["year", "month"], readYearAndMonth);
  const { today } = await c.env.query.known();
  const last = `${year}-${String(month ?? 12).padStart(2, "0")}-31`;
  const answer = await c.env.query.stats(year, month);
  return await sendJson(c, JSON.stringify(answer), { isComplete: last < today.date });
});

/** Reads the parameters of a request; throws ParameterError with all that is wrong. */
function read<Result>(
  c: Context<Env>,
  names: readonly string[],
  parse: (given: Given, problems: string[]) => Result,
): Result {
  const { searchParams } = new URL(c.req.url);
  return readAll((problems) => parse(namedOnly(searchParams, names, problems), problems));
}

export default app;
