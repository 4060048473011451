import type { JsonSchema } from "./schema.ts";

/** What a route belongs to; the description has a section for each, in this order. */
export const TAGS = {
  live: "Live: power now, as it is measured",
  alarm: "Alarm: the contract's limits and how near they came",
  query: "Query and export: what is stored, and today so far",
  digest: "Digest: completed days become yearly files",
  health: "Health: whether all is well",
  access: "Access: the log-in",
  pages: "Pages: what a browser shows",
  description: "This description",
} as const;

/** One thing that can be asked of one route. */
export interface Operation {
  readonly method: "get" | "post" | "delete";
  /** With parameters in braces: `/assets/{name}`. */
  readonly path: string;
  /** Unique among all. */
  readonly id: string;
  readonly tag: keyof typeof TAGS;
  /** A line without a full stop. */
  readonly summary: string;
  readonly description?: string;
  readonly parameters?: readonly Parameter[];
  readonly body?: {
    readonly description: string;
    readonly type: string;
    readonly required: boolean;
    readonly schema: JsonSchema;
    readonly example: unknown;
  };
  /** By status; what any route may answer besides is added to all. */
  readonly answers: Readonly<Record<number, Answer>>;
  /** Answered to everybody, whatever `ACCESS_TOKEN` is. */
  readonly isOpen?: boolean;
}

/** A parameter; the examples of all of an operation's parameters make one request, which is answered with its first status. */
export interface Parameter {
  readonly name: string;
  readonly in: "query" | "path" | "header";
  readonly description: string;
  readonly required?: boolean;
  readonly schema: JsonSchema;
  readonly example?: string;
}

/** An answer; without content it has no body. */
export interface Answer {
  readonly description: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly content?: readonly Content[];
  /** Schemas of the data of Server-Sent Events by their names. */
  readonly events?: Readonly<Record<string, JsonSchema>>;
}

/** A body by its media type. */
export interface Content {
  readonly type: string;
  readonly schema: JsonSchema;
  readonly example?: unknown;
}

/** A reference to a named schema. */
export function named(name: string): JsonSchema {
  return { $ref: `#/components/schemas/${name}` };
}

/** A body in JSON of a named schema. */
export function json(name: string, example: unknown): Content {
  return { type: "application/json", schema: named(name), example };
}

/** An error answer as RFC 9457 has it. */
export function problemAnswer(
  description: string,
  status: number,
  title: string,
  detail: string,
): Answer {
  const example = { type: "about:blank", title, status, detail };
  return {
    description,
    content: [{ type: "application/problem+json", schema: named("Problem"), example }],
  };
}

/** A page in HTML. */
export const HTML: Content = { type: "text/html", schema: { type: "string" } };
