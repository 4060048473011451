import { Hono } from "hono";
import { assetPath } from "./send_asset.ts";
import type { Env } from "./env.ts";
import { chooseLanguage } from "./page/language.ts";
import { TEXTS } from "./page/texts.ts";

const app = new Hono<Env>();

/**
 * What a browser needs to install the page as an app where it is served over HTTPS or from this machine: Chromium asks
 * for a name, an icon of 144 px or more, a start and a display of its own, and for no service worker since version 112
 * (developer.chrome.com/blog/update-install-criteria).
 */
app.get("/manifest.webmanifest", (c) => {
  const language = chooseLanguage(c.req.header("Accept-Language") ?? "", c.env.language);
  const texts = TEXTS[language];
  const icon = (name: string, sizes: string, purpose: "any" | "maskable") => ({
    src: assetPath(c.env, name),
    sizes,
    type: name.endsWith(".svg") ? "image/svg+xml" : "image/png",
    purpose,
  });
  c.header("Cache-Control", "no-cache");
  c.header("Vary", "Accept-Language");
  c.header("Content-Type", "application/manifest+json");
  return c.body(JSON.stringify({
    id: "/",
    name: "MCCE",
    short_name: "MCCE",
    description: texts.description,
    lang: language,
    start_url: "/",
    scope: "/",
    display: "standalone",
    background_color: "#f3f5f6",
    theme_color: "#0b6b75",
    icons: [
      icon("icon.svg", "any", "any"),
      icon("icon-192.png", "192x192", "any"),
      icon("icon-512.png", "512x512", "any"),
      icon("icon-maskable.png", "512x512", "maskable"),
    ],
    shortcuts: [{ name: texts.history, url: "/history" }],
  }));
});

export default app;
