import { Hono } from "hono";
import { html } from "hono/html";
import type { Env, Services } from "./env.ts";
import { chooseLanguage } from "./page/language.ts";
import { LivePage, WallPage } from "./page/live_page.tsx";
import { plainPower, plainTime } from "./page/plain_reading.ts";
import { type Language, TEXTS } from "./page/texts.ts";

const app = new Hono<Env>();

app.get("/", (c) => {
  const language = chooseLanguage(c.req.header("Accept-Language") ?? "", c.env.language);
  const Page = c.req.query("view") === "wall" ? WallPage : LivePage;
  c.header("Cache-Control", "no-cache");
  c.header("Vary", "Accept-Language");
  c.header("Content-Language", language);
  return c.html(html`<!DOCTYPE html>${(
    <Page
      language={language}
      texts={TEXTS[language]}
      version={c.env.version}
      asset={(name) => assetPath(c.env, name)}
      withoutScript={withoutScript(c.env, language)}
    />
  )}`);
});

app.get("/assets/:name", (c) => {
  const asset = c.env.assets.get(c.req.param("name"));
  if (asset === undefined) return c.notFound();
  const isNamedByContent = c.req.query("v") === tag(asset.etag);
  c.header("Cache-Control", isNamedByContent ? "public, max-age=31536000, immutable" : "no-cache");
  c.header("ETag", asset.etag);
  const known = (c.req.header("If-None-Match") ?? "").split(",").map((etag) => tag(etag));
  if (known.includes(tag(asset.etag))) return c.body(null, 304);
  return c.body(asset.body, 200, { "Content-Type": asset.type });
});

/** An entity tag without its quotes and its mark of weakness, which is of no account here (RFC 9110, 13.1.2). */
function tag(etag: string): string {
  return etag.trim().replace(/^W\//, "").replaceAll('"', "");
}

/** With the content's tag in the address an asset can be kept for good, and an upgrade is seen at once. */
function assetPath({ assets }: Services, name: string): string {
  const etag = assets.get(name)?.etag;
  return etag === undefined
    ? `/assets/${name}`
    : `/assets/${name}?v=${encodeURIComponent(tag(etag))}`;
}

function withoutScript({ live, timeZone }: Services, language: Language): string {
  const { at, watts } = live.now();
  const texts = TEXTS[language];
  if (at === null || watts === null) return texts.noScriptEmpty;
  return texts.noScript(plainPower(language, watts), plainTime(at, timeZone));
}

export default app;
