import { Hono } from "hono";
import { html } from "hono/html";
import type { Env } from "./env.ts";
import { TEXTS } from "./page/texts.ts";
import { assetPath } from "./send_asset.ts";

const app = new Hono<Env>();

// What describes the API is loaded when someone asks for it, which most services are never.
const describe = async (version: string) => (await import("./docs/openapi.ts")).openApi(version);

app.get(
  "/openapi.json",
  async (c) => c.json(await describe(c.env.version), 200, { "cache-control": "no-cache" }),
);

app.get("/docs", async (c) => {
  const { DocsPage } = await import("./docs/docs_page.tsx");
  const document = await describe(c.env.version);
  c.header("cache-control", "no-cache");
  const asset = (name: string) => assetPath(c.env, name);
  return c.html(
    html`<!DOCTYPE html>${<DocsPage document={document} texts={TEXTS.en} asset={asset} />}`,
  );
});

export default app;
