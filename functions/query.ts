import { type Context, Hono } from "hono";
import {
  type Given,
  namedOnly,
  readAll,
  readPoints,
  readYearAndMonth,
} from "../lib/query/parameters.ts";
import { type KnownDays, readSpan } from "../lib/query/span.ts";
import type { Env } from "./env.ts";
import { sendJson } from "./send_json.ts";

const app = new Hono<Env>();

app.get("/query/span", async (c) => {
  read(c, [], () => {});
  return await sendJson(c, JSON.stringify(await c.env.query.span()), { isComplete: false });
});

app.get("/query/days", async (c) => {
  const known = await knownDays(c);
  const span = read(c, ["from", "to"], (given, problems) => readSpan(given, known, problems));
  const isComplete = span.endMs <= known.today.startMs;
  return await sendJson(c, await c.env.query.days(span), { isComplete });
});

app.get("/query/history", async (c) => {
  const known = await knownDays(c);
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
  const { today } = c.env.query.present();
  const last = `${year}-${String(month ?? 12).padStart(2, "0")}-31`;
  const answer = await c.env.query.stats(year, month);
  return await sendJson(c, JSON.stringify(answer), { isComplete: last < today.date });
});

async function knownDays(c: Context<Env>): Promise<KnownDays> {
  const { query } = c.env;
  return c.req.query("from") ? query.present() : await query.known();
}

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
