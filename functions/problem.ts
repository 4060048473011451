import type { Context } from "hono";
import type { ContentfulStatusCode } from "hono/utils/http-status";

/** An error answer as RFC 9457 has it; `detail` is one sentence for the user that names what was wrong. */
export function problem(
  c: Context,
  status: ContentfulStatusCode,
  title: string,
  detail: string,
): Response {
  return c.body(JSON.stringify({ type: "about:blank", title, status, detail }), status, {
    "content-type": "application/problem+json",
  });
}
