import type { Context, MiddlewareHandler } from "hono";
import { setCookie } from "hono/cookie";
import { issueSession, SESSION_S } from "../lib/access/session.ts";
import { accessOf, isForPage, SESSION_COOKIE } from "./access.ts";
import type { Env } from "./env.ts";
import { problem } from "./problem.ts";

/** Lets those in who may see all; sends a browser to the log-in page, tells programs what they lack. */
export const guard: MiddlewareHandler<Env> = async (c, next) => {
  const access = await accessOf(c.req.raw, c.env);
  if (access === "wrong") return refuseToken(c);
  if (access === "none") return isForPage(c.req.raw) ? toLogin(c) : unauthorized(c);
  c.set("access", access);
  await next();
  // A tablet on the wall is logged in for as long as it is used.
  if (access === "session" && isForPage(c.req.raw) && c.res.ok) await beginSession(c);
  return;
};

/** Gives the browser the cookie that keeps it logged in for a year. */
export async function beginSession(c: Context<Env>): Promise<void> {
  const { accessToken, nowMs } = c.env;
  if (accessToken === null) return;
  setCookie(c, SESSION_COOKIE, await issueSession(accessToken, nowMs()), {
    path: "/",
    maxAge: SESSION_S,
    httpOnly: true,
    sameSite: "Lax",
    secure: isEncrypted(c),
  });
}

/** Also behind a proxy that ends the encryption; whoever makes that up harms only their own cookie. */
function isEncrypted(c: Context<Env>): boolean {
  return c.req.url.startsWith("https:") || c.req.header("x-forwarded-proto") === "https";
}

/** Counts a wrong Bearer token and refuses it, for a while after too many. */
export function refuseToken(c: Context<Env>): Response {
  const waitS = c.env.wrongToken(c.env.peer.hostname);
  if (waitS === null) return unauthorized(c);
  c.header("retry-after", String(waitS));
  const detail = `Authorization: too many wrong tokens; wait ${waitS} s, or send the right one`;
  return problem(c, 429, "Too many requests", detail);
}

function unauthorized(c: Context<Env>): Response {
  c.header("www-authenticate", "Bearer");
  return problem(
    c,
    401,
    "Unauthorized",
    "Authorization: send the ACCESS_TOKEN as a Bearer token, or log in at /login",
  );
}

function toLogin(c: Context<Env>): Response {
  const url = URL.parse(c.req.url);
  const wanted = url === null ? "/" : url.pathname + url.search;
  c.header("cache-control", "no-store");
  return c.redirect(wanted === "/" ? "/login" : `/login?next=${encodeURIComponent(wanted)}`);
}
