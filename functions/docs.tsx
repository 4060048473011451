import { Hono } from "hono";
import { html } from "hono/html";
import type { Env, Services } from "./env.ts";
import { TEXTS } from "./page/texts.ts";
import { assetPath } from "./send_asset.ts";

const app = new Hono<Env>();

/** The description as programs and as people read it. */
interface Description {
  readonly json: string;
  readonly page: string;
}

/** It never changes while a service runs, and takes 25 ms to make: so many at once would hold up the loop. */
const made = new WeakMap<Services["assets"], Promise<Description>>();

function description({ assets, version }: Services): Promise<Description> {
  let one = made.get(assets);
  if (!one) made.set(assets, one = make(assets, version));
  return one;
}

// What describes the API is loaded when someone asks for it, which most services are never.
async function make(assets: Services["assets"], version: string): Promise<Description> {
  const { openApi } = await import("./docs/openapi.ts");
  const { DocsPage } = await import("./docs/docs_page.tsx");
  const document = openApi(version);
  const json = JSON.stringify(document);
  const asset = (name: string) => assetPath({ assets }, name);
  const page = await html`<!DOCTYPE html>${(
    <DocsPage document={document} texts={TEXTS.en} asset={asset} />
  )}`;
  return { json, page: page.toString() };
}

app.get("/openapi.json", async (c) => {
  const { json } = await description(c.env);
  const headers = { "content-type": "application/json", "cache-control": "no-cache" };
  return c.body(json, 200, headers);
});

app.get("/docs", async (c) => {
  const { page } = await description(c.env);
  c.header("cache-control", "no-cache");
  return c.html(page);
});

export default app;
