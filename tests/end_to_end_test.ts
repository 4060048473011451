import "./support/libc_loaded.ts";
import assert from "node:assert/strict";
import type { Browser, Page } from "playwright-core";
import { SimulatedMeter } from "../lib/meter/simulator/simulated_meter.ts";
import { browserTest } from "./support/chromium.ts";
import { eventually } from "./support/eventually.ts";
import { Service } from "./support/service.ts";

/** A page that notes each address it asks for and each complaint of the browser. */
async function openPage(browser: Browser, url: string) {
  const page = await browser.newPage({ locale: "en-GB" });
  const asked: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).host));
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(url);
  return { page, asked, complaints };
}

function shows(page: Page, selector: string, wanted: RegExp): Promise<void> {
  return eventually(
    `${selector} to show ${wanted}`,
    async () => wanted.test((await page.locator(selector).textContent()) ?? ""),
    15_000,
  );
}

browserTest(
  "from a meter on a pseudo-terminal to Chromium: every part is the real one",
  async (_, browser) => {
    const folder = await Deno.makeTempDir({ prefix: "mcce-end-to-end-" });
    const meter = new SimulatedMeter({ link: `${folder}/meter`, load: () => 1999 });
    const service = await Service.start({
      SERIAL_PORT: `${folder}/meter`,
      SAMPLE_SECONDS: "1",
      JOURNAL_DIR: `${folder}/journal`,
      RUNTIME_DIRECTORY: `${folder}/run`,
      DATABASE_URL: `${folder}/years/mcce`,
    });
    try {
      const { page, asked, complaints } = await openPage(browser, service.url);
      await shows(page, "#power", /^1999 W$/);
      meter.ways.watts = 13_420;
      await shows(page, "#power", /^13\.42 kW$/);
      await meter.unplug();
      await shows(page, "#state-text", /missing|gone|not/i);
      meter.ways.watts = 287;
      meter.replug();
      await shows(page, "#power", /^287 W$/);
      await shows(page, "#state-text", /connected/i);
      assert.deepEqual([...new Set(asked)], [new URL(service.url).host]);
      assert.deepEqual(complaints, []);
      await page.close();
    } finally {
      await service.end("SIGTERM");
      await meter.unplug();
      await Deno.remove(folder, { recursive: true });
    }
  },
);
