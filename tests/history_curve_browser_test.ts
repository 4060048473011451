import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { GAP_DAY, HistoryHouse, LONE_DAY, ORIGIN_DAY } from "./support/history_house.ts";
import { historyPageTest } from "./support/history_page_browser.ts";
import { reads, until } from "./support/page_tabs.ts";

const DAYS = [
  LONE_DAY,
  "2026-10-18",
  "2026-10-25",
  ORIGIN_DAY,
  "2026-11-05",
  GAP_DAY,
  "2026-11-19",
];
const HOUR_MS = 3_600_000;

const zoomOf = (page: Page) => {
  const { searchParams } = new URL(page.url());
  return Number(searchParams.get("to")) - Number(searchParams.get("from"));
};

async function zoomIs(page: Page, holds: (ms: number) => boolean): Promise<void> {
  await until(() => holds(zoomOf(page)), () => `zoomed to ${zoomOf(page)} ms`);
}

const value = (page: Page) => page.locator("#curve-plot").getAttribute("aria-valuetext");

/** The drawn curve's place on the screen. */
async function plot(page: Page) {
  await page.locator("#curve-plot .u-over").waitFor();
  const box = await page.locator("#curve-plot .u-over").boundingBox();
  assert.ok(box !== null);
  return {
    ...box,
    at: (share: number) => box.x + box.width * share,
    middle: box.y + box.height / 2,
  };
}

historyPageTest("a day's curve in Chromium shows what was measured", () => new HistoryHouse(DAYS), {
  "is read off and zoomed by keyboard, down to single readings": async (viewing) => {
    const page = await viewing.open("/history?day=2026-11-19");
    await reads(page, "#curve-summary", /^Power between 300 W and 2\d\d\d W, 38\d W on average\.$/);
    await page.locator("#curve-plot").focus();
    await page.keyboard.press("Home");
    assert.equal(await value(page), "00:00, 300 W");
    await page.keyboard.press("Shift+ArrowRight"); // nothing to move to
    for (let i = 0; i < 9; i++) await page.keyboard.press("+");
    await zoomIs(page, (ms) => ms < 0.1 * HOUR_MS && ms > 0);
    await reads(page, "#key-range", "single readings");
    await reads(page, "#curve-title", /^Power, 00:00:00–00:02:4\d$/);
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    assert.equal(await value(page), "00:00:10, 300 W");
    await page.keyboard.press("Shift+ArrowRight");
    await reads(page, "#curve-title", /^Power, 00:00:42–/);
    await until(() => page.url().includes("from=17950428421"), () => page.url());
    await page.keyboard.press("0");
    await until(() => !page.url().includes("from"), () => page.url());
    await page.goBack();
    await reads(page, "#curve-title", /^Power, 00:00:42–/);
    assert.deepEqual(viewing.complaints(), []);
  },

  "is zoomed by drawing up a span, by wheel and by buttons, and Back shows the whole day": async (
    viewing,
  ) => {
    const page = await viewing.open("/history?day=2026-11-19");
    const { at, middle } = await plot(page);
    await page.mouse.move(at(0.5), middle);
    await page.mouse.down();
    await page.mouse.move(at(0.55), middle, { steps: 4 });
    await page.mouse.up();
    await zoomIs(page, (ms) => Math.abs(ms / HOUR_MS - 1.2) < 0.1);
    await page.mouse.wheel(0, -300);
    await zoomIs(page, (ms) => ms > 0 && ms < 0.8 * HOUR_MS);
    const byWheel = zoomOf(page);
    await page.getByRole("button", { name: "Zoom in" }).click();
    await zoomIs(page, (ms) => Math.abs(ms - byWheel / 2) < 2);
    await page.goBack();
    await until(() => !page.url().includes("from"), () => page.url());
    await reads(page, "#curve-title", "Power");
    assert.equal(
      await page.getByRole("button", { name: "Whole day" }).getAttribute("aria-disabled"),
      "true",
    );
    assert.deepEqual(viewing.complaints(), []);
  },

  "two fingers zoom, one moves": async (viewing) => {
    const page = await viewing.open("/history?day=2026-11-19");
    const { at, middle } = await plot(page);
    const devtools = await page.context().newCDPSession(page);
    const touch = (type: "touchStart" | "touchMove" | "touchEnd", ...shares: number[]) =>
      devtools.send("Input.dispatchTouchEvent", {
        type,
        touchPoints: shares.map((share, id) => ({ x: at(share), y: middle, id })),
      });
    await touch("touchStart", 0.4, 0.6);
    await touch("touchMove", 0.3, 0.7);
    await touch("touchMove", 0.1, 0.9);
    await touch("touchEnd");
    await zoomIs(page, (ms) => Math.abs(ms / HOUR_MS - 6) < 0.2);
    const before = new URL(page.url()).searchParams.get("from");
    await touch("touchStart", 0.7);
    await touch("touchMove", 0.5);
    await touch("touchMove", 0.3);
    await touch("touchEnd");
    await until(
      () => Number(new URL(page.url()).searchParams.get("from")) > Number(before) + HOUR_MS,
      () => page.url(),
    );
    await zoomIs(page, (ms) => Math.abs(ms / HOUR_MS - 6) < 0.2);
    await devtools.detach();
    assert.deepEqual(viewing.complaints(), []);
  },

  "a gap is one: nothing is read off there, and the day tells its coverage": async (viewing) => {
    const page = await viewing.open(`/history?day=${GAP_DAY}`);
    await reads(page, "#energy-value", "3.75");
    await reads(page, "#energy-notes", "52% measured");
    assert.equal(await page.locator("#key-gap").isVisible(), true);
    const { at, middle } = await plot(page);
    await page.mouse.move(at(0.6), middle);
    await reads(page, "#curve-readout", /^\d\d:\d\d · no reading$/);
    await page.mouse.move(at(0.1), middle);
    await reads(page, "#curve-readout", /^\d\d:\d\d · 300 W$/);
    assert.deepEqual(viewing.complaints(), []);
  },

  "of 25 hours one is there twice, told apart": async (viewing) => {
    const page = await viewing.open("/history?day=2026-10-25&with=week");
    await reads(page, "#energy-value", "9.50");
    await reads(page, "#key-other", "Sunday 18 October 2026, 9.20 kWh");
    const { at, middle } = await plot(page);
    const told: (string | null)[] = [];
    for (const hour of [1.5, 2.5, 3.5, 4.5]) {
      await page.mouse.move(at(hour / 25), middle);
      told.push((await page.locator("#curve-readout").textContent()) ?? "");
    }
    const [first, second, third, fourth] = told;
    assert.match(first ?? "", /^01:\d\d · 300 W · earlier 300 W$/);
    assert.match(second ?? "", /^02:\d\d CEST · 300 W · earlier 300 W$/);
    assert.match(third ?? "", /^02:\d\d (?:CET|GMT\+1) · 300 W · earlier 300 W$/);
    assert.match(fourth ?? "", /^03:\d\d · 300 W · earlier 300 W$/);
    assert.deepEqual(viewing.complaints(), []);
  },

  "the same day of the week or of the year before is laid over it": async (viewing) => {
    const page = await viewing.open(`/history?day=${GAP_DAY}`);
    await reads(page, "#energy-value", "3.75");
    await page.getByRole("link", { name: "the week before" }).click();
    await reads(page, "#key-other", "Thursday 5 November 2026, 9.20 kWh");
    const { at, middle } = await plot(page);
    await page.mouse.move(at(12.5 / 24), middle);
    await reads(page, "#curve-readout", /^12:\d\d · no reading · earlier 2\d{3} W$/);
    await page.getByRole("link", { name: "the year before" }).click();
    await reads(page, "#key-other", "Wednesday 12 November 2025, 9.20 kWh");
    assert.equal(new URL(page.url()).search, `?day=${GAP_DAY}&with=year`);
    await page.getByRole("link", { name: "nothing" }).click();
    await until(() => page.locator("#key-other").isHidden(), () => "another day is laid over it");
    await page.goBack();
    await reads(page, "#key-other", "Wednesday 12 November 2025, 9.20 kWh");
    assert.deepEqual(viewing.complaints(), []);
  },

  "today ends with its last reading": async (viewing) => {
    const page = await viewing.open("/history?day=2026-11-21");
    await reads(page, "#energy-notes", "so far");
    await page.locator("#curve-plot").focus();
    await page.keyboard.press("End");
    const time = (await value(page) ?? "").slice(0, 5);
    assert.ok(time <= "14:30" && time >= "14:28", time);
    assert.equal(await page.locator("#key-gap").isVisible(), false);
    assert.deepEqual(viewing.complaints(), []);
  },
});
