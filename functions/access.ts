import { timingSafeEqual } from "hono/utils/buffer";
import { parse } from "hono/utils/cookie";
import { isSession } from "../lib/access/session.ts";
import type { Services } from "./env.ts";

/** The cookie of a browser that is logged in. */
export const SESSION_COOKIE = "mcce_session";

/** By what a request may see all: nobody asks for a token, it brings one, it comes from a browser that is logged in; or why not. */
export type Access = "open" | "token" | "session" | "none" | "wrong";

/** What a request's `Authorization: Bearer` or its cookie gives. An old cookie is no wrong token: nobody guesses those. */
export async function accessOf(
  { headers }: Request,
  { accessToken, nowMs }: Pick<Services, "accessToken" | "nowMs">,
): Promise<Access> {
  if (accessToken === null) return "open";
  const [, given] = /^Bearer +(.+)$/i.exec(headers.get("authorization") ?? "") ?? [];
  if (given !== undefined && await isToken(given, accessToken)) return "token";
  const session = parse(headers.get("cookie") ?? "", SESSION_COOKIE)[SESSION_COOKIE];
  if (session !== undefined && await isSession(session, accessToken, nowMs())) return "session";
  return given === undefined ? "none" : "wrong";
}

/** Compares in a time that does not tell how much of it is right. */
export function isToken(given: string, accessToken: string): Promise<boolean> {
  return timingSafeEqual(given, accessToken);
}

/** Whether somebody looks at a page; programs and scripts ask for other things than HTML first of all. */
export function isForPage({ method, headers }: Request): boolean {
  return (method === "GET" || method === "HEAD") &&
    /\btext\/html\b/i.test(headers.get("accept") ?? "");
}

/** The host, and its port unless that is the usual one, that a request names: HTTP/2 has no `Host`, but an authority (RFC 9113, 8.3.1). */
export function hostOf({ headers, url }: Request): string {
  return headers.get("host") ?? URL.parse(url)?.host ?? "";
}

/**
 * Whether the service answers to this `Host`: an IP literal, `localhost`, `*.local` or a name of `HOST_NAMES`. A page
 * of another site cannot make a browser send these for an address it does not own (DNS rebinding).
 */
export function isOwnHost(host: string, hostNames: readonly string[]): boolean {
  const name = host.replace(/:\d+$/, "").toLowerCase().replace(/\.$/, "");
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(name) || /^\[[0-9a-f:.]+\]$/.test(name)) return true;
  return name === "localhost" || name.endsWith(".local") || hostNames.includes(name);
}

/**
 * Whether a request that changes something may: it comes from a page of this service or from no page at all. Any site
 * can make a browser that is logged in send one. `Sec-Fetch-Site` says where from (Fetch Metadata, W3C); over plain HTTP
 * browsers send `Origin` alone; programs send neither.
 */
export function isFromOwnPages(request: Request): boolean {
  const { method, headers } = request;
  if (method === "GET" || method === "HEAD") return true;
  const site = headers.get("sec-fetch-site");
  if (site !== null) return site === "same-origin" || site === "none";
  const origin = headers.get("origin");
  if (origin === null) return true;
  return URL.parse(origin)?.host === hostOf(request).toLowerCase();
}
