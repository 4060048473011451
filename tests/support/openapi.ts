import { equal, ok } from "node:assert/strict";
import { z } from "zod";
import type { OpenApi, OpenApiOperation, OpenApiResponse } from "../../functions/docs/openapi.ts";

/** One method of one path of the document. */
export interface Route {
  readonly path: string;
  readonly method: string;
  readonly operation: OpenApiOperation;
}

/** All that the document describes. */
export function routesOf({ paths }: OpenApi): Route[] {
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method, operation }))
  );
}

/** What holds a value to a schema of the document. */
export function validatorOf(document: OpenApi, schema: object): z.ZodType {
  const whole = { ...schema, $defs: document.components.schemas };
  const text = JSON.stringify(whole).replaceAll("#/components/schemas/", "#/$defs/");
  return z.fromJSONSchema(JSON.parse(text));
}

/** The address that the examples of the parameters make. */
export function addressOf(base: string | URL, { path, operation }: Route): URL {
  const given = (operation.parameters ?? []).filter(({ example }) => example !== undefined);
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

/** The example of the body, with its type. */
export function requestBody(
  { operation }: Route,
): { readonly body?: string; readonly headers?: Readonly<Record<string, string>> } {
  const [entry] = Object.entries(operation.requestBody?.content ?? {});
  if (!entry) return {};
  const [type, { example }] = entry;
  const isForm = type === "application/x-www-form-urlencoded";
  const body = isForm
    ? new URLSearchParams(example as object as Record<string, string>).toString()
    : JSON.stringify(example);
  return { body, headers: { "content-type": type } };
}

/** Holds an answer to what is described of its status, its body included unless that has no end; gives what the body says. */
export async function heldTo(
  document: OpenApi,
  { path, method, operation }: Route,
  answer: Response,
): Promise<unknown> {
  const name = `${method} ${path} ${answer.status}`;
  const response: OpenApiResponse | undefined = operation.responses[answer.status];
  ok(response, `${name} is not described`);
  const type = answer.headers.get("content-type")?.split(";")[0] ?? "";
  const content = response.content?.[type] ?? response.content?.["*/*"];
  equal(content !== undefined, Object.keys(response.content ?? {}).length > 0, `${name}: ${type}`);
  for (const header of Object.keys(response.headers ?? {})) {
    ok(answer.headers.has(header), `${name}: ${header}`);
  }
  if (type === "text/event-stream") return null;
  const text = await answer.text();
  if (!content) return equal(text, "", name);
  const value = /json$/.test(type) && !/ndjson$/.test(type) ? JSON.parse(text) : text;
  const { error } = validatorOf(document, content.schema).safeParse(value);
  equal(error, undefined, `${name}: ${error?.message} ${text.slice(0, 300)}`);
  return value;
}
