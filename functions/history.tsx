import { type Context, Hono } from "hono";
import { html } from "hono/html";
import alarm from "./alarm.ts";
import type { Env } from "./env.ts";
import { EPISODE_TEXTS } from "./page/history/episode_texts.ts";
import { HISTORY_PATH, monthAt, type Place, readPlace } from "./page/history/place.ts";
import { questions } from "./page/history/questions.ts";
import { HISTORY_TEXTS } from "./page/history/texts.ts";
import { HistoryPage } from "./page/history_page.tsx";
import { chooseLanguage } from "./page/language.ts";
import { LOGIN_TEXTS } from "./page/login_texts.ts";
import { TEXTS } from "./page/texts.ts";
import query from "./query.ts";
import { assetPath } from "./send_asset.ts";
import { sendCompressed } from "./send_json.ts";

const app = new Hono<Env>();

/** Answers what the page's script would ask for. */
const answering = new Hono<Env>().route("/", query).route("/", alarm);
answering.onError(() => new Response(null, { status: 503 }));

app.get(HISTORY_PATH, async (c) => {
  const language = chooseLanguage(c.req.header("Accept-Language") ?? "", c.env.language);
  // Where nothing can be told now, the script asks and says why not.
  const span = await c.env.query.span().catch(() => null);
  const place = readPlace(new URL(c.req.url).searchParams) ?? (span && monthAt(span.today));
  const isEmpty = place === null || !span?.firstDate;
  // A browser's Back must not bring figures of an hour ago.
  c.header("Cache-Control", "no-store");
  c.header("Vary", "Accept-Language, Accept-Encoding");
  c.header("Content-Language", language);
  const page = await html`<!DOCTYPE html>${(
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
      answers={isEmpty ? "{}" : await answersTo(place, c)}
    />
  )}`;
  const bytes = new TextEncoder().encode(page.toString());
  return await sendCompressed(c, bytes, "text/html; charset=UTF-8");
});

/** A JSON object of answers by their paths. One that cannot be had is asked for by the script, which says why. */
async function answersTo(place: Place, c: Context<Env>): Promise<string> {
  const answers: string[] = [];
  for (const path of questions(place)) {
    const answer = await answering.fetch(new Request(new URL(path, c.req.url)), c.env);
    if (answer.ok) answers.push(`${JSON.stringify(path)}:${await answer.text()}`);
  }
  return `{${answers.join(",")}}`;
}

export default app;
