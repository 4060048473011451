import { deepEqual, equal, match, ok } from "node:assert/strict";
import app from "../functions/app.ts";
import type { Services } from "../functions/env.ts";
import { NOW_ANSWER } from "./support/live_fixture.ts";
import { servicesFixture } from "./support/services_fixture.ts";

const NOW = "/live/now";
const TOKEN = "sixteen characters or more";

function get(path: string, services: Partial<Services> = {}, headers: HeadersInit = {}) {
  const init = { headers: { host: "localhost:8000", ...headers } };
  return app.request(path, init, servicesFixture(services));
}

Deno.test("/live/now answers in JSON that nobody keeps", async () => {
  const answer = await get(NOW);
  equal(answer.status, 200);
  equal(answer.headers.get("cache-control"), "no-store");
  match(answer.headers.get("content-type") ?? "", /^application\/json/);
  deepEqual(await answer.json(), NOW_ANSWER);
});

Deno.test("/live is a stream that nothing on the way may hold back", async () => {
  const answer = await get("/live");
  equal(answer.headers.get("content-type"), "text/event-stream; charset=utf-8");
  equal(answer.headers.get("cache-control"), "no-store, no-transform");
  equal(answer.headers.get("x-accel-buffering"), "no");
  await answer.body?.cancel();
});

Deno.test("HEAD of /live gives its headers, and makes no viewer of whoever asks", async () => {
  const { live } = servicesFixture();
  const subscribe = () => {
    throw new Error("nobody reads this stream");
  };
  const init = { method: "HEAD", headers: { host: "localhost" } };
  const answer = await app.request(
    "/live",
    init,
    servicesFixture({ live: { ...live, subscribe } }),
  );
  equal(answer.status, 200);
  equal(answer.headers.get("content-type"), "text/event-stream; charset=utf-8");
  equal(answer.body, null);
});

Deno.test("/health is 200 or 503, with its parts", async () => {
  const part = { ok: true, since: 1, detail: "well" };
  const well = await get("/health", { health: () => ({ ok: true, parts: { meter: part } }) });
  equal(well.status, 200);
  deepEqual(await well.json(), { ok: true, parts: { meter: part } });
  const ill = await get("/health", { health: () => ({ ok: false, parts: {} }) });
  equal(ill.status, 503);
});

Deno.test("with a token set, all but /health without details asks for it", async () => {
  const services = { accessToken: TOKEN };
  for (const path of ["/", NOW, "/live", "/assets/live.js", "/nowhere"]) {
    const refused = await get(path, services);
    equal(refused.status, 401, path);
    equal(refused.headers.get("www-authenticate"), "Bearer");
    equal(refused.headers.get("content-type"), "application/problem+json");
  }
  deepEqual(await (await get("/health", services)).json(), { ok: true });
});

Deno.test("the token opens, another one does not, whatever its length", async () => {
  const services = { accessToken: TOKEN };
  equal((await get(NOW, services, { authorization: `Bearer ${TOKEN}` })).status, 200);
  equal((await get(NOW, services, { authorization: `bearer ${TOKEN}` })).status, 200);
  for (const wrong of [`Bearer ${TOKEN}x`, "Bearer x", "Bearer ", `Basic ${TOKEN}`, TOKEN, ""]) {
    equal((await get(NOW, services, { authorization: wrong })).status, 401, wrong);
  }
  const all = await get("/health", services, { authorization: `Bearer ${TOKEN}` });
  ok("parts" in await all.json());
});

Deno.test("a Host that is not this machine's is refused, so that no page of another site reads the house", async () => {
  const own = [
    "127.0.0.1:8000",
    "[::1]:8000",
    "192.168.1.7",
    "localhost",
    "Pi.local:8000",
    "mcce.home",
  ];
  for (const host of own) {
    equal((await get(NOW, { hostNames: ["mcce.home"] }, { host })).status, 200, host);
  }
  for (
    const host of ["evil.example", "localhost.evil.example", "mcce.home.evil.example", "local", ""]
  ) {
    const refused = await get(NOW, { hostNames: ["mcce.home"] }, { host });
    equal(refused.status, 421, host);
    match((await refused.json()).detail, /HOST_NAMES/);
  }
});

Deno.test("without a Host, as in HTTP/2, the authority of the address counts", async () => {
  const services = servicesFixture({ hostNames: ["mcce.home"] });
  for (
    const [authority, status] of [["localhost:8000", 200], ["mcce.home", 200], ["a.test", 421]]
  ) {
    equal((await app.request(`https://${authority}${NOW}`, {}, services)).status, status);
  }
});

Deno.test("every answer carries the strict headers", async () => {
  for (const path of ["/", NOW, "/nowhere", "/health"]) {
    const { headers } = await get(path);
    const policy = headers.get("content-security-policy") ?? "";
    match(policy, /default-src 'none'/);
    match(policy, /frame-ancestors 'none'/);
    ok(!policy.includes("unsafe"), policy);
    equal(headers.get("x-content-type-options"), "nosniff");
  }
});

Deno.test("what is not there is a problem in JSON that names the path", async () => {
  const answer = await get("/nowhere");
  equal(answer.status, 404);
  equal(answer.headers.get("content-type"), "application/problem+json");
  match((await answer.json()).detail, /^\/nowhere: /);
});

Deno.test("a bug is told to the log, and its stack to nobody", async () => {
  const told: string[] = [];
  const health = () => {
    throw new Error("secret inner thing");
  };
  const answer = await get("/health", { health, reportFault: (sentence) => told.push(sentence) });
  equal(answer.status, 500);
  ok(!(await answer.text()).includes("secret"));
  deepEqual(told, ["GET /health: secret inner thing"]);
});
