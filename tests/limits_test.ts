import { deepEqual, equal, match, ok } from "node:assert/strict";
import { serve } from "../functions/serve.ts";
import type { Services } from "../functions/env.ts";
import { Failures } from "../lib/access/failures.ts";
import { hangUp } from "../lib/peers.ts";
import "./support/libc_loaded.ts";
import { rawHttp } from "./support/raw_http.ts";
import { servicesFixture } from "./support/services_fixture.ts";

const PLAIN = { host: "127.0.0.1", port: 0, tls: null };
const HEAD = "POST /digest HTTP/1.1\r\nHost: localhost\r\n";

async function withServer(
  body: (port: number) => Promise<void>,
  change: Partial<Services> = {},
): Promise<void> {
  const server = await serve(PLAIN, servicesFixture(change));
  try {
    await body(server.port);
  } finally {
    await server.shutdown();
  }
}

Deno.test("a body of more than 16 kB is refused, whether its length is told or not", async () => {
  await withServer(async (port) => {
    const told = await rawHttp(port, [`${HEAD}Content-Length: 20000\r\n\r\n${"x".repeat(20_000)}`]);
    equal(told.status, 413, told.text);
    const chunk = `${(4096).toString(16)}\r\n${"x".repeat(4096)}\r\n`;
    const chunked = `${HEAD}Transfer-Encoding: chunked\r\n\r\n${chunk.repeat(5)}0\r\n\r\n`;
    const untold = await rawHttp(port, [chunked]);
    equal(untold.status, 413, untold.text);
    match(untold.text, /the body takes 16384 bytes at most/);
  });
});

Deno.test("a body of 16 kB in small pieces arrives whole", async () => {
  await withServer(async (port) => {
    const text = `{"date":"2026-11-21"${" ".repeat(16_384 - 21)}}`;
    const pieces = text.match(/.{1,4096}/gs) ?? [];
    const answer = await rawHttp(port, [`${HEAD}Content-Length: 16384\r\n\r\n`, ...pieces]);
    equal(answer.status, 200, answer.text);
  });
});

Deno.test("a body that does not come is not waited for", async () => {
  await withServer(async (port) => {
    const start = performance.now();
    const half = [`${HEAD}Content-Length: 100\r\n\r\n{"date"`];
    equal((await rawHttp(port, half, 60_000)).status, 0);
    ok(performance.now() - start < 50_000, "the connection was ended from here");
    equal((await rawHttp(port, [`${HEAD}Content-Length: 0\r\n\r\n`])).status, 200);
  }, { hangUp });
});

Deno.test("a body that breaks off is the end of its connection and of nothing else", async () => {
  await withServer(async (port) => {
    const { status } = await rawHttp(port, [`${HEAD}Content-Length: 100\r\n\r\n{"date"`], 100);
    equal(status, 0);
    equal((await rawHttp(port, [`${HEAD}Content-Length: 0\r\n\r\n`])).status, 200);
  });
});

Deno.test("an address and headers that are too long are refused by what they take", async () => {
  await withServer(async (port) => {
    const get = (path: string, header: string) =>
      rawHttp(port, [`GET ${path} HTTP/1.1\r\nHost: localhost\r\n${header}\r\n`]);
    equal((await get(`/?${"x".repeat(9_000)}`, "")).status, 414);
    const long = await get("/", `Cookie: ${"x".repeat(17_000)}\r\n`);
    equal(long.status, 431);
    match(long.text, /the headers take 16384 characters at most/);
    equal((await get("/", `X: ${"x".repeat(1_000_000)}\r\n`)).text.slice(9, 12), "400");
    equal((await get("/health", `Cookie: ${"x".repeat(10_000)}\r\n`)).status, 200);
  });
});

Deno.test("an address with too many wrong tokens is told to wait, and the right one still passes", async () => {
  const failures = new Failures();
  const told: string[] = [];
  const wrongToken = (peer: string) => {
    told.push(peer);
    return failures.add(peer, 0);
  };
  const accessToken = "sixteen-characters-or-more";
  await withServer(async (port) => {
    const get = (token: string) =>
      rawHttp(port, [
        `GET /live/now HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer ${token}\r\n\r\n`,
      ]);
    for (let i = 0; i < 10; i++) equal((await get("wrong")).status, 401);
    const refused = await get("wrong");
    equal(refused.status, 429);
    match(refused.text, /\r\nretry-after: 900\r\n/i);
    equal((await get(accessToken)).status, 200);
  }, { accessToken, wrongToken });
  deepEqual(new Set(told), new Set(["127.0.0.1"]));
});
