import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { ApplianceAnswer, Snapshot } from "../lib/live/wire.ts";
import { ABOVE, CRITICAL, OK } from "./support/alarm_events.ts";
import { NOW, snapshotAt } from "./support/live_fixture.ts";
import { assertFits, livePageTest, reads, until } from "./support/live_page_browser.ts";

/** The page's ground. */
function ground(page: Page): Promise<string> {
  return page.evaluate(() => getComputedStyle(document.body).backgroundColor);
}

/** The picture of the last hour's curve. */
function drawing(page: Page): Promise<string> {
  return page.locator("#hour-plot canvas").evaluate((e) => (e as HTMLCanvasElement).toDataURL());
}

livePageTest("the live page in Chromium suits every reader and screen", {
  "curves are read off by keyboard, in the server's zone, over a changed clock": async (
    viewing,
  ) => {
    const { server } = viewing;
    const startMs = Date.UTC(2026, 2, 28, 23);
    const base = snapshotAt(NOW);
    const flat = Array.from({ length: 150 }, (_, i) => i);
    const curve = { startMs, stepS: 60, meanWatts: flat, minWatts: flat, maxWatts: flat };
    const today = { ...base.today, date: "2026-03-29", startMs, endMs: startMs + 23 * 3_600_000 };
    const now = startMs + 150 * 60_000;
    server.snapshot = (): Snapshot => ({ ...base, now, at: now, today, curve, yesterday: flat });
    const page = await viewing.open();
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

  "speaks Italian to those who ask for it": async (viewing) => {
    const { server } = viewing;
    server.snapshot = () => snapshotAt(NOW, { watts: 13_420 });
    const page = await viewing.open("/", "it-IT");
    await reads(page, "h1", "Potenza ora");
    await reads(page, "#power", "13,42 kW");
    await reads(page, "#age", "alle 14:30:00");
    await reads(page, "#state-text", "Misuratore connesso");
  },

  "fits from 360 to 2560 pixels in both languages and views, whatever the alarm": async (
    viewing,
  ) => {
    const { server } = viewing;
    const base = snapshotAt(NOW);
    const meter = { ...base.meter, state: "missing" as const, problem: "x".repeat(200) };
    const appliances: ApplianceAnswer[] = ["oven", "lavasciuga-e-asciugatrice-".repeat(4)]
      .map((name) => ({ name, watts: 2000, answer: "trips", secondsToTrip: 118 }));
    const states = [CRITICAL, ABOVE, { ...OK, silencedUntil: NOW + 3_600_000 }]
      .map((alarm) => ({ ...alarm, appliances }));
    for (const locale of ["en-GB", "it-IT"] as const) {
      for (const path of ["/", "/?view=wall"]) {
        const yesterday = base.curve.meanWatts;
        server.snapshot = () => ({ ...base, watts: 32_767, yesterday, alarm: states[0]! });
        const page = await viewing.open(path, locale);
        await reads(page, "#power", /^32[.,]77 kW$/);
        for (const width of [360, 800, 1280, 2560]) {
          await page.setViewportSize({ width, height: 740 });
          for (const alarm of states) {
            server.send("alarm", alarm);
            await page.locator(`#alarm[data-state="${alarm.state}"]`).waitFor();
            await assertFits(page, `${locale} ${path} ${alarm.state}`);
          }
          server.send("status", { meter, store: base.store });
          await page.locator("#notices").waitFor();
          await assertFits(page, `${locale} ${path} with a notice`);
          server.send("status", { meter: base.meter, store: base.store });
        }
        assert.deepEqual(viewing.complaints(), []);
      }
    }
  },

  "is dark where that is preferred, curves included, and changes with the preference": async (
    viewing,
  ) => {
    const page = await viewing.open();
    await reads(page, "#power", "1999 W");
    const light = await ground(page);
    const drawn = await drawing(page);
    await page.emulateMedia({ colorScheme: "dark" });
    await until(async () => await drawing(page) !== drawn, () => "the curve is not drawn anew");
    assert.notEqual(await ground(page), light);
  },

  "the wall view shows the essentials, is dim at night and keeps the screen on": async (
    viewing,
  ) => {
    const { server } = viewing;
    const page = await viewing.open("/?view=wall");
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
    assert.deepEqual(viewing.complaints(), []);
  },
});
