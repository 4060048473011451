// Whatever is asked and whatever goes wrong, the answer is one that is described.
import { deepEqual } from "node:assert/strict";
import app from "../functions/app.ts";
import { loadAssets } from "../functions/assets.ts";
import type { OpenApi } from "../functions/docs/openapi.ts";
import type { Services } from "../functions/env.ts";
import { UserError } from "../lib/user_error.ts";
import { addressOf, heldTo, requestBody, type Route, routesOf } from "./support/openapi.ts";
import { servicesFixture } from "./support/services_fixture.ts";

/** That of the log-in's example. */
const TOKEN = "sixteen-characters-or-more";
const BEARER = { authorization: `Bearer ${TOKEN}` };
const WRONG = { authorization: "Bearer a wrong one" };
const BASE = "http://localhost/";

const assets = await loadAssets();
const document: OpenApi = await (await app.request(
  "/openapi.json",
  { headers: { host: "localhost" } },
  servicesFixture({ assets }),
)).json();

/** One way to ask, or to answer. */
interface Way {
  /** Where not the examples make it. */
  readonly path?: string;
  readonly headers?: Record<string, string>;
  readonly body?: () => BodyInit;
  readonly services?: Partial<Services>;
}

const WAYS: readonly Way[] = [
  { headers: BEARER },
  {},
  { headers: { accept: "text/html" } },
  { headers: WRONG },
  { headers: WRONG, services: { wrongToken: () => 300 } },
  { headers: { ...BEARER, origin: "http://evil.example" } },
  { headers: { ...BEARER, host: "evil.example" } },
  { headers: { ...BEARER, cookie: "x".repeat(17_000) } },
  { headers: { ...BEARER, "if-none-match": "*" } },
  { headers: BEARER, path: `?${"x".repeat(9_000)}` },
  { headers: BEARER, path: "?nonsense=1" },
  { headers: BEARER, services: { health: () => ({ ok: false, parts: {} }) } },
  { headers: BEARER, services: unavailable(new UserError("mcce.2024: the file is damaged")) },
  { headers: BEARER, services: faulty(new Error("a bug")) },
];

/** For what takes a body. */
const BODIES: readonly Way[] = [
  { headers: BEARER, body: () => "x".repeat(20_000) },
  { headers: BEARER, body: () => "{nonsense" },
  { headers: BEARER, body: () => "token=wrong", services: { wrongToken: () => 300 } },
  { headers: BEARER, body: brokenBody },
];

/** For what is asked by name. */
const NAMES: Record<string, readonly Way[]> = {
  "/assets/{name}": [{ headers: BEARER, path: "/assets/nothing.js" }],
};

function brokenBody(): ReadableStream<Uint8Array> {
  return new ReadableStream({ pull: (controller) => controller.error(new Error("gone")) });
}

/** The parts that may tell that something in the house is not as it should be. */
function unavailable(error: Error): Pick<Services, "query" | "exports" | "digest" | "alarm"> {
  const { query, digest, alarm } = servicesFixture();
  const reject = () => Promise.reject(error);
  const fail = () => {
    throw error;
  };
  return {
    query: { ...query, known: reject, span: reject, days: reject, history: reject, stats: reject },
    exports: { open: fail },
    digest: { ...digest, state: reject, run: reject },
    alarm: { ...alarm, episodes: reject },
  };
}

function faulty(error: Error): Partial<Services> {
  const fail = () => {
    throw error;
  };
  const parts = unavailable(error);
  return {
    ...parts,
    alarm: { ...parts.alarm, silence: fail },
    ...{ live: { subscribe: fail, now: fail }, health: fail, metrics: fail, reportFault: () => {} },
  };
}

async function ask(route: Route, { path = "", headers, body, services }: Way): Promise<Response> {
  const { pathname, search } = new URL(path, addressOf(BASE, route));
  const usual = requestBody(route);
  const init = {
    method: route.method.toUpperCase(),
    headers: { host: "localhost", ...usual.headers, ...headers },
    body: body?.() ?? usual.body ?? null,
  };
  const house = servicesFixture({ assets, accessToken: TOKEN, ...services });
  return await app.request(pathname + search, init, house);
}

Deno.test("the answers that can be provoked are those that are described, with their types, headers and bodies", async () => {
  for (const route of routesOf(document)) {
    const isRead = route.method === "get";
    const come = new Set<string>();
    for (const way of [...WAYS, ...(isRead ? [] : BODIES), ...(NAMES[route.path] ?? [])]) {
      const answer = await ask(route, way);
      come.add(String(answer.status));
      await heldTo(document, route, answer);
      if (!answer.bodyUsed) await answer.body?.cancel();
    }
    // A fault may meet any, and is not to be had of those that ask nothing of the house.
    const missing = Object.keys(route.operation.responses)
      .filter((status) => !come.has(status) && status !== "500");
    deepEqual(missing, [], `${route.method} ${route.path}`);
  }
});
