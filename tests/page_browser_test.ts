import assert from "node:assert/strict";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { loadAssets } from "../functions/assets.ts";
import type { Snapshot } from "../lib/live/wire.ts";
import { browserTest } from "./support/chromium.ts";
import { NOW, pageServices, readingAt, snapshotAt } from "./support/live_fixture.ts";
import { type LivePageServer, serveLivePage } from "./support/live_page_server.ts";

browserTest("the live page in Chromium", async (t, browser) => {
  const services = pageServices({ assets: await loadAssets() });
  for (const [name, body] of Object.entries(CASES)) {
    await t.step(name, async () => {
      await using server = serveLivePage(services);
      await body(server, browser);
    });
  }
});

/** What a page was seen to do that it must not. */
interface Opened extends AsyncDisposable {
  readonly page: Page;
  readonly complaints: string[];
  readonly documents: () => number;
}

/** Opens the page with a clock that stands still until a test moves it. */
async function open(
  server: LivePageServer,
  browser: Browser,
  { path = "/", ...options }: BrowserContextOptions & { readonly path?: string } = {},
): Promise<Opened> {
  const context = await browser.newContext({
    locale: "en-GB",
    timezoneId: "Asia/Tokyo",
    colorScheme: "light",
    ...options,
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  let documents = 0;
  page.on("console", (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(`${server.origin}/`)) complaints.push(`asks ${request.url()}`);
    if (request.isNavigationRequest()) documents++;
  });
  await page.clock.install();
  await page.goto(server.origin + path);
  return {
    page,
    complaints,
    documents: () => documents,
    [Symbol.asyncDispose]: () => context.close(),
  };
}

/** Waits until an element reads as expected. */
async function reads(page: Page, selector: string, expected: string | RegExp): Promise<void> {
  const element = page.locator(selector);
  const pattern = typeof expected === "string" ? undefined : expected;
  const deadline = Date.now() + 5_000;
  for (;;) {
    const text = ((await element.textContent()) ?? "").replace(/\s+/g, " ").trim();
    if (pattern ? pattern.test(text) : text === expected) return;
    if (Date.now() > deadline) assert.equal(text, String(expected), selector);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Waits until a condition outside the page holds. */
async function until(holds: () => boolean | Promise<boolean>, what: string): Promise<void> {
  const deadline = Date.now() + 5_000;
  while (!await holds()) {
    assert.ok(Date.now() < deadline, what);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** Makes the page believe that its tab was hidden or shown. */
function setHidden(page: Page, hidden: boolean): Promise<void> {
  return page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
}

/** The page's ground. */
function ground(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.body).backgroundColor);
}

/** The picture of the last hour's curve. */
function drawing(page: Page): Promise<string> {
  return page.locator("#hour-plot canvas").evaluate((e) => (e as HTMLCanvasElement).toDataURL());
}

const CASES: Record<string, (server: LivePageServer, browser: Browser) => Promise<void>> = {
  "shows the power and the day, and follows each reading": async (server, browser) => {
    await using opened = await open(server, browser);
    const { page } = opened;
    await reads(page, "#power", "1999 W");
    await reads(page, "#age", "at 14:30:00");
    await reads(page, "#kwh", "7.41");
    await reads(page, "dl.totals div:nth-child(2) dd", "13.42 kW 12:15");
    await reads(page, "#state-text", "Meter connected");
    await reads(page, "#spoken", "Meter connected. 1999 watts");
    server.send("reading", readingAt(NOW + 5_000, 13_420, { kWhToday: 7.5, coverage: 0.984 }));
    await reads(page, "#power", "13.42 kW");
    await reads(page, "#kwh", "7.50");
    await reads(page, "#coverage", "98%");
    assert.match(await page.title(), /^13\.42 kW/);
    await reads(page, "#spoken", "Meter connected. 1999 watts");
    await reads(page, "#hour-summary", /^Last hour: between 210 W and 13\.42 kW, /);
    assert.deepEqual(opened.complaints, []);
  },

  "an old number goes grey with its age at 15 s and is none at 60 s": async (server, browser) => {
    await using opened = await open(server, browser);
    const { page } = opened;
    await reads(page, "#power", "1999 W");
    const fresh = await page.locator("#power").evaluate((e) => getComputedStyle(e).color);
    await page.clock.runFor(16_000);
    await reads(page, "#power", "1999 W");
    await reads(page, "#age", /^1[56] s ago$/);
    const stale = await page.locator("#power").evaluate((e) => getComputedStyle(e).color);
    assert.notEqual(stale, fresh);
    server.snapshot = () => snapshotAt(NOW, { now: NOW + 61_000 });
    await page.clock.runFor(45_000);
    await reads(page, "#power", "—");
    await reads(page, "#age", "last reading 1 min ago");
    assert.equal(await page.title(), "MCCE");
  },

  "a reading that was old when the page came is told as old": async (server, browser) => {
    server.snapshot = () => snapshotAt(NOW, { at: NOW - 18_000 });
    await using opened = await open(server, browser);
    await reads(opened.page, "#age", "18 s ago");
    server.snapshot = () => snapshotAt(NOW, { at: NOW - 7_300_000 });
    server.drop();
    await reads(opened.page, "#power", "—");
    await reads(opened.page, "#age", "last reading 2 h ago");
  },

  "says so when the meter goes missing, and recovers": async (server, browser) => {
    await using opened = await open(server, browser);
    const { page } = opened;
    await reads(page, "#power", "1999 W");
    const { meter, store } = snapshotAt(NOW);
    const problem = "/dev/ttyUSB0 does not exist";
    server.send("status", { meter: { ...meter, state: "missing", since: NOW, problem }, store });
    await reads(page, "#state-text", "Meter missing");
    await reads(page, "#notices li", `The meter is missing since 14:30.${problem}`);
    await reads(page, "#spoken", /^The meter is missing since 14:30\./);
    server.send("status", { meter: { ...meter, since: NOW + 60_000 }, store });
    await reads(page, "#state-text", "Meter connected");
    await reads(page, "#meter-state", "Connected since 14:31");
    assert.equal(await page.locator("#notices").isHidden(), true);
    const full = { ok: false, since: NOW, detail: "No space left on device", waiting: 1 };
    server.send("status", { meter, store: full });
    await reads(page, "#notices li span", "The disk takes nothing: 1 reading waits in memory.");
    assert.deepEqual(opened.complaints, []);
  },

  "connects again by itself when the stream breaks": async (server, browser) => {
    await using opened = await open(server, browser);
    await reads(opened.page, "#power", "1999 W");
    server.snapshot = () => snapshotAt(NOW + 60_000, { watts: 2222 });
    server.drop();
    await reads(opened.page, "#power", "2222 W");
    await reads(opened.page, "#state-text", "Meter connected");
    assert.deepEqual(opened.complaints, []);
  },

  "says that the connection is lost, and comes back from an error's answer": async (
    server,
    browser,
  ) => {
    await using opened = await open(server, browser);
    const { page } = opened;
    await reads(page, "#power", "1999 W");
    server.snapshot = () => null;
    server.drop();
    await reads(page, "#state-text", "No connection");
    await reads(page, "#notices li span", "No connection to MCCE since 14:30. Trying again.");
    await reads(page, "#spoken", /^No connection to MCCE/);
    server.snapshot = () => snapshotAt(NOW, { watts: 777 });
    await page.clock.runFor(35_000);
    await reads(page, "#power", "777 W");
    await reads(page, "#state-text", "Meter connected");
  },

  "a silent connection is opened anew": async (server, browser) => {
    await using opened = await open(server, browser);
    await reads(opened.page, "#power", "1999 W");
    await opened.page.clock.runFor(42_000);
    await until(() => server.connections === 2 && server.viewers === 1, "no second connection");
  },

  "a hidden tab closes its stream and opens it again when shown": async (server, browser) => {
    await using opened = await open(server, browser);
    await reads(opened.page, "#power", "1999 W");
    await setHidden(opened.page, true);
    await until(() => server.viewers === 0, "the stream stays open");
    await opened.page.clock.runFor(120_000);
    assert.equal(server.connections, 1);
    await setHidden(opened.page, false);
    await until(() => server.viewers === 1, "the stream stays closed");
    await reads(opened.page, "#power", "1999 W");
    assert.deepEqual(opened.complaints, []);
  },

  "a new version of the program loads the page anew, once": async (server, browser) => {
    server.snapshot = () => snapshotAt(NOW, { version: "2.0.0" });
    await using opened = await open(server, browser);
    await reads(opened.page, "#power", "1999 W");
    assert.equal(opened.documents(), 2);
    server.drop();
    await until(() => server.connections >= 3, "no new connection");
    assert.equal(opened.documents(), 2);
  },

  "a reading of the next day brings that day's snapshot": async (server, browser) => {
    await using opened = await open(server, browser);
    await reads(opened.page, "#kwh", "7.41");
    const next = snapshotAt(NOW + 5_000);
    server.snapshot = () => ({
      ...next,
      today: { ...next.today, date: "2026-11-22", kWhToday: 0.01 },
    });
    server.send("reading", readingAt(NOW + 5_000, 500, { date: "2026-11-22" }));
    await reads(opened.page, "#kwh", "0.01");
    assert.equal(server.connections, 2);
  },

  "curves are read off by keyboard, in the server's zone, over a changed clock": async (
    server,
    browser,
  ) => {
    const startMs = Date.UTC(2026, 2, 28, 23);
    const base = snapshotAt(NOW);
    const flat = Array.from({ length: 150 }, (_, i) => i);
    const curve = { startMs, stepS: 60, meanWatts: flat, minWatts: flat, maxWatts: flat };
    const today = { ...base.today, date: "2026-03-29", startMs, endMs: startMs + 23 * 3_600_000 };
    const now = startMs + 150 * 60_000;
    server.snapshot = (): Snapshot => ({ ...base, now, at: now, today, curve, yesterday: flat });
    await using opened = await open(server, browser);
    const { page } = opened;
    await reads(page, "#age", "at 03:30:00");
    const plot = page.getByRole("slider", { name: "Today" });
    await plot.focus();
    await page.keyboard.press("Home");
    assert.equal(await plot.getAttribute("aria-valuetext"), "00:00, 0 W, yesterday 0 W");
    await page.keyboard.press("End");
    await reads(page, "#today-readout", "03:29 · 149 W · yesterday 149 W");
    await page.keyboard.press("ArrowLeft");
    await reads(page, "#today-readout", "03:28 · 148 W · yesterday 148 W");
    assert.equal(await page.locator("#yesterday-key").isVisible(), true);
  },

  "speaks Italian to those who ask for it": async (server, browser) => {
    server.snapshot = () => snapshotAt(NOW, { watts: 13_420 });
    await using opened = await open(server, browser, { locale: "it-IT" });
    await reads(opened.page, "h1", "Potenza ora");
    await reads(opened.page, "#power", "13,42 kW");
    await reads(opened.page, "#age", "alle 14:30:00");
    await reads(opened.page, "#state-text", "Misuratore connesso");
  },

  "fits from 360 to 2560 pixels in both languages and views": async (server, browser) => {
    const base = snapshotAt(NOW);
    const meter = { ...base.meter, state: "missing" as const, problem: "x".repeat(200) };
    for (const locale of ["en-GB", "it-IT"]) {
      for (const path of ["/", "/?view=wall"]) {
        server.snapshot = () => ({ ...base, watts: 32_767, yesterday: base.curve.meanWatts });
        await using opened = await open(server, browser, { locale, path });
        const { page } = opened;
        await reads(page, "#power", /^32[.,]77 kW$/);
        for (const width of [360, 800, 1280, 2560]) {
          await page.setViewportSize({ width, height: 740 });
          const over = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          assert.ok(await over() <= 0, `${locale} ${path} ${width}: ${await over()} px too wide`);
          server.send("status", { meter, store: base.store });
          await page.locator("#notices").waitFor();
          assert.ok(await over() <= 0, `${locale} ${path} ${width} with a notice`);
          server.send("status", { meter: base.meter, store: base.store });
        }
        assert.deepEqual(opened.complaints, []);
      }
    }
  },

  "is dark where that is preferred, curves included, and changes with the preference": async (
    server,
    browser,
  ) => {
    await using opened = await open(server, browser);
    const { page } = opened;
    await reads(page, "#power", "1999 W");
    const light = await ground(page);
    const drawn = await drawing(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await until(async () => await drawing(page) !== drawn, "the curve is not drawn anew");
    assert.notEqual(await ground(page), light);
  },

  "the wall view shows the essentials, is dim at night and keeps the screen on": async (
    server,
    browser,
  ) => {
    await using opened = await open(server, browser, { path: "/?view=wall" });
    const { page } = opened;
    await page.addInitScript(() => {
      const request = () => Promise.resolve(document.documentElement.dataset["awake"] = "yes");
      Object.defineProperty(navigator, "wakeLock", { value: { request } });
    });
    await page.reload();
    await reads(page, "#power", "1999 W");
    await reads(page, "#kwh", "7.41");
    assert.equal(await page.locator("html").getAttribute("data-awake"), "yes");
    assert.equal(await page.locator("canvas").count(), 1);
    assert.equal(await page.locator("#notices").isHidden(), true);
    assert.equal(await page.locator("body").getAttribute("class"), "wall");
    server.snapshot = () => snapshotAt(NOW + 8 * 3_600_000);
    server.drop();
    await page.locator("body.night").waitFor();
    await page.getByRole("link", { name: "Full view" }).click();
    await page.getByRole("link", { name: "Wall view" }).waitFor();
    assert.deepEqual(opened.complaints, []);
  },
};
