import type { Context } from "hono";
import { bareTag, isKnown } from "./entity_tag.ts";
import type { Env, Services } from "./env.ts";

/** Answers with a file of the browser's part; with the content's tag in the address it may be kept for good. */
export function sendAsset(c: Context<Env>, name: string): Response | Promise<Response> {
  const asset = c.env.assets.get(name);
  if (asset === undefined) return c.notFound();
  const isNamedByContent = c.req.query("v") === bareTag(asset.etag);
  c.header("Cache-Control", isNamedByContent ? "public, max-age=31536000, immutable" : "no-cache");
  c.header("ETag", asset.etag);
  if (isKnown(c, asset.etag)) return c.body(null, 304);
  return c.body(asset.body, 200, { "Content-Type": asset.type });
}

/** The address of an asset. With the content's tag in it an upgrade is seen at once. */
export function assetPath({ assets }: Pick<Services, "assets">, name: string): string {
  const etag = assets.get(name)?.etag;
  return etag === undefined
    ? `/assets/${name}`
    : `/assets/${name}?v=${encodeURIComponent(bareTag(etag))}`;
}
