import * as z from "zod/mini";
import { type Answer, type Operation, type Parameter, TAGS } from "./operation.ts";
import { OPERATIONS, SCHEMAS } from "./routes.ts";
import { commonAnswers, SECURITY_SCHEMES } from "./common_answers.ts";
import { IF_NONE_MATCH } from "./parameters.ts";
import type { JsonSchema } from "./schema.ts";

/** The part of an OpenAPI 3.1 document that is used here (spec.openapis.org/oas/v3.1.1). */
export interface OpenApi {
  readonly openapi: "3.1.1";
  readonly info: { readonly title: string; readonly version: string; readonly description: string };
  readonly servers: readonly { readonly url: string }[];
  readonly tags: readonly { readonly name: string; readonly description: string }[];
  readonly paths: Readonly<Record<string, Readonly<Record<string, OpenApiOperation>>>>;
  readonly components: {
    readonly schemas: Readonly<Record<string, JsonSchema>>;
    readonly securitySchemes: Readonly<Record<string, object>>;
  };
}

/** What one method of one path does. */
export interface OpenApiOperation {
  readonly operationId: string;
  readonly tags: readonly string[];
  readonly summary: string;
  readonly description?: string;
  readonly security: readonly Readonly<Record<string, readonly string[]>>[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: {
    readonly description: string;
    readonly required: boolean;
    readonly content: OpenApiContent;
  };
  readonly responses: Readonly<Record<string, OpenApiResponse>>;
}

/** An answer of one status. */
export interface OpenApiResponse {
  readonly description: string;
  readonly headers?: Readonly<Record<string, object>>;
  readonly content?: OpenApiContent;
  /** Schemas of the data of Server-Sent Events by name, for which OpenAPI 3.1 has no word of its own. */
  readonly "x-events"?: Readonly<Record<string, JsonSchema>>;
}

type OpenApiContent = Readonly<
  Record<string, { readonly schema: JsonSchema; readonly example?: unknown }>
>;

const ABOUT =
  "MCCE reads the power a house draws from its Ecodhome MCEE energy display. Power is in watts, energy in kWh; times are epoch milliseconds, " +
  "dates are local days in TIME_ZONE. Errors are application/problem+json (RFC 9457), and their detail names what was wrong.";

/** The description of every route of this service. */
export function openApi(version: string): OpenApi {
  const paths: Record<string, Record<string, OpenApiOperation>> = {};
  for (const operation of OPERATIONS) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: described(operation) };
  }
  return {
    openapi: "3.1.1",
    info: { title: "MCCE", version, description: ABOUT },
    servers: [{ url: "/" }],
    tags: Object.entries(TAGS).map(([name, description]) => ({ name, description })),
    paths,
    components: { schemas: namedSchemas(), securitySchemes: SECURITY_SCHEMES },
  };
}

function described(operation: Operation): OpenApiOperation {
  const { id, tag, summary, description, body, answers, isOpen } = operation;
  const parameters = [...operation.parameters ?? [], ...(answers[304] ? [IF_NONE_MATCH] : [])];
  const all = Object.entries({ ...commonAnswers(operation), ...answers });
  const schemes = Object.keys(SECURITY_SCHEMES).map((name) => ({ [name]: [] }));
  return {
    operationId: id,
    tags: [tag],
    summary,
    ...(description && { description }),
    // An empty requirement: without ACCESS_TOKEN everything is open.
    security: isOpen ? [] : [...schemes, {}],
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        description: body.description,
        required: body.required,
        content: { [body.type]: { schema: body.schema, example: body.example } },
      },
    }),
    responses: Object.fromEntries(all.map(([status, answer]) => [status, response(answer)])),
  };
}

function response({ description, headers, content, events }: Answer): OpenApiResponse {
  const entries = content?.map(({ type, ...rest }) => [type, rest] as const);
  const header = (text: string) => ({ description: text, schema: { type: "string" } });
  return {
    description,
    ...(headers && {
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, text]) => [name, header(text)]),
      ),
    }),
    ...(entries && { content: Object.fromEntries(entries) }),
    ...(events && { "x-events": events }),
  };
}

function namedSchemas(): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(SCHEMAS)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    uri: (id) => `#/components/schemas/${id}`,
    override: ({ jsonSchema }) => {
      // That a whole number is a safe one goes without saying in JSON.
      if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
      if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
      if (jsonSchema.propertyNames) delete jsonSchema.propertyNames;
    },
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [
      id,
      schema as JsonSchema,
    ]),
  );
}
