import { timingSafeEqual } from "hono/utils/buffer";

/** Whether a request may see all: nobody asks for a token, or it brings `Authorization: Bearer` with the right one. */
export async function isAuthorized(request: Request, accessToken: string | null): Promise<boolean> {
  if (accessToken === null) return true;
  const [, given] = /^Bearer +(.+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
  return given !== undefined && await timingSafeEqual(given, accessToken);
}

/** The host, and its port unless that is the usual one, that a request names: HTTP/2 has no `Host`, but an authority (RFC 9113, 8.3.1). */
export function hostOf(request: Request): string {
  return request.headers.get("host") ?? new URL(request.url).host;
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
  return URL.canParse(origin) && new URL(origin).host === hostOf(request).toLowerCase();
}
