import { UserError } from "../lib/user_error.ts";
import type { Asset } from "./env.ts";

/** The bundle that `deno task bundle` makes, and what is served as it lies in the sources. */
const FILES = [
  { name: "live.js", path: "page/dist/live.js", type: "text/javascript; charset=utf-8" },
  {
    name: "notice_worker.js",
    path: "page/dist/notice_worker.js",
    type: "text/javascript; charset=utf-8",
  },
  { name: "live.css", path: "page/dist/live.css", type: "text/css; charset=utf-8" },
  { name: "history.js", path: "page/dist/history.js", type: "text/javascript; charset=utf-8" },
  {
    name: "history_day.js",
    path: "page/dist/history_day.js",
    type: "text/javascript; charset=utf-8",
  },
  { name: "history.css", path: "page/dist/history.css", type: "text/css; charset=utf-8" },
  { name: "docs.css", path: "page/dist/docs.css", type: "text/css; charset=utf-8" },
  { name: "login.js", path: "page/dist/login.js", type: "text/javascript; charset=utf-8" },
  { name: "login.css", path: "page/dist/login.css", type: "text/css; charset=utf-8" },
  { name: "icon.svg", path: "page/icon.svg", type: "image/svg+xml" },
  { name: "icon-192.png", path: "page/icon-192.png", type: "image/png" },
  { name: "icon-512.png", path: "page/icon-512.png", type: "image/png" },
  { name: "icon-maskable.png", path: "page/icon-maskable.png", type: "image/png" },
] as const;

/**
 * Reads the browser's files, which lie below this `folder`, into memory, by name below `/assets/`.
 *
 * @throws UserError that names the missing file and the remedy.
 */
export async function loadAssets(
  // As good from .build/, where the service's bundle lies.
  folder = new URL("../functions/", import.meta.url),
): Promise<ReadonlyMap<string, Asset>> {
  const assets = new Map<string, Asset>();
  // One after the other, so that it is always the bundle that is missed first.
  for (const { name, path, type } of FILES) {
    const body = await read(new URL(path, folder), path);
    assets.set(name, { body, type, etag: await entityTag(body) });
  }
  return assets;
}

async function read(url: URL, path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await Deno.readFile(url);
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
    throw new UserError(
      `The page's file functions/${path} is missing: run "deno task bundle" first.`,
    );
  }
}

/** A strong entity tag: the first 64 bits of the content's SHA-256. */
async function entityTag(body: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", body));
  return `"${digest.subarray(0, 8).toHex()}"`;
}
