import { type Context, Hono } from "hono";
import { deleteCookie } from "hono/cookie";
import { html } from "hono/html";
import { returnPath } from "../lib/access/return_path.ts";
import { accessOf, isToken, SESSION_COOKIE } from "./access.ts";
import { assetPath, sendAsset } from "./send_asset.ts";
import type { Env } from "./env.ts";
import { beginSession } from "./guard.ts";
import { chooseLanguage } from "./page/language.ts";
import { LoginPage, type LoginState } from "./page/login_page.tsx";
import { LOGIN_TEXTS } from "./page/login_texts.ts";

/** What the log-in page is made of: a browser gets it before it is logged in. */
const ASSETS: ReadonlySet<string> = new Set(["login.js", "login.css", "icon.svg"]);

/**
 * The log-in: the one page, besides `/health`, that answers everybody. `/login#token=TOKEN` logs in at once where there
 * is JavaScript: a fragment stays in the browser, so that the token gets into no log and no Referer on the way.
 */
const app = new Hono<Env>();

app.get("/login", async (c) => {
  const next = returnPath(c.req.query("next") ?? "/");
  const access = await accessOf(c.req.raw, c.env);
  const state = access === "open" ? "open" : access === "session" ? "in" : "out";
  return page(c, { next, state });
});

app.post("/login", async (c) => {
  const form = new URLSearchParams(await c.req.text());
  const next = returnPath(form.get("next") ?? "/");
  const { accessToken, wrongToken, peer } = c.env;
  const given = form.get("token")?.trim() ?? "";
  if (accessToken === null || await isToken(given, accessToken)) {
    await beginSession(c);
    c.header("cache-control", "no-store");
    return c.redirect(next, 303);
  }
  const waitS = wrongToken(peer.hostname);
  if (waitS === null) return page(c, { next, state: "wrong" }, 403);
  c.header("retry-after", String(waitS));
  return page(c, { next, state: "many" }, 429);
});

app.get("/assets/:name", async (c, next) => {
  const name = c.req.param("name");
  return ASSETS.has(name) ? await sendAsset(c, name) : await next();
});

/** What only somebody who is logged in has a use for. */
export const logout = new Hono<Env>();

logout.post("/logout", (c) => {
  deleteCookie(c, SESSION_COOKIE, { path: "/", httpOnly: true, sameSite: "Lax" });
  return c.redirect("/login", 303);
});

interface Shown {
  /** Where to go afterwards. */
  readonly next: string;
  readonly state: LoginState;
}

function page(c: Context<Env>, { next, state }: Shown, status: 200 | 403 | 429 = 200) {
  const language = chooseLanguage(c.req.header("accept-language") ?? "", c.env.language);
  c.header("cache-control", "no-store");
  c.header("vary", "Accept-Language");
  c.header("content-language", language);
  return c.html(
    html`<!DOCTYPE html>${(
      <LoginPage
        language={language}
        texts={LOGIN_TEXTS[language]}
        asset={(name) => assetPath(c.env, name)}
        next={next}
        state={state}
      />
    )}`,
    status,
  );
}

export default app;
