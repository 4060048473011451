import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";

const PATIENCE_MS = 15_000;

/** The languages in which tests open pages. */
export type Locale = "en-GB" | "it-IT";

/** The tabs of one browser, one for each language, shared by the cases of a test. */
export class Tabs {
  readonly #browser: Browser;
  readonly #tabs = new Map<string, Tab>();
  #shown: Tab | undefined;

  constructor(browser: Browser) {
    this.#browser = browser;
  }

  /** Opens a page in a browser of that language, far from the server's zone, with a clock that tests move. */
  async open(origin: string, path: string, locale: Locale): Promise<Page> {
    const tab = this.#tabs.get(locale) ?? await newTab(this.#browser, locale);
    this.#tabs.set(locale, tab);
    this.#shown = Object.assign(tab, { complaints: [], documents: 0, origin });
    await tab.page.goto(origin + path);
    return tab.page;
  }

  /** What the shown page did since it was opened and must not do: words on the console, errors, requests elsewhere. */
  complaints(): readonly string[] {
    return this.#shown?.complaints ?? [];
  }

  /** How many documents the browser has asked for since. */
  documents(): number {
    return this.#shown?.documents ?? 0;
  }

  /** Leaves every page, and with it its connections and what it has kept in the browser. */
  async leave(): Promise<void> {
    for (const { page } of this.#tabs.values()) {
      await page.evaluate(forget);
      await page.goto("about:blank");
    }
  }
}

interface Tab {
  readonly page: Page;
  complaints: string[];
  documents: number;
  origin: string;
}

async function newTab(browser: Browser, locale: Locale): Promise<Tab> {
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

async function forget(): Promise<void> {
  if (location.origin === "null") return;
  localStorage.clear();
  const workers = await navigator.serviceWorker?.getRegistrations() ?? [];
  for (const worker of workers) await worker.unregister();
}

/** Fails when a page is wider than its window. */
export async function assertFits(page: Page, what: string): Promise<void> {
  const { width, over } = await page.evaluate(() => (
    { width: innerWidth, over: document.documentElement.scrollWidth - innerWidth }
  ));
  assert.ok(over <= 0, `${what}: ${over} px too wide for ${width} px`);
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
