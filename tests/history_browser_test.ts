import assert from "node:assert/strict";
import type { Page, Request } from "playwright-core";
import { GAP_DAY, HistoryHouse, LONE_DAY, ORIGIN_DAY } from "./support/history_house.ts";
import { historyPageTest } from "./support/history_page_browser.ts";
import { reads, until } from "./support/page_tabs.ts";

const DAYS = [
  LONE_DAY,
  "2026-10-24",
  "2026-10-25",
  ORIGIN_DAY,
  "2026-11-05",
  GAP_DAY,
  "2026-11-19",
  "2026-11-20",
];

/** What the address asks for. */
const query = (page: Page) => new URL(page.url()).search;

async function isAt(page: Page, title: string, search: string): Promise<void> {
  await reads(page, "#title", title);
  await until(() => query(page) === search, () => `${query(page)} instead of ${search}`);
}

/** The `href`, else the id, of what has the focus. */
function focused(page: Page): Promise<string | null | undefined> {
  return page.evaluate(() =>
    document.activeElement?.getAttribute("href") ?? document.activeElement?.id
  );
}

historyPageTest(
  "the history page in Chromium leads from years to readings",
  () => new HistoryHouse(DAYS),
  {
    "opens on this month, leads to a day by mouse, and back": async (viewing) => {
      const page = await viewing.open("/history");
      await isAt(page, "November 2026", "");
      await reads(page, "#energy-value", /^4\d\.\d\d$/);
      await reads(
        page,
        "#energy-notes li:first-child",
        "5 complete days, 1 of them measured only in part",
      );
      await page.locator("#bars-list a", { hasText: "Friday 20 November" }).click();
      await isAt(page, "Friday 20 November 2026", "?day=2026-11-20");
      await reads(page, "#energy-value", "9.20");
      await reads(page, "#facts > div:first-child dd", "3300 W 12:30");
      await reads(page, "#fact-lowest", "300 W");
      assert.equal(await focused(page), "title");
      await page.goBack();
      await isAt(page, "November 2026", "");
      assert.equal(await focused(page), "/history?day=2026-11-20");
      await page.goForward();
      await isAt(page, "Friday 20 November 2026", "?day=2026-11-20");
      await page.getByRole("link", { name: "2026", exact: true }).click();
      await isAt(page, "2026", "?year=2026");
      assert.equal(viewing.documents(), 1);
      assert.deepEqual(viewing.complaints(), []);
    },

    "leads from the year to the month and the day by keyboard, and back": async (viewing) => {
      const page = await viewing.open("/history?year=2026");
      await isAt(page, "2026", "?year=2026");
      await page.getByRole("link", { name: /^November: / }).focus();
      await page.keyboard.press("ArrowLeft");
      assert.equal(await focused(page), "/history?month=2026-10");
      await reads(
        page,
        "#bars-readout",
        /^October: 18\.\d\d kWh, \d\d\.\d% of the year, 6% measured$/,
      );
      await page.keyboard.press("End");
      await page.keyboard.press("Enter");
      await isAt(page, "November 2026", "?month=2026-11");
      await page.getByRole("link", { name: /^Saturday 21 November: / }).focus();
      await page.keyboard.press("ArrowLeft");
      await page.keyboard.press("Enter");
      await isAt(page, "Friday 20 November 2026", "?day=2026-11-20");
      await reads(page, "#spoken", "Friday 20 November 2026: 9.20 kWh");
      await page.keyboard.press("Shift+Tab");
      assert.equal(await focused(page), "/history?day=2026-11-19");
      await page.keyboard.press("Shift+Tab");
      await page.keyboard.press("Enter");
      await isAt(page, "November 2026", "?month=2026-11");
      await page.goBack();
      await isAt(page, "Friday 20 November 2026", "?day=2026-11-20");
      assert.deepEqual(viewing.complaints(), []);
    },

    "the calendar of the year leads to its days": async (viewing) => {
      const page = await viewing.open("/history?year=2026");
      const day = page.getByRole("link", { name: /^Friday 20 November: 9\.20 kWh$/ });
      await day.focus();
      await page.keyboard.press("ArrowUp"); // the 13th has no readings: the next before it
      assert.equal(await focused(page), "/history?day=2026-11-12");
      await page.keyboard.press("Home");
      assert.equal(await focused(page), "/history?day=2026-10-24");
      await day.click();
      await isAt(page, "Friday 20 November 2026", "?day=2026-11-20");
      assert.deepEqual(viewing.complaints(), []);
    },

    "steps to the neighbours and chooses any year, month and day": async (viewing) => {
      const page = await viewing.open("/history?month=2026-11");
      await isAt(page, "November 2026", "?month=2026-11");
      assert.equal(await page.locator("#next").getAttribute("href"), null);
      await page.getByRole("link", { name: "Before: October 2026" }).click();
      await isAt(page, "October 2026", "?month=2026-10");
      assert.equal(await focused(page), "/history?month=2026-09");
      await page.locator("#choose-month").selectOption("11");
      await page.locator("#choose-day").selectOption("20");
      await isAt(page, "Friday 20 November 2026", "?day=2026-11-20");
      await page.locator("#choose-month").selectOption({ label: "all" });
      await page.locator("#choose-year").selectOption("2025");
      await isAt(page, "2025", "?year=2025");
      assert.deepEqual(viewing.complaints(), []);
    },

    "says that the service does not answer, and goes on when it does again": async (viewing) => {
      const page = await viewing.open("/history?month=2026-11");
      await isAt(page, "November 2026", "?month=2026-11");
      viewing.setAnswering(false);
      await page.locator("#previous").click();
      await reads(page, "#notices span", /^MCCE does not answer/);
      await isAt(page, "November 2026", "?month=2026-11");
      viewing.setAnswering(true);
      await page.getByRole("button", { name: "Try again" }).click();
      await isAt(page, "October 2026", "?month=2026-10");
      assert.equal(await page.locator("#notices").isHidden(), true);
    },

    "has brought along what its place shows, and asks for none of it again": async (viewing) => {
      for (const path of ["/history", "/history?year=2026", "/history?day=2026-11-20&with=week"]) {
        const page = await viewing.open(path);
        await reads(page, "#energy-value", /\d/);
        const asked: string[] = [];
        const note = (request: Request) => asked.push(request.url());
        page.on("request", note);
        await page.reload();
        await reads(page, "#energy-value", /\d/);
        assert.deepEqual(asked.filter((url) => url.includes("/query/")), []);
        page.off("request", note);
      }
    },

    "what is shown can be downloaded": async (viewing) => {
      const file = async (path: string) => {
        const page = await viewing.open(path);
        const link = page.getByRole("link", { name: /^Download / });
        return [await link.textContent(), await link.getAttribute("href")];
      };
      assert.deepEqual(await file("/history?month=2026-11"), [
        "Download November 2026 as CSV",
        "/query/export?from=2026-11-01&to=2026-11-30&resolution=day&format=csv",
      ]);
      assert.deepEqual(await file("/history?day=2026-11-20&from=1795167000000&to=1795170600000"), [
        "Download Friday 20 November 2026 as CSV",
        "/query/export?from=1795167000000&to=1795170600000&resolution=raw&format=csv",
      ]);
    },

    "an address that reaches beyond its day shows, asks for and gives what lies in it": async (
      viewing,
    ) => {
      const page = await viewing.open("/history");
      await isAt(page, "November 2026", "");
      const asked: string[] = [];
      const note = (request: Request) => asked.push(request.url().replace(/^.*(?=\/query)/, ""));
      page.on("request", note);
      // From half an hour before midnight to half an hour after it.
      await page.goto(
        `${new URL(page.url()).origin}/history?day=2026-11-20&from=1795213800000&to=1795217400000`,
      );
      await reads(page, "#curve-title", "Power, 23:00:00–00:00:00");
      const part = "from=1795212000000&to=1795215600000";
      const href = await page.locator("#download").getAttribute("href");
      assert.equal(href, `/query/export?${part}&resolution=raw&format=csv`);
      assert.ok(asked.includes(`/query/history?${part}`), asked.join());
      assert.equal(asked.includes("/query/history?from=1795213800000&to=1795217400000"), false);
      page.off("request", note);
      assert.deepEqual(viewing.complaints(), []);
    },
  },
);
