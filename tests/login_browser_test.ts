import assert from "node:assert/strict";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { loadAssets } from "../functions/assets.ts";
import { assertAccessible } from "./support/accessible.ts";
import { browserTest } from "./support/chromium.ts";
import { pageServices } from "./support/live_fixture.ts";
import { reads, until } from "./support/live_page_browser.ts";
import { type LivePageServer, openPagePort, serveLivePage } from "./support/live_page_server.ts";

const TOKEN = 'sixteen+characters%"or<more';

interface House {
  readonly server: LivePageServer;
  /** What a browser complained about: nothing may stand there. */
  readonly complaints: string[];
  changeToken(): void;
  /** A page of a browser that has never been here. */
  visit(path: string, options?: BrowserContextOptions): Promise<Page>;
}

function houseTest(name: string, cases: Record<string, (house: House) => Promise<void>>): void {
  browserTest(name, async (t, browser) => {
    const assets = await loadAssets();
    for (const [name, body] of Object.entries(cases)) {
      await t.step(name, () => withHouse(browser, assets, body));
    }
  });
}

async function withHouse(
  browser: Browser,
  assets: Awaited<ReturnType<typeof loadAssets>>,
  body: (house: House) => Promise<void>,
): Promise<void> {
  const { query } = pageServices();
  const span = () => Promise.reject(new Error("the test has no history"));
  const services = pageServices({
    assets,
    accessToken: TOKEN,
    nowMs: Date.now,
    query: { ...query, span },
  });
  await using port = openPagePort();
  using server = serveLivePage(services, port);
  const complaints: string[] = [];
  const visit = async (path: string, options: BrowserContextOptions = {}) => {
    const page = await (await browser.newContext({ locale: "en-GB", ...options })).newPage();
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(server.origin + path);
    return page;
  };
  const changeToken = () => void Object.assign(services, { accessToken: "another-token-of-16" });
  try {
    await body({ server, complaints, changeToken, visit });
  } finally {
    for (const context of browser.contexts()) await context.close();
  }
}

async function enter(page: Page, token: string): Promise<void> {
  await page.getByLabel(/^(Access token|Codice di accesso)$/).fill(token);
  await page.keyboard.press("Enter");
}

const isAt = (page: Page, address: string) =>
  until(() => page.url() === address, () => `${page.url()} is not ${address}`);

houseTest("the log-in in Chromium", {
  "a page that is asked for leads to the log-in and back, and is live": async (house) => {
    const { server, complaints, visit } = house;
    const page = await visit("/?view=wall#x");
    await isAt(page, `${server.origin}/login?next=%2F%3Fview%3Dwall#x`);
    assert.equal(server.connections, 0);
    await enter(page, TOKEN);
    await isAt(page, `${server.origin}/?view=wall#x`);
    await reads(page, "#power", "1999 W");
    assert.equal(server.connections, 1);
    assert.equal(await page.evaluate("document.cookie"), "", "no script reads it");
    const [cookie] = await page.context().cookies();
    assert.deepEqual([cookie?.httpOnly, cookie?.sameSite, cookie?.secure], [true, "Lax", false]);
    assert.deepEqual(complaints, []);
  },

  "a wrong token is told beside the field, in the browser's language": async (
    { visit, server },
  ) => {
    const page = await visit("/", { locale: "it-IT" });
    await enter(page, "wrong");
    await reads(page, "[role=alert]", "Non è il codice di accesso.");
    assert.equal(await page.locator("#token").inputValue(), "");
    await enter(page, TOKEN);
    await isAt(page, `${server.origin}/`);
    await reads(page, "#power", "1999 W");
  },

  "a log-in link logs in and leaves the token neither in the address nor in the tab's history":
    async ({ visit, server, complaints }) => {
      const page = await visit(`/login#token=${encodeURIComponent(TOKEN)}`);
      await isAt(page, `${server.origin}/`);
      await reads(page, "#power", "1999 W");
      await page.goBack();
      assert.ok(!page.url().includes("token"), page.url());
      assert.deepEqual(complaints, []);
    },

  "without script the form does the same": async ({ visit, server }) => {
    const page = await visit("/?view=wall", { javaScriptEnabled: false });
    await page.locator("#token").fill(TOKEN);
    await page.locator("button").click();
    await isAt(page, `${server.origin}/?view=wall`);
  },

  "who logs out sees the log-in page, and nothing else any more": async ({ visit, server }) => {
    const page = await visit(`/login#token=${encodeURIComponent(TOKEN)}`);
    await page.getByRole("button", { name: "Log out" }).click();
    await isAt(page, `${server.origin}/login`);
    await page.goto(`${server.origin}/`);
    await isAt(page, `${server.origin}/login`);
  },

  "a page that stays open asks for the new token when it has changed": async (house) => {
    const { visit, server, changeToken } = house;
    const page = await visit(`/login?next=/?view=wall#token=${encodeURIComponent(TOKEN)}`);
    await reads(page, "#power", "1999 W");
    changeToken();
    server.drop();
    await isAt(page, `${server.origin}/login?next=%2F%3Fview%3Dwall`);
  },

  "so does the history, when it is asked for more": async ({ visit, server, changeToken }) => {
    const page = await visit(`/login?next=/history#token=${encodeURIComponent(TOKEN)}`);
    const again = page.locator("#notices button");
    await again.waitFor();
    changeToken();
    await again.click();
    await isAt(page, `${server.origin}/login?next=%2Fhistory`);
  },

  "it fits narrow and wide, and begins in its field": async ({ visit }) => {
    const page = await visit("/login", { colorScheme: "dark" });
    for (const width of [360, 2560]) {
      await page.setViewportSize({ width, height: 700 });
      await page.reload();
      const wide = await page.evaluate("document.documentElement.scrollWidth");
      assert.equal(wide, width);
      // With the first picture, which may be later than the page.
      const focused = () => page.evaluate("document.activeElement.id");
      await until(async () => await focused() === "token", () => "it does not begin in its field");
      const { height = 0 } = await page.locator("button").boundingBox() ?? {};
      assert.ok(height >= 44, `a thumb hits ${height} px badly`);
      await assertAccessible(page, `the log-in, ${width} px wide`);
    }
  },
});
