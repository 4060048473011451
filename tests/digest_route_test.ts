import { deepEqual, equal, match, ok } from "node:assert/strict";
import app from "../functions/app.ts";
import type { Services } from "../functions/env.ts";
import type { DigestState } from "../lib/store/digest_run.ts";
import { servicesFixture } from "./support/services_fixture.ts";

const STATE: DigestState = {
  last: { date: "2026-11-21", at: 1_795_302_000_000, kWh: 7.412 },
  pending: ["2026-11-20"],
  failed: [{ date: "2026-11-20", reason: "data/years/mcce.2026: no room is left on the disk" }],
};

/** A digest that notes what it was asked for. */
function noted() {
  const asked: (readonly string[] | undefined)[] = [];
  const digest: Services["digest"] = {
    state: () => Promise.resolve(STATE),
    run: (dates) => {
      asked.push(dates);
      return Promise.resolve(STATE);
    },
    isOver: (date) => date <= "2026-11-21",
  };
  return { asked, services: servicesFixture({ digest }) };
}

function request(services: Services, init: RequestInit = {}, host = "pi.local:8000") {
  const headers = new Headers(init.headers);
  headers.set("host", host);
  return app.request("/digest", { ...init, headers }, services);
}

Deno.test("GET /digest tells the newest digested day, what is pending and what has failed", async () => {
  const { asked, services } = noted();
  const answer = await request(services);
  equal(answer.status, 200);
  equal(answer.headers.get("cache-control"), "no-store");
  deepEqual(await answer.json(), STATE);
  deepEqual(asked, []);
});

Deno.test("POST /digest runs every pending day, or the one that the body names, and tells the same", async () => {
  const { asked, services } = noted();
  for (const body of [undefined, "", "{}", '{"date":"2026-11-21"}']) {
    const answer = await request(services, { method: "POST", ...(body && { body }) });
    equal(answer.status, 200, String(body));
    equal(answer.headers.get("cache-control"), "no-store");
    deepEqual(await answer.json(), STATE);
  }
  deepEqual(asked, [undefined, undefined, undefined, ["2026-11-21"]]);
});

Deno.test("a body that is none is a problem that names what it takes, and nothing runs", async () => {
  const { asked, services } = noted();
  const bodies = [
    "{",
    "null",
    "[]",
    '"2026-11-21"',
    '{"date":null}',
    '{"date":20261121}',
    '{"date":"21.11.2026"}',
    '{"date":"2026-02-30"}',
    '{"date":"2026-11-21","force":true}',
    '{"dates":["2026-11-21"]}',
    "date=2026-11-21",
    "\0",
  ];
  for (const body of bodies) {
    const answer = await request(services, { method: "POST", body });
    equal(answer.status, 400, body);
    equal(answer.headers.get("content-type"), "application/problem+json");
    match((await answer.json()).detail, /^the body takes \{"date":"YYYY-MM-DD"\}, or nothing/);
  }
  deepEqual(asked, []);
});

Deno.test("a day that is not over is refused by its name", async () => {
  const { asked, services } = noted();
  const answer = await request(services, { method: "POST", body: '{"date":"2026-11-22"}' });
  equal(answer.status, 400);
  match((await answer.json()).detail, /^date: 2026-11-22 is not over yet/);
  deepEqual(asked, []);
});

Deno.test("a body beyond all need is refused before it is read to its end", async () => {
  const { asked, services } = noted();
  let pulled = 0;
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      controller.enqueue(new Uint8Array(1_000));
      pulled++;
    },
  });
  const answer = await request(services, { method: "POST", body });
  equal(answer.status, 413);
  match((await answer.json()).detail, /^the body takes \d+ bytes at most$/);
  ok(pulled < 30, `${pulled} kB were read`);
  deepEqual(asked, []);
});

Deno.test("a page of another site changes nothing", async () => {
  const { asked, services } = noted();
  const foreign: Record<string, string>[] = [
    { "sec-fetch-site": "cross-site" },
    // Another port of this machine: the same site to a browser, another program to its user.
    { "sec-fetch-site": "same-site", origin: "http://pi.local:3000" },
    { origin: "http://evil.example" },
    { origin: "http://pi.local:3000" },
    { origin: "http://pi.local" },
    { origin: "http://pi.local:8000.evil.example" },
    { origin: "null" },
    { origin: "" },
  ];
  for (const method of ["POST", "PUT", "DELETE", "OPTIONS"]) {
    for (const headers of foreign) {
      const answer = await request(services, { method, headers });
      equal(answer.status, 403, `${method} ${JSON.stringify(headers)}`);
      equal(answer.headers.get("content-type"), "application/problem+json");
      match((await answer.json()).detail, /^Origin: a page of another site/);
    }
  }
  deepEqual(asked, []);
});

Deno.test("its own pages and programs may: over plain HTTP, behind a proxy, without any such header", async () => {
  const { asked, services } = noted();
  const own: Record<string, string>[] = [
    {},
    { origin: "http://pi.local:8000" },
    { "sec-fetch-site": "same-origin", origin: "http://pi.local:8000" },
    // A proxy in front may ask for another Host.
    { "sec-fetch-site": "same-origin", origin: "https://home.example" },
    { "sec-fetch-site": "none" },
  ];
  for (const headers of own) {
    equal((await request(services, { method: "POST", headers })).status, 200);
  }
  equal(
    (await request(
      services,
      { method: "POST", headers: { origin: "http://192.168.1.7" } },
      "192.168.1.7",
    )).status,
    200,
  );
  equal(asked.length, own.length + 1);
});

Deno.test("a link from another site may show what is there", async () => {
  const { services } = noted();
  for (const method of ["GET", "HEAD"]) {
    const headers = { "sec-fetch-site": "cross-site" };
    equal((await request(services, { method, headers })).status, 200);
  }
});

Deno.test("with a token set, nobody sees or runs a digest without it", async () => {
  const { asked, services } = noted();
  const closed = { ...services, accessToken: "sixteen characters" };
  for (const method of ["GET", "POST"]) {
    equal((await request(closed, { method })).status, 401);
    const headers = { authorization: "Bearer sixteen characters" };
    equal((await request(closed, { method, headers })).status, 200);
  }
  equal(asked.length, 1);
});
