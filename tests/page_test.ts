import assert from "node:assert/strict";
import { loadAssets } from "../functions/assets.ts";
import app from "../functions/page.tsx";
import { chooseLanguage } from "../functions/page/language.ts";
import { NOW_ANSWER, pageServices } from "./support/live_fixture.ts";

const asset = { body: new TextEncoder().encode("let a;"), type: "text/javascript", etag: '"abc"' };
const services = pageServices({ assets: new Map([["live.js", asset]]) });

const get = (path: string, headers: Record<string, string> = {}, env = services) =>
  app.request(path, { headers }, env);

Deno.test("the page speaks the browser's language, else the configured one", async () => {
  const italian = await get("/", { "accept-language": "it-IT,it;q=0.9,en;q=0.8" });
  assert.match(await italian.text(), /<html lang="it"/);
  assert.equal(italian.headers.get("content-language"), "it");
  assert.equal(italian.headers.get("vary"), "Accept-Language");
  const german = await get("/", { "accept-language": "de" }, { ...services, language: "it" });
  assert.match(await german.text(), /Potenza ora/);
});

Deno.test("of the languages asked for, the first of highest quality counts", () => {
  assert.equal(chooseLanguage("", "it"), "it");
  assert.equal(chooseLanguage("de-CH, it;q=0.5, en;q=0.7", "it"), "en");
  assert.equal(chooseLanguage("EN-gb", "it"), "en");
  assert.equal(chooseLanguage("it;q=0, fr", "en"), "en");
  assert.equal(chooseLanguage("en;q=abc, it", "en"), "it");
});

Deno.test("the page is one document without inline script, style or another host", async () => {
  for (const path of ["/", "/?view=wall"]) {
    const response = await get(path);
    const html = await response.text();
    assert.equal(response.status, 200);
    assert.match(response.headers.get("content-type") ?? "", /^text\/html/);
    assert.ok(html.startsWith("<!DOCTYPE html><html"), "no doctype");
    assert.doesNotMatch(html, /<script(?![^>]* src="\/assets\/)[^>]*>|<style|\sstyle=|\son[a-z]+=/);
    assert.doesNotMatch(html, /(?:src|href)="(?!\/(?!\/))/);
    assert.match(html, /<main>.*<h1/s);
  }
});

Deno.test("the wall view is asked for by its address and links back", async () => {
  assert.match(await (await get("/")).text(), /href="\/\?view=wall"/);
  const wall = await (await get("/?view=wall")).text();
  assert.match(wall, /<body class="wall"/);
  assert.match(wall, /<a href="\/">Full view/);
  assert.doesNotMatch(wall, /today-plot/);
});

Deno.test("without JavaScript the page tells the newest reading and its time", async () => {
  assert.match(await (await get("/")).text(), /<noscript>.*At 14:30:00 the house drew 1999 W\./s);
  const live = { ...services.live, now: () => ({ ...NOW_ANSWER, at: null, watts: null }) };
  const empty = await (await get("/", {}, { ...services, live })).text();
  assert.match(empty, /<noscript>.*There is no reading yet\./s);
});

Deno.test("an asset is kept for good under its content's address and asked for again under the bare one", async () => {
  assert.match(await (await get("/")).text(), /src="\/assets\/live\.js\?v=abc"/);
  const named = await get("/assets/live.js?v=abc");
  assert.equal(await named.text(), "let a;");
  assert.equal(named.headers.get("content-type"), "text/javascript");
  assert.match(named.headers.get("cache-control") ?? "", /immutable/);
  const old = await get("/assets/live.js?v=older");
  assert.equal(old.headers.get("cache-control"), "no-cache");
  await old.body?.cancel();
});

Deno.test("an asset that the browser has is not sent again", async () => {
  for (const etag of ['"abc"', 'W/"abc"', '"x", "abc"']) {
    const response = await get("/assets/live.js", { "if-none-match": etag });
    assert.equal(response.status, 304);
    assert.equal(response.headers.get("etag"), '"abc"');
    assert.equal(response.body, null);
  }
  const other = await get("/assets/live.js", { "if-none-match": '"other"' });
  assert.equal(other.status, 200);
  await other.body?.cancel();
});

Deno.test("an unknown asset is not found, whatever its name", async () => {
  for (const name of ["nope.js", "..%2Fmain.ts", "__proto__"]) {
    const response = await get(`/assets/${name}`);
    assert.equal(response.status, 404);
    await response.body?.cancel();
  }
});

Deno.test("the bundle and the icon are loaded with their types and tags", async () => {
  const assets = await loadAssets();
  assert.deepEqual([...assets.keys()], [
    "live.js",
    "notice_worker.js",
    "live.css",
    "history.js",
    "history_day.js",
    "history.css",
    "docs.css",
    "login.js",
    "login.css",
    "icon.svg",
    "icon-192.png",
    "icon-512.png",
    "icon-maskable.png",
  ]);
  assert.equal(assets.get("icon.svg")?.type, "image/svg+xml");
  assert.match(assets.get("live.js")?.etag ?? "", /^"[0-9a-f]{16}"$/);
});

Deno.test("a bundle that is not made yet is told with the remedy", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await assert.rejects(loadAssets(new URL(`file://${folder}/`)), {
      name: "UserError",
      message: /page\/dist\/live\.js is missing: run "deno task bundle" first\.$/,
    });
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
