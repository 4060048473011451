import { deepEqual, equal, match, ok } from "node:assert/strict";
import app from "../functions/app.ts";
import type { OpenApi, OpenApiOperation } from "../functions/docs/openapi.ts";
import { loadAssets } from "../functions/assets.ts";
import { validatorOf } from "./support/openapi.ts";
import { servicesFixture } from "./support/services_fixture.ts";

const HOST = { host: "localhost" };
const TOKEN = "sixteen characters or more";
const BEARER = { authorization: `Bearer ${TOKEN}` };

async function get(path: string): Promise<Response> {
  const assets = await loadAssets();
  return await app.request(path, { headers: HOST }, servicesFixture({ assets }));
}

const document: OpenApi = await (await get("/openapi.json")).json();
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ path, method, operation }))
);

Deno.test("every route of the service is described, and nothing that there is not", () => {
  const routes = app.routes.filter(({ method }) => method !== "ALL")
    .map(({ method, path }) => `${method.toLowerCase()} ${path.replaceAll(/:(\w+)/g, "{$1}")}`);
  const described = operations.map(({ method, path }) => `${method} ${path}`);
  deepEqual([...described].sort(), [...new Set(routes)].sort());
});

Deno.test("the document names each operation once, and leads to nothing that it lacks", () => {
  const ids = operations.map(({ operation }) => operation.operationId);
  deepEqual(ids, [...new Set(ids)]);
  const tags = new Set(document.tags.map(({ name }) => name));
  for (const { operation } of operations) ok(operation.tags.every((tag) => tags.has(tag)));
  const references = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g);
  const names = new Set([...references].map(([, name]) => name!));
  deepEqual([...names].filter((name) => !(name in document.components.schemas)), []);
  equal(document.openapi, "3.1.1");
  equal(document.info.version, "1.0.0");
});

Deno.test("every example is what its schema says", () => {
  let examples = 0;
  for (const { path, method, operation } of operations) {
    const bodies = [operation.requestBody, ...Object.values(operation.responses)];
    for (
      const { schema, example } of bodies.flatMap((body) => Object.values(body?.content ?? {}))
    ) {
      if (example === undefined) continue;
      examples++;
      const { error } = validatorOf(document, schema).safeParse(example);
      equal(error, undefined, `${method} ${path}: ${error?.message}`);
    }
  }
  ok(examples > 20, `${examples} examples`);
});

Deno.test("the answers that any route may give come as they are described", async () => {
  const services = servicesFixture({ accessToken: TOKEN });
  for (const { path, method, operation } of operations) {
    const ask = (headers: Record<string, string>, body?: string, to = path) =>
      app.request(
        to,
        { method, headers: { ...HOST, ...headers }, ...(body && { body }) },
        services,
      );
    const expected: Record<number, () => Response | Promise<Response>> = {
      401: () => ask({ authorization: "Bearer a wrong one" }),
      403: () => ask({ ...BEARER, origin: "http://evil.example" }),
      414: () => ask({}, undefined, `${path}?${"x".repeat(9_000)}`),
      431: () => ask({ cookie: "x".repeat(17_000) }),
      413: () => ask(BEARER, "x".repeat(20_000)),
      421: () => ask({ host: "evil.example" }),
    };
    for (const [status, answer] of Object.entries(expected)) {
      const described = operation.responses[status]?.content?.["application/problem+json"];
      if (!described) continue;
      const given = await answer();
      equal(given.status, Number(status), `${method} ${path}`);
      deepEqual(await given.json(), described.example, `${method} ${path} ${status}`);
    }
  }
});

Deno.test("what is open to everybody is described as such, and everything else asks for the token", async () => {
  const services = servicesFixture({ accessToken: TOKEN });
  for (const { path, method, operation } of operations) {
    const { status, body } = await app.request(path, { method, headers: HOST }, services);
    await body?.cancel();
    equal(status !== 401, isOpen(operation), `${method} ${path}`);
  }
});

Deno.test("a parameter or a body that makes no sense is refused where that is described", async () => {
  const services = servicesFixture();
  const init = { headers: HOST };
  for (const { path, method, operation } of operations) {
    for (const { name, in: where } of operation.parameters ?? []) {
      if (where !== "query" || !operation.responses[400]) continue;
      const refused = await app.request(
        `${path}?${name}=\0nonsense`,
        { ...init, method },
        services,
      );
      equal(refused.status, 400, `${method} ${path} ${name}`);
      const { detail } = await refused.json();
      match(detail, new RegExp(`^${name}: `));
    }
    if (operation.requestBody && operation.responses[400]) {
      const refused = await app.request(path, { ...init, method, body: "{nonsense" }, services);
      equal(refused.status, 400, `${method} ${path}`);
      equal(
        validatorOf(document, { $ref: "#/components/schemas/Problem" }).safeParse(
          await refused.json(),
        ).success,
        true,
      );
    }
  }
});

Deno.test("the page for people tells every route and schema, leads only to what is here, and has no script", async () => {
  const answer = await get("/docs");
  match(answer.headers.get("content-type") ?? "", /^text\/html/);
  const page = await answer.text();
  ok(!page.includes("<script"));
  for (const { operation } of operations) ok(page.includes(`id="${operation.operationId}"`));
  for (const name of Object.keys(document.components.schemas)) {
    ok(page.includes(`id="schema-${name}"`), name);
  }
  const links = [...page.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, link]) => link!);
  for (const link of links) {
    if (link.startsWith("#")) ok(page.includes(`id="${link.slice(1)}"`), link);
    else {
      match(link, /^\/(?!\/)/);
      equal((await get(link)).status, 200, link);
    }
  }
});

Deno.test("the description is loaded only when it is asked for", async () => {
  const command = new Deno.Command(Deno.execPath(), {
    args: ["info", "--json", "functions/docs.tsx"],
    cwd: new URL("../", import.meta.url),
  });
  const { modules } = JSON.parse(new TextDecoder().decode((await command.output()).stdout));
  const { dependencies } = modules.find(({ specifier }: { specifier: string }) =>
    specifier.endsWith("/functions/docs.tsx")
  );
  const lazy = dependencies.filter(({ isDynamic }: { isDynamic?: boolean }) => isDynamic)
    .map(({ specifier }: { specifier: string }) => specifier);
  deepEqual(lazy.sort(), ["./docs/docs_page.tsx", "./docs/openapi.ts"]);
});

function isOpen({ security }: OpenApiOperation): boolean {
  return security.length === 0;
}
