import * as z from "zod/mini";

/** A schema with what it means in words. */
export function said<Schema extends z.ZodMiniType>(schema: Schema, description: string): Schema {
  return schema.check(z.describe(description));
}

/** Epoch milliseconds. */
export const atMs = (what: string) => said(z.int(), `${what}; epoch milliseconds`);
export const watts = (what: string) => said(z.number(), `${what}, in watts`);
export const kWh = (what: string) => said(z.number(), `${what}, in kWh`);
/** A share from 0 to 1. */
export const share = (what: string) =>
  said(z.number().check(z.minimum(0), z.maximum(1)), `${what}; 0 to 1`);
/** A local day. */
export const date = (what: string) =>
  said(z.string().check(z.regex(/^\d{4}-\d\d-\d\d$/)), `${what}; YYYY-MM-DD in TIME_ZONE`);

/** The keys of a JSON Schema that are used here (draft 2020-12, as OpenAPI 3.1 takes it). */
export interface JsonSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | JsonSchema;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly enum?: readonly (string | number)[];
  readonly const?: string | number | boolean;
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly default?: string | number;
}
