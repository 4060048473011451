import { deepEqual, equal, match, ok } from "node:assert/strict";
import app from "../functions/app.ts";
import type { Services } from "../functions/env.ts";
import { servicesFixture } from "./support/services_fixture.ts";

const TOKEN = "sixteen-characters-or-more";
const ORIGIN = "http://localhost";

/** Who answers without a token: each is looked at by itself below. */
const FOR_EVERYBODY = [
  "GET /login",
  "POST /login",
  "GET /health",
];

interface Route {
  readonly method: string;
  readonly path: string;
}

/** Every route of the router itself, so that a new one cannot be forgotten; what stands for all paths is no route. */
const routes: readonly Route[] = app.routes.filter(({ path }) => path !== "/*").flatMap(
  ({ method, path }) =>
    (method === "ALL" ? ["GET", "POST", "PUT", "DELETE"] : [method]).map((method) => ({
      method,
      path: path.replace(/:\w+(\{[^}]*\})?\??/g, "live.js").replaceAll("*", "x"),
    })),
);
const guarded = routes.filter(({ method, path }) => !FOR_EVERYBODY.includes(`${method} ${path}`));

/** A house of which nothing is asked but what the way in needs. */
function closedHouse(): { services: Services; touched: string[] } {
  const touched: string[] = [];
  const needed = [
    "accessToken",
    "nowMs",
    "wrongToken",
    "peer",
    "hostNames",
    "assets",
    "language",
    "health",
    "reportFault",
    "hangUp",
  ];
  const services = new Proxy(servicesFixture({ accessToken: TOKEN }), {
    get(house, name) {
      if (!needed.includes(String(name))) touched.push(String(name));
      return Reflect.get(house, name);
    },
  });
  return { services, touched };
}

function ask({ method, path }: Route, headers: Record<string, string>, services: Services) {
  return app.request(
    ORIGIN + path,
    { method, headers: { host: "localhost", ...headers } },
    services,
  );
}

Deno.test("the test looks at the real routes", () => {
  ok(guarded.length >= 7, guarded.map(({ path }) => path).join());
  const known = routes.map(({ method, path }) => `${method} ${path}`);
  deepEqual(FOR_EVERYBODY.filter((route) => !known.includes(route)), []);
});

for (const route of guarded) {
  Deno.test(`without the token ${route.method} ${route.path} gives nothing and touches nothing`, async () => {
    const { services, touched } = closedHouse();
    const wrong = [{}, { authorization: "Bearer wrong" }, { cookie: "mcce_session=1.a" }];
    for (const headers of wrong) {
      const answer = await ask(route, headers, services);
      equal(answer.status, 401);
      match(await answer.text(), /^\{"type":"about:blank","title":"Unauthorized"/);
    }
    const page = await ask(route, { accept: "text/html" }, services);
    equal(page.status, route.method === "GET" ? 302 : 401);
    if (page.status === 302) match(page.headers.get("location") ?? "", /^\/login(\?|$)/);
    for (const method of ["HEAD", "OPTIONS", "PUT", "TRACE"]) {
      if (method === "TRACE") continue; // no Request takes it; tests/http_fuzz_test.ts sends it over a socket
      equal((await ask({ ...route, method }, {}, services)).status, 401, method);
    }
    deepEqual(touched, []);
  });

  Deno.test(`with the token ${route.method} ${route.path} answers`, async () => {
    const services = servicesFixture({ accessToken: TOKEN, reportFault: () => {} });
    const answer = await ask(route, { authorization: `Bearer ${TOKEN}` }, services);
    await answer.body?.cancel();
    ok(![401, 403, 429].includes(answer.status), String(answer.status));
  });
}

Deno.test("the log-in page, its assets and a bare /health are all that a stranger gets", async () => {
  const asset = { body: new TextEncoder().encode("x"), type: "text/plain", etag: '"x"' };
  const names = ["live.js", "live.css", "login.js", "login.css", "icon.svg"];
  const assets = new Map(names.map((name) => [name, asset]));
  const parts = { meter: { ok: true, since: 1, detail: "inside" } };
  const house = servicesFixture({
    accessToken: TOKEN,
    assets,
    health: () => ({ ok: true, parts }),
  });
  const get = (path: string) => ask({ method: "GET", path }, {}, house);
  deepEqual(await (await get("/health")).json(), { ok: true });
  const page = await get("/login");
  equal(page.status, 200);
  const asked = (await page.text()).matchAll(/(?:src|href)="(\/assets\/[^"]+)"/g);
  for (const [, path] of asked) equal((await get(path!)).status, 200, path!);
  for (const name of names) {
    const status = name.startsWith("live") ? 401 : 200;
    equal((await get(`/assets/${name}`)).status, status, name);
  }
  equal((await ask({ method: "POST", path: "/login" }, {}, house)).status, 403);
});
