import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { OpenApi, OpenApiOperation } from "../functions/docs/openapi.ts";
import { houseMeter } from "../lib/meter/simulator/house_meter.ts";
import "./support/libc_loaded.ts";
import { DigestHouse, evenDay } from "./support/digest_house.ts";
import { eventually } from "./support/eventually.ts";
import { validatorOf } from "./support/openapi.ts";
import { Service } from "./support/service.ts";

/** The days that the examples ask for. */
const DATES = ["2024-11-20", "2024-11-21", "2024-11-22"];

Deno.test("a live service answers every example as the description says", async () => {
  await using house = new DigestHouse({ wall: new Date().toISOString() });
  const SERIAL_PORT = `${house.folders.root}/meter`;
  const meter = houseMeter({ link: SERIAL_PORT, fast: true });
  try {
    for (const date of DATES) house.write(date, evenDay(date, { watts: 4500 }));
    await house.digest().run();
    const env = { SERIAL_PORT, SAMPLE_SECONDS: "1", APPLIANCES: "oven:2000" };
    await using service = await Service.start({ ...house.env, ...env });
    const reads = async () => (await service.get<{ at: number | null }>("live/now")).at !== null;
    await eventually("a reading", reads);
    const document = await service.get<OpenApi>("openapi.json");
    let answers = 0;
    for (const [path, methods] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(methods)) {
        await asDescribed(document, service.url, { path, method, operation });
        answers++;
      }
    }
    ok(answers > 8, `${answers} answers`);
  } finally {
    await meter.unplug();
  }
});

interface Route {
  readonly path: string;
  readonly method: string;
  readonly operation: OpenApiOperation;
}

/** Asks with the examples of the parameters and the body; the first status that is described has to come, and its body. */
async function asDescribed(document: OpenApi, base: string, route: Route): Promise<void> {
  const { path, method, operation } = route;
  const name = `${method} ${path}`;
  const answer = await fetch(addressOf(base, path, operation), {
    method: method.toUpperCase(),
    redirect: "manual",
    ...requestBody(operation),
  });
  const [status, response] = Object.entries(operation.responses)
    .find(([status]) => /^[23]/.test(status))!;
  equal(answer.status, Number(status), name);
  const type = answer.headers.get("content-type")?.split(";")[0] ?? "";
  const content = response.content?.[type] ?? response.content?.["*/*"];
  equal(content !== undefined, Object.keys(response.content ?? {}).length > 0, `${name}: ${type}`);
  for (const header of Object.keys(response.headers ?? {})) ok(answer.headers.has(header), header);
  if (type === "text/event-stream") return await snapshotAsDescribed(document, answer, response);
  const text = await answer.text();
  if (!content) return equal(text, "", name);
  const value = /json$/.test(type) ? JSON.parse(text) : text;
  const { error } = validatorOf(document, content.schema).safeParse(value);
  equal(error, undefined, `${name}: ${error?.message} ${text.slice(0, 300)}`);
  // An empty list would be held to nothing.
  if (Array.isArray(value)) ok(value.length > 0, `${name} is empty`);
  if (type === "text/csv") ok(value.split("\n").length > 2, `${name} has no row`);
}

function addressOf(base: string, path: string, { parameters = [] }: OpenApiOperation): URL {
  const given = parameters.filter(({ example }) => example !== undefined);
  const filled = path.replaceAll(
    /\{(\w+)\}/g,
    (_, name) => given.find((one) => one.name === name)!.example!,
  );
  const url = new URL(filled, base);
  for (const one of given.filter((one) => one.in === "query")) {
    url.searchParams.set(one.name, one.example!);
  }
  return url;
}

function requestBody({ requestBody }: OpenApiOperation): RequestInit {
  const [entry] = Object.entries(requestBody?.content ?? {});
  if (!entry) return {};
  const [type, { example }] = entry;
  const isForm = type === "application/x-www-form-urlencoded";
  const body = isForm
    ? new URLSearchParams(example as object as Record<string, string>).toString()
    : JSON.stringify(example);
  return { body, headers: { "content-type": type } };
}

/** The stream's first event. */
async function snapshotAsDescribed(
  document: OpenApi,
  answer: Response,
  { "x-events": events = {} }: OpenApiOperation["responses"][string],
): Promise<void> {
  let text = "";
  for await (const part of answer.body!.pipeThrough(new TextDecoderStream())) {
    text += part;
    if (text.includes("\n\n")) break;
  }
  match(text, /^event: snapshot\n/);
  const data = JSON.parse(/^data: (.*)$/m.exec(text)![1]!);
  deepEqual(validatorOf(document, events.snapshot!).safeParse(data).error, undefined);
}
