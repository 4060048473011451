/** A request as no browser would send it. */
export interface OddRequest {
  /** What is sent, with a pause between the parts. */
  readonly parts: readonly string[];
  /** Whether it carries the right token. */
  readonly isAllowed: boolean;
}

type Random = () => number;

const METHODS = ["GET", "GET", "GET", "POST", "POST", "HEAD"];

const ODD_METHODS = [
  "PUT",
  "DELETE",
  "PATCH",
  "OPTIONS",
  "TRACE",
  "CONNECT",
  "PRI",
  "get",
  "PROPFIND",
  "M-SEARCH",
  "G\0T",
  "",
  "X".repeat(300),
];

const PLACES = [
  "/",
  "/live",
  "/live/now",
  "/login",
  "/logout",
  "/health",
  "/metrics",
  "/digest",
  "/docs",
  "/openapi.json",
  "/query/days",
  "/query/history",
  "/query/export",
  "/query/stats",
  "/alarm/silence",
  "/alarm/episodes",
  "/assets/live.js",
  "/assets/login.css",
  "/manifest.webmanifest",
  "*",
  "",
  "http://localhost/live/now",
  "http://evil.example/",
  "http://a b/",
  "//evil.example/live",
  "/main.ts",
  "/functions/app.ts",
  "/deno.json",
  "/.env",
  "/nowhere",
];

const TRICKS = [
  "/../../../../etc/passwd",
  "/..%2f..%2f..%2fetc%2fpasswd",
  "/%2e%2e/%2e%2e/main.ts",
  "/..;/..;/deno.json",
  "/..\\..\\main.ts",
  "/%c0%ae%c0%ae/main.ts",
  "/....//....//LICENSE",
  "%00.js",
  "/./",
  "//",
  "/%ff%fe",
  "/\xe2\x82\xac\xff",
  "/%",
  "/%2",
  "/__proto__",
  "/constructor",
  "?from=2026-13-45&to=%00&points=1e309&year=-1&month=99",
  "?from=0&to=9e15&resolution=raw&format=ndjson&points=5000",
  "?next=//evil.example&view=wall&view=wall",
  `?${"a=b&".repeat(3_000)}`,
  "#fragment",
  " HTTP/1.1 extra",
];

const HOSTS = [
  "localhost",
  "localhost",
  "127.0.0.1:8000",
  "[::1]",
  "evil.example",
  "a b",
  "[::1",
  "",
];

/** What is well-formed, however odd. */
const HEADERS: readonly ((random: Random) => string)[] = [
  (random) => `X-Long: ${"x".repeat(Math.floor(random() * 20_000))}`,
  () => "Cookie: mcce_session=9999999999.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA; =; %%%",
  () => "Authorization: Bearer wrong",
  () => "Authorization: Basic bWNjZTptY2Nl",
  () => `Authorization: Bearer ${" ".repeat(5_000)}x`,
  () => "Accept: text/html",
  () => "Accept-Language: it;q=1e9,,;q=,\xff",
  () => "Origin: null",
  () => "Origin: http://evil.example",
  () => "Sec-Fetch-Site: cross-site",
  () => 'If-None-Match: ,,W/"",*',
  () => "Range: bytes=0-1,5-,-9",
  () => "Expect: 100-continue",
  () => "Content-Encoding: gzip",
  () => "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: x",
  () => "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
];

/** What no parser may take. */
const BROKEN_HEADERS: readonly ((random: Random) => string)[] = [
  (random) => `X-Long: ${"x".repeat(Math.floor(random() * 1_000_000))}`,
  (random) => "X-Many: 1\r\n".repeat(Math.floor(random() * 2_000)) + "X-Last: 1",
  () => "Transfer-Encoding: chunked",
  () => "Transfer-Encoding: gzip, chunked, identity",
  () => "Content-Length: -5",
  () => "Content-Length: 5\r\nContent-Length: 7",
  () => "Content-Length: 99999999999999999999",
  () => " folded: header",
  () => "No colon here",
  () => "X-Null: \0",
];

const BODIES = [
  "{}",
  '{"date":"2026-11-21"}',
  '{"minutes":-1}',
  `${"[".repeat(8_000)}`,
  '{"__proto__":{"isAdmin":true}}',
  "token=wrong&next=//evil.example",
  "%%%=%%%&&&",
  "\0\xff\xfe",
  "x".repeat(20_000),
  "5\r\nhello\r\n0\r\n\r\n",
  "ffffffffffffffff\r\nx\r\n",
  "-1\r\nx\r\n0\r\n\r\n",
];

/** The next odd request; the same ones for the same numbers. */
export function oddRequest(random: Random, token: string): OddRequest {
  const pick = <Value>(values: readonly Value[]) => values[Math.floor(random() * values.length)]!;
  const isOften = (share: number) => random() < share;
  const method = isOften(0.85) ? pick(METHODS) : pick(ODD_METHODS);
  const path = pick(PLACES) + (isOften(0.4) ? pick(TRICKS) : "");
  const version = isOften(0.97) ? "HTTP/1.1" : pick(["HTTP/1.0", "HTTP/2.0", "HTTP/9", "", "X"]);
  const host = isOften(0.8) ? "localhost" : pick(HOSTS);
  const headers = Array.from({ length: Math.floor(random() * 3) }, () => pick(HEADERS)(random));
  if (isOften(0.15)) headers.push(pick(BROKEN_HEADERS)(random));
  const isAllowed = isOften(0.4);
  if (isAllowed) headers.push(`Authorization: Bearer ${token}`);
  const body = method === "POST" || isOften(0.2) ? pick(BODIES) : "";
  if (body && isOften(0.7)) {
    headers.push(`Content-Length: ${body.length + (isOften(0.1) ? 50 : 0)}`);
  }
  if (isOften(0.9)) headers.push("Connection: close");
  const lines = [`${method} ${path} ${version}`, `Host: ${host}`, ...headers, "", body];
  return { parts: pieces(lines.join("\r\n"), random), isAllowed };
}

/** Mostly in one piece, some in a few, some without their end. */
function pieces(text: string, random: Random): string[] {
  const kind = random();
  if (kind < 0.85) return [text];
  const cut = Math.floor(random() * Math.min(text.length, 400));
  return kind < 0.95 ? [text.slice(0, cut), text.slice(cut)] : [text.slice(0, cut)];
}
