import type { Context } from "hono";

/** A strong entity tag: the first 64 bits of the content's SHA-256. */
export async function entityTag(body: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return `"${digest.subarray(0, 8).toHex()}"`;
}

/** Whether the asker has this very content already. */
export function isKnown(c: Context, etag: string): boolean {
  const known = (c.req.header("If-None-Match") ?? "").split(",").map((one) => bareTag(one));
  return known.includes("*") || known.includes(bareTag(etag));
}

/** An entity tag without its quotes and its mark of weakness, which is of no account here (RFC 9110, 13.1.2). */
export function bareTag(etag: string): string {
  return etag.trim().replace(/^W\//, "").replaceAll('"', "");
}
