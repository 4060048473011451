import assert from "node:assert/strict";
import app from "../functions/app.ts";
import { loadAssets } from "../functions/assets.ts";
import { browserTest } from "./support/chromium.ts";
import { servicesFixture } from "./support/services_fixture.ts";

const services = servicesFixture({ assets: await loadAssets() });

/** Width and height of a PNG file: its first chunk begins with them. */
function sizeOf(png: Uint8Array): string {
  const view = new DataView(png.buffer, png.byteOffset);
  return `${view.getUint32(16)}x${view.getUint32(20)}`;
}

Deno.test("the manifest speaks the browser's language and its icons are what it says of them", async () => {
  const headers = { host: "localhost", "accept-language": "it" };
  const answer = await app.request("/manifest.webmanifest", { headers }, services);
  assert.equal(answer.headers.get("content-type"), "application/manifest+json");
  const { lang, icons } = await answer.json();
  assert.equal(lang, "it");
  assert.equal(icons.length, 4);
  for (const { src, sizes, type } of icons as { src: string; sizes: string; type: string }[]) {
    const icon = await app.request(src, { headers }, services);
    assert.match(icon.headers.get("cache-control") ?? "", /immutable/);
    assert.equal(icon.headers.get("content-type"), type);
    const bytes = new Uint8Array(await icon.arrayBuffer());
    if (type === "image/png") assert.equal(sizeOf(bytes), sizes);
  }
});

browserTest(
  "Chromium finds nothing that keeps the page from being installed",
  async (_, browser) => {
    const options = { hostname: "127.0.0.1", port: 0, onListen() {} };
    const http = Deno.serve(options, (request) => app.fetch(request, services));
    try {
      const page = await browser.newPage();
      await page.goto(`http://127.0.0.1:${http.addr.port}/?view=wall`);
      const devtools = await page.context().newCDPSession(page);
      const { url, errors } = await devtools.send("Page.getAppManifest");
      assert.match(url, /\/manifest\.webmanifest$/);
      assert.deepEqual(errors, []);
      const { installabilityErrors } = await devtools.send("Page.getInstallabilityErrors");
      const found = installabilityErrors.map(({ errorId }) => errorId);
      assert.deepEqual(found.filter((error) => error !== "in-incognito"), []);
      await page.goto("about:blank"); // ends its stream
    } finally {
      await http.shutdown();
    }
  },
);
