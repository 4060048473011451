import assert from "node:assert/strict";
import { loadAssets } from "../functions/assets.ts";
import app from "../functions/app.ts";
import { servicesFixture } from "./support/services_fixture.ts";

const services = servicesFixture({ assets: await loadAssets() });

/** What the user's browser may load in all, gzipped. */
const MOST_BYTES = 120_000;

async function page(path: string, language = "en"): Promise<string> {
  const headers = { host: "localhost", "accept-language": language };
  const response = await app.request(path, { headers }, services);
  assert.equal(response.status, 200, path);
  return await response.text();
}

Deno.test("the history page names its place before any script has run", async () => {
  assert.match(await page("/history"), /<h1[^>]*>November 2026<\/h1>/);
  assert.match(await page("/history?month=2026-11", "it"), /<h1[^>]*>Novembre 2026<\/h1>/);
  const day = await page("/history?day=2026-11-22&with=week");
  assert.match(day, /<title>Sunday 22 November 2026 · MCCE<\/title>/);
  assert.match(await page("/history?day=<script>"), /<h1[^>]*>November 2026<\/h1>/);
});

Deno.test("a house that cannot be asked about has its history page all the same", async () => {
  const query = { ...services.query, span: () => Promise.reject(new Error("the disk is gone")) };
  const response = await app.request("/history", { headers: { host: "localhost" } }, {
    ...services,
    query,
  });
  assert.equal(response.status, 200);
  assert.match(await response.text(), /<h1[^>]*>History<\/h1>/);
});

/** The answers that a page brings along, by their paths. */
function answersIn(html: string): Record<string, unknown> {
  const [, json] = html.match(/<script type="application\/json" id="answers">(.*?)<\/script>/s)!;
  return JSON.parse(json!);
}

Deno.test("the history page brings the answers along that its script asks for, save those that cannot be had", async () => {
  const days = () => Promise.resolve(new TextEncoder().encode('["</script><b>"]'));
  const span = await services.query.span();
  const known = {
    ...services.query,
    days,
    span: () => Promise.resolve({ ...span, firstDate: "2026-11-01" }),
  };
  const html = async (query: typeof known) => {
    const headers = { host: "localhost" };
    return await (await app.request("/history?month=2026-11", { headers }, { ...services, query }))
      .text();
  };
  const all = await html(known);
  assert.doesNotMatch(all, /<b>/);
  const answers = answersIn(all);
  assert.deepEqual(answers["/query/days?from=2026-11-01&to=2026-11-30"], ["</script><b>"]);
  const stats = ["/query/stats?year=2026&month=11", "/query/stats?year=2026&month=10"];
  assert.deepEqual(Object.keys(answers).slice(1), stats);
  const broken = () => Promise.reject(new Error("the disk is gone"));
  assert.deepEqual(Object.keys(answersIn(await html({ ...known, days: broken }))), stats);
});

Deno.test("the history page is one document without inline script, style or another host", async () => {
  const html = await page("/history?year=2026");
  assert.ok(html.startsWith("<!DOCTYPE html><html"));
  const withoutData = html.replace(/<script type="application\/json" id="answers">/, "");
  assert.doesNotMatch(
    withoutData,
    /<script(?![^>]* src="\/assets\/)[^>]*>|<style|\sstyle=|\son[a-z]+=/,
  );
  assert.doesNotMatch(html, /(?:src|href)="(?!\/(?!\/))/);
  assert.match(html, /<a href="\/history" aria-current="page">History<\/a>/);
});

Deno.test("without JavaScript the history page leads to its figures as a file", async () => {
  assert.match(await page("/history"), /<noscript>.*href="\/query\/export\?[^"]*resolution=day/s);
});

Deno.test("what is to be read comes in the order of its weight", async () => {
  const html = await page("/history");
  const order = ['id="trail"', "<h1", 'id="energy"', 'id="bars"', 'id="calendar"', 'id="stats"'];
  const places = order.map((part) => html.indexOf(part));
  assert.ok(!places.includes(-1));
  assert.deepEqual(places, places.toSorted((a, b) => a - b));
});

Deno.test(`all that browsers load is ${MOST_BYTES / 1000} kB at most, compressed`, async () => {
  let sum = 0;
  for (const { body } of services.assets.values()) {
    const packed = new Blob([body]).stream().pipeThrough(new CompressionStream("gzip"));
    sum += (await new Response(packed).arrayBuffer()).byteLength;
  }
  assert.ok(sum > 30_000 && sum <= MOST_BYTES, `${sum} bytes`);
});

Deno.test("the live page loads nothing of the history's", async () => {
  const html = await page("/");
  assert.match(html, /live\.js/);
  assert.doesNotMatch(html, /history\.(?:js|css)/);
});
