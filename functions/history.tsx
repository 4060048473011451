import { Hono } from "hono";
import { html } from "hono/html";
import type { Env } from "./env.ts";
import { EPISODE_TEXTS } from "./page/history/episode_texts.ts";
import { HISTORY_PATH, monthAt, readPlace } from "./page/history/place.ts";
import { HISTORY_TEXTS } from "./page/history/texts.ts";
import { HistoryPage } from "./page/history_page.tsx";
import { chooseLanguage } from "./page/language.ts";
import { LOGIN_TEXTS } from "./page/login_texts.ts";
import { TEXTS } from "./page/texts.ts";
import { assetPath } from "./send_asset.ts";

const app = new Hono<Env>();

app.get(HISTORY_PATH, async (c) => {
  const language = chooseLanguage(c.req.header("Accept-Language") ?? "", c.env.language);
  // Where nothing can be told now, the script asks and says why not.
  const span = await c.env.query.span().catch(() => null);
  const place = readPlace(new URL(c.req.url).searchParams) ?? (span && monthAt(span.today));
  c.header("Cache-Control", "no-cache");
  c.header("Vary", "Accept-Language");
  c.header("Content-Language", language);
  return c.html(html`<!DOCTYPE html>${(
    <HistoryPage
      language={language}
      texts={TEXTS[language]}
      historyTexts={HISTORY_TEXTS[language]}
      episodeTexts={EPISODE_TEXTS[language]}
      version={c.env.version}
      asset={(name) => assetPath(c.env, name)}
      logOut={c.get("access") === "session" ? LOGIN_TEXTS[language].logOut : null}
      place={place}
      span={span}
    />
  )}`);
});

export default app;
