import { deepEqual, equal, ok } from "node:assert/strict";
import app from "../functions/app.ts";
import { loadAssets } from "../functions/assets.ts";
import { assertAccessible } from "./support/accessible.ts";
import { browserTest } from "./support/chromium.ts";
import { servicesFixture } from "./support/services_fixture.ts";

browserTest("the description of the API in Chromium", async (t, browser) => {
  const services = servicesFixture({ assets: await loadAssets() });
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    (request) => app.fetch(request, services),
  );
  const url = `http://127.0.0.1:${server.addr.port}/docs`;
  try {
    await t.step("fits 360 and 2560 pixels, in the dark as well, without script", async () => {
      const context = await browser.newContext({ colorScheme: "dark", javaScriptEnabled: false });
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on("console", (message) => complaints.push(message.text()));
      page.on("requestfailed", (request) => complaints.push(request.url()));
      await page.goto(url);
      for (const width of [360, 2560]) {
        await page.setViewportSize({ width, height: 900 });
        const { scrollWidth, ground } = await page.evaluate(() => ({
          scrollWidth: document.documentElement.scrollWidth,
          ground: getComputedStyle(document.body).backgroundColor,
        }));
        ok(scrollWidth <= width, `${scrollWidth} pixels wide`);
        equal(ground, "rgb(13, 19, 22)");
      }
      deepEqual(complaints, []);
      await context.close();
    });

    await t.step(
      "every fold and every example is reached by keyboard, and every link leads somewhere",
      async () => {
        const page = await browser.newPage();
        await page.goto(url);
        const first = page.locator("nav.contents a").first();
        await first.focus();
        await page.keyboard.press("Enter");
        const target = await page.evaluate(() => document.querySelector(":target")?.id);
        equal(`#${target}`, await first.getAttribute("href"));
        const folded = page.locator("details:not([open]) summary").first();
        await folded.focus();
        await page.keyboard.press("Enter");
        ok(await page.locator("details[open] pre").first().isVisible());
        equal(await page.locator("pre:not([tabindex='0'])").count(), 0);
        await assertAccessible(page, "the description");
        await page.close();
      },
    );
  } finally {
    await server.shutdown();
  }
});
