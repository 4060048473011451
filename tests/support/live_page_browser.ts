import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { loadAssets } from "../../functions/assets.ts";
import { browserTest } from "./chromium.ts";
import { pageServices } from "./live_fixture.ts";
import { type LivePageServer, serveLivePage } from "./live_page_server.ts";

const PATIENCE_MS = 15_000;

/** One case's sight of the page: its own server, a tab that it shares with the cases before it. */
export interface Viewing {
  readonly server: LivePageServer;
  /** Opens a path in a browser of that language, far from the server's zone, with a clock that tests move. */
  open(path?: string, locale?: "en-GB" | "it-IT"): Promise<Page>;
  /** What the page did since it was opened and must not do: words on the console, errors, requests elsewhere. */
  complaints(): readonly string[];
  /** How many documents the browser has asked for since. */
  documents(): number;
}

/** Registers a test of the live page in Chromium with a step for each case. */
export function livePageTest(
  name: string,
  cases: Record<string, (viewing: Viewing) => Promise<void>>,
) {
  browserTest(name, async (t, browser) => {
    const services = pageServices({ assets: await loadAssets() });
    const tabs = new Map<string, Tab>();
    for (const [name, body] of Object.entries(cases)) {
      await t.step(name, async () => {
        await using server = serveLivePage(services);
        await body(viewingOf(server, browser, tabs));
        for (const { page } of tabs.values()) await page.goto("about:blank");
      });
    }
  });
}

interface Tab {
  readonly page: Page;
  complaints: string[];
  documents: number;
  origin: string;
}

function viewingOf(server: LivePageServer, browser: Browser, tabs: Map<string, Tab>): Viewing {
  let tab: Tab | undefined;
  return {
    server,
    async open(path = "/", locale = "en-GB") {
      tab = tabs.get(locale) ?? await newTab(browser, locale);
      tabs.set(locale, tab);
      Object.assign(tab, { complaints: [], documents: 0, origin: server.origin });
      await tab.page.goto(server.origin + path);
      return tab.page;
    },
    complaints: () => tab?.complaints ?? [],
    documents: () => tab?.documents ?? 0,
  };
}

async function newTab(browser: Browser, locale: string): Promise<Tab> {
  const context = await browser.newContext({
    locale,
    timezoneId: "Asia/Tokyo",
    colorScheme: "light",
  });
  const page = await context.newPage();
  const tab: Tab = { page, complaints: [], documents: 0, origin: "" };
  page.on("console", (message) => tab.complaints.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => tab.complaints.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(`${tab.origin}/`)) tab.complaints.push(`asks ${request.url()}`);
    if (request.isNavigationRequest()) tab.documents++;
  });
  await page.clock.install();
  return tab;
}

/** Waits until an element reads as expected. */
export async function reads(
  page: Page,
  selector: string,
  expected: string | RegExp,
): Promise<void> {
  const element = page.locator(selector);
  let text = "";
  await until(async () => {
    text = ((await element.textContent()) ?? "").replace(/\s+/g, " ").trim();
    return typeof expected === "string" ? text === expected : expected.test(text);
  }, () => `${selector} reads "${text}", not ${expected}`);
}

/** Waits until a condition holds. */
export async function until(
  holds: () => boolean | Promise<boolean>,
  otherwise: () => string,
): Promise<void> {
  const deadline = Date.now() + PATIENCE_MS;
  while (!await holds()) {
    if (Date.now() > deadline) assert.fail(otherwise());
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
