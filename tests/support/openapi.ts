import { z } from "zod";
import type { OpenApi } from "../../functions/docs/openapi.ts";

/** What holds a value to a schema of the document. */
export function validatorOf(document: OpenApi, schema: object): z.ZodType {
  const whole = { ...schema, $defs: document.components.schemas };
  const text = JSON.stringify(whole).replaceAll("#/components/schemas/", "#/$defs/");
  return z.fromJSONSchema(JSON.parse(text));
}
