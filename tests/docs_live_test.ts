import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { OpenApi, OpenApiOperation } from "../functions/docs/openapi.ts";
import { houseMeter } from "../lib/meter/simulator/house_meter.ts";
import "./support/libc_loaded.ts";
import { parseCsv } from "./support/csv.ts";
import { DigestHouse, evenDay } from "./support/digest_house.ts";
import { eventually } from "./support/eventually.ts";
import {
  addressOf,
  heldTo,
  requestBody,
  type Route,
  routesOf,
  validatorOf,
} from "./support/openapi.ts";
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
    const routes = routesOf(document);
    ok(routes.length > 8, `${routes.length} routes`);
    for (const route of routes) await asDescribed(document, service.url, route);
    const exporting = routes.find(({ path }) => path === "/query/export")!;
    await exportsAsDescribed(document, service.url, exporting);
  } finally {
    await meter.unplug();
  }
});

/** Asks with the examples of the parameters and the body; the first status that is described has to come, and its body. */
async function asDescribed(document: OpenApi, base: string, route: Route): Promise<void> {
  const { path, method, operation: { responses } } = route;
  const name = `${method} ${path}`;
  const answer = await fetch(addressOf(base, route), {
    method: method.toUpperCase(),
    redirect: "manual",
    ...requestBody(route),
  });
  const [status, response] = Object.entries(responses).find(([status]) => /^[23]/.test(status))!;
  equal(answer.status, Number(status), name);
  const type = answer.headers.get("content-type")?.split(";")[0];
  const value = await heldTo(document, route, answer);
  if (type === "text/event-stream") return await snapshotAsDescribed(document, answer, response);
  // An empty list would be held to nothing.
  if (Array.isArray(value)) ok(value.length > 0, `${name} is empty`);
}

/** Every resolution in every format: rows, and those that the examples show. */
async function exportsAsDescribed(document: OpenApi, base: string, route: Route): Promise<void> {
  const { content = {} } = route.operation.responses[200]!;
  const row = validatorOf(document, content["application/json"]!.schema.items!);
  const types = { csv: "text/csv", json: "application/json", ndjson: "application/x-ndjson" };
  for (const [format, type] of Object.entries(types)) {
    const shown = rowsOf(format, content[type]!.example);
    for (const resolution of ["raw", "history", "day"]) {
      const url = addressOf(base, route);
      url.searchParams.set("resolution", resolution);
      url.searchParams.set("format", format);
      if (resolution !== "raw") url.searchParams.delete("source");
      const rows = rowsOf(format, await heldTo(document, route, await fetch(url)));
      ok(rows.length > 0, `${url} is empty`);
      if (format === "csv") continue;
      for (const one of [...rows.slice(0, 500), ...shown]) {
        const { error } = row.safeParse(one);
        equal(error, undefined, `${url}: ${error?.message} ${JSON.stringify(one)}`);
      }
    }
  }
}

function rowsOf(format: string, document: unknown): unknown[] {
  if (Array.isArray(document)) return document;
  const text = String(document);
  if (format === "csv") return parseCsv(text).slice(1);
  return text.split("\n").slice(0, -1).map((line) => JSON.parse(line));
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
