import { equal, match, ok } from "node:assert/strict";
import app from "../functions/app.ts";
import type { Services } from "../functions/env.ts";
import { SESSION_S } from "../lib/access/session.ts";
import { servicesFixture } from "./support/services_fixture.ts";

const TOKEN = "sixteen-characters-or-more";
const HTML = "text/html,application/xhtml+xml,*/*;q=0.8";

function ask(path: string, init: RequestInit = {}, change: Partial<Services> = {}) {
  const headers = new Headers(init.headers);
  if (!headers.has("host")) headers.set("host", "localhost");
  const services = servicesFixture({ accessToken: TOKEN, ...change });
  return app.request(path, { ...init, headers }, services);
}

const logIn = (
  fields: Record<string, string>,
  headers: Record<string, string> = {},
  change: Partial<Services> = {},
) => ask("/login", { method: "POST", headers, body: new URLSearchParams(fields) }, change);

/** What a browser sends back of the cookie that it is given. */
async function session(): Promise<string> {
  const given = (await logIn({ token: TOKEN })).headers.get("set-cookie") ?? "";
  return given.split(";")[0] ?? "";
}

Deno.test("the right token gives a cookie for a year that no script and no other site's form gets at", async () => {
  const answer = await logIn({ token: ` ${TOKEN}\n`, next: "/history?year=2026" });
  equal(answer.status, 303);
  equal(answer.headers.get("location"), "/history?year=2026");
  const cookie = answer.headers.get("set-cookie") ?? "";
  const attributes = cookie.split("; ").slice(1).toSorted();
  equal(attributes.join(), ["HttpOnly", `Max-Age=${SESSION_S}`, "Path=/", "SameSite=Lax"].join());
  ok(!cookie.includes(TOKEN));
});

Deno.test("over HTTPS, its own or that of a proxy, the cookie is for HTTPS alone", async () => {
  const body = new URLSearchParams({ token: TOKEN });
  const own = await ask("https://localhost/login", { method: "POST", body });
  match(own.headers.get("set-cookie") ?? "", /; Secure/);
  const proxied = await logIn({ token: TOKEN }, { "x-forwarded-proto": "https" });
  match(proxied.headers.get("set-cookie") ?? "", /; Secure/);
});

Deno.test("with the cookie every route opens, and a page makes it last for a year from now", async () => {
  const cookie = await session();
  equal((await ask("/live/now", { headers: { cookie } })).headers.get("set-cookie"), null);
  const page = await ask("/", { headers: { cookie: `other=1; ${cookie}`, accept: HTML } });
  equal(page.status, 200);
  match(page.headers.get("set-cookie") ?? "", /^mcce_session=\d+\..*Max-Age=31536000/);
  ok("parts" in await (await ask("/health", { headers: { cookie } })).json());
});

Deno.test("a cookie of another token, one that has ended and one that was made up open nothing", async () => {
  const cookie = await session();
  const late = { nowMs: () => Date.UTC(2027, 10, 22) };
  equal((await ask("/live/now", { headers: { cookie } }, late)).status, 401);
  const other = { accessToken: "another-token-of-sixteen" };
  equal((await ask("/live/now", { headers: { cookie } }, other)).status, 401);
  for (const made of ["mcce_session=", "mcce_session=1.a", `mcce_session=${TOKEN}`, "%%%", "=;="]) {
    equal((await ask("/live/now", { headers: { cookie: made } })).status, 401, made);
  }
});

Deno.test("a page that is asked for without the cookie leads to the log-in and back", async () => {
  for (
    const [path, next] of [
      ["/", "/login"],
      ["/?view=wall", "/login?next=%2F%3Fview%3Dwall"],
      ["/nowhere?a=b&c=d", "/login?next=%2Fnowhere%3Fa%3Db%26c%3Dd"],
    ] as const
  ) {
    const answer = await ask(path, { headers: { accept: HTML } });
    equal(answer.status, 302, path);
    equal(answer.headers.get("location"), next);
    const page = await (await ask(next)).text();
    const escaped = path.replaceAll("&", "&amp;");
    ok(page.includes(`name="next" value="${escaped}"`), page);
  }
});

Deno.test("a program is told what it lacks, and so is a page's script", async () => {
  for (const accept of ["*/*", "application/json", "text/event-stream"]) {
    const answer = await ask("/live", { headers: { accept } });
    equal(answer.status, 401, accept);
    equal(answer.headers.get("www-authenticate"), "Bearer");
    match((await answer.json()).detail, /^Authorization: /);
  }
  equal((await ask("/digest", { method: "POST", headers: { accept: HTML } })).status, 401);
});

Deno.test("the log-in leads to no other host", async () => {
  for (const next of ["//evil.example", "https://evil.example", "/\\evil.example"]) {
    equal((await logIn({ token: TOKEN, next })).headers.get("location"), "/");
    const page = await (await ask(`/login?next=${encodeURIComponent(next)}`)).text();
    ok(page.includes('name="next" value="/"'), next);
  }
});

Deno.test("a wrong token is told in a page that sets no cookie, and the field is marked", async () => {
  const told: string[] = [];
  const wrongToken = (peer: string) => {
    told.push(peer);
    return null;
  };
  for (const token of ["", "wrong-guess", `${TOKEN}x`, TOKEN.toUpperCase()]) {
    const answer = await logIn({ token, next: "/a" }, {}, { wrongToken });
    equal(answer.status, 403);
    equal(answer.headers.get("set-cookie"), null);
    const page = await answer.text();
    match(page, /role="alert">That is not the access token\.</);
    match(page, /aria-invalid="true"/);
    ok(page.includes('name="next" value="/a"'));
    ok(token === "" || !page.includes(token), "it is not sent back");
  }
  equal(told.length, 4);
});

Deno.test("after too many wrong tokens wrong ones wait, and the right ones still pass", async () => {
  const services = { wrongToken: () => 90 };
  const refused = await logIn({ token: "wrong" }, {}, services);
  equal(refused.status, 429);
  equal(refused.headers.get("retry-after"), "90");
  match(await refused.text(), /Too many wrong tokens/);
  for (const path of ["/live/now", "/health"]) {
    const wrong = await ask(path, { headers: { authorization: "Bearer wrong" } }, services);
    equal(wrong.status, 429);
    equal(wrong.headers.get("retry-after"), "90");
    match((await wrong.json()).detail, /wait 90 s/);
  }
  equal((await logIn({ token: TOKEN }, {}, services)).status, 303);
  const right = [{ authorization: `Bearer ${TOKEN}` }, { cookie: await session() }];
  for (const headers of right) equal((await ask("/live/now", { headers }, services)).status, 200);
});

Deno.test("another site's page can neither log in nor out", async () => {
  const cookie = await session();
  for (const from of [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }]) {
    equal((await logIn({ token: TOKEN }, from)).status, 403);
    const out = await ask("/logout", { method: "POST", headers: { cookie, ...from } });
    equal(out.status, 403);
  }
});

Deno.test("a log-out takes the cookie away", async () => {
  const headers = { cookie: await session() };
  const answer = await ask("/logout", { method: "POST", headers });
  equal(answer.status, 303);
  equal(answer.headers.get("location"), "/login");
  match(answer.headers.get("set-cookie") ?? "", /^mcce_session=; Max-Age=0; Path=\//);
});

Deno.test("the page has a button to log out for a browser that is logged in, and for no other", async () => {
  const headers = { cookie: await session(), accept: HTML };
  match(await (await ask("/", { headers })).text(), /action="\/logout"/);
  match(await (await ask("/login", { headers })).text(), /This browser is logged in/);
  const open = await (await ask("/", { headers: { accept: HTML } }, { accessToken: null })).text();
  ok(!open.includes("/logout"));
});

Deno.test("without a token there is nothing to log in to", async () => {
  const open = { accessToken: null };
  const page = await (await ask("/login?next=/x", {}, open)).text();
  match(page, /asks for no access token\. <a href="\/x">/);
  ok(!page.includes("<form"));
  const answer = await logIn({ token: "anything" }, {}, open);
  equal(answer.status, 303);
  equal(answer.headers.get("set-cookie"), null);
});

Deno.test("the log-in page speaks the browser's language and is kept by nobody", async () => {
  const answer = await ask("/login", { headers: { "accept-language": "it" } });
  equal(answer.headers.get("cache-control"), "no-store");
  equal(answer.headers.get("content-language"), "it");
  match(await answer.text(), /Codice di accesso/);
});
