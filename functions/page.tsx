import { Hono } from "hono";
import { html } from "hono/html";
import type { Env, Services } from "./env.ts";
import { chooseLanguage } from "./page/language.ts";
import { LivePage, WallPage } from "./page/live_page.tsx";
import { LOGIN_TEXTS } from "./page/login_texts.ts";
import { plainPower, plainTime } from "./page/plain_reading.ts";
import { type Language, TEXTS } from "./page/texts.ts";
import { assetPath, sendAsset } from "./send_asset.ts";

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
      logOut={c.get("access") === "session" ? LOGIN_TEXTS[language].logOut : null}
    />
  )}`);
});

app.get("/assets/:name", (c) => sendAsset(c, c.req.param("name")));

function withoutScript({ live, timeZone }: Services, language: Language): string {
  const { at, watts } = live.now();
  const texts = TEXTS[language];
  if (at === null || watts === null) return texts.noScriptEmpty;
  return texts.noScript(plainPower(language, watts), plainTime(at, timeZone));
}

export default app;
