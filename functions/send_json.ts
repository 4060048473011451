import type { Context } from "hono";
import { entityTag, isKnown } from "./entity_tag.ts";
import { gzip, takesGzip } from "./gzip.ts";

/** What is shorter is not worth compressing. */
const LEAST_COMPRESSED_BYTES = 1_024;

/**
 * What is complete is kept for a year and asked for again each time (RFC 9111, 5.2.2.4), which costs a few milliseconds
 * and mostly no body: a late reading or an import may change any day, and an old answer must not outlive that.
 */
const COMPLETE = "private, max-age=31536000, no-cache";

/** How an answer is sent. */
export interface SendOptions {
  /** Whether time alone does not change it any more. */
  readonly isComplete: boolean;
}

/** Answers with a JSON text: with its tag when it is complete, else for nobody to keep; compressed when asked for. */
export async function sendJson(
  c: Context,
  json: string | Uint8Array<ArrayBuffer>,
  { isComplete }: SendOptions,
): Promise<Response> {
  const bytes = typeof json === "string" ? new TextEncoder().encode(json) : json;
  c.header("Vary", "Accept-Encoding");
  c.header("Cache-Control", isComplete ? COMPLETE : "no-store");
  if (isComplete) {
    // Of the content, so that whatever changes it changes the tag; weak, since it is the same compressed.
    const etag = `W/${await entityTag(bytes)}`;
    c.header("ETag", etag);
    if (isKnown(c, etag)) return c.body(null, 304);
  }
  return await sendCompressed(c, bytes, "application/json");
}

/** Answers with bytes, compressed when they are worth it and the asker takes that. */
export async function sendCompressed(
  c: Context,
  bytes: Uint8Array<ArrayBuffer>,
  type: string,
): Promise<Response> {
  c.header("Content-Type", type);
  const isWorthIt = bytes.length > LEAST_COMPRESSED_BYTES && c.req.method !== "HEAD";
  if (!isWorthIt || !takesGzip(c.req.header("Accept-Encoding"))) return c.body(bytes);
  c.header("Content-Encoding", "gzip");
  return c.body(await gzip(bytes));
}
