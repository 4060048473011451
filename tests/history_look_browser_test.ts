import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { GAP_DAY, HistoryHouse, LONE_DAY, ORIGIN_DAY } from "./support/history_house.ts";
import { assertAccessible } from "./support/accessible.ts";
import { historyPageTest } from "./support/history_page_browser.ts";
import { assertFits, reads, until } from "./support/page_tabs.ts";

const DAYS = [LONE_DAY, "2026-10-25", ORIGIN_DAY, "2026-11-05", GAP_DAY, "2026-11-19"];
const PLACES = {
  "/history?year=2026": "2026",
  "/history?year=2025": "2025",
  "/history?month=2026-11": "November 2026",
  "/history?month=2026-01": "January 2026",
  [`/history?day=${GAP_DAY}&with=week`]: "Thursday 12 November 2026",
  "/history?day=2026-10-25": "Sunday 25 October 2026",
  "/history?day=2026-11-01": "Sunday 1 November 2026",
};

/** Where the colours of the dark are looked at too: those of a year's calendar, and of a day. */
const DARK_PLACES = ["/history?year=2026", `/history?day=${GAP_DAY}&with=week`];

/** The length of a bar of the month along its direction. */
function barLength(page: Page, day: number, part: string): Promise<number> {
  return page.evaluate(([day, part]) => {
    const bar = document.querySelectorAll("#bars-list > li")[Number(day) - 1];
    const box = bar?.querySelector(`.${part}`)?.getBoundingClientRect();
    return Math.round(innerWidth < 896 ? box?.width ?? 0 : box?.height ?? 0);
  }, [day, part]);
}

historyPageTest(
  "the history page in Chromium suits every reader and screen",
  () => new HistoryHouse(DAYS),
  {
    "breaks no rule of accessibility and fits from 360 to 2560 pixels, light and dark": async (
      viewing,
    ) => {
      for (const [path, title] of Object.entries(PLACES)) {
        const page = await viewing.open(path);
        await reads(page, "#title", title);
        for (const width of [2560, 1280, 900, 360]) {
          await page.setViewportSize({ width, height: 740 });
          await assertFits(page, path);
        }
        await page.emulateMedia({ colorScheme: DARK_PLACES.includes(path) ? "dark" : "light" });
        await assertAccessible(page, path);
        assert.deepEqual(viewing.complaints(), [], path);
      }
    },

    "half a day does not look thrifty, on wide pages and on narrow ones": async (viewing) => {
      const page = await viewing.open("/history?month=2026-11");
      await reads(page, "#title", "November 2026");
      for (const width of [360, 1280]) {
        await page.setViewportSize({ width, height: 740 });
        const whole = await barLength(page, 19, "bar-fill");
        const measured = await barLength(page, 12, "bar-fill");
        const hatched = await barLength(page, 12, "bar-unmeasured");
        assert.ok(measured > 0.3 * whole && measured < 0.5 * whole, `${measured} of ${whole}`);
        assert.ok(measured + hatched > 0.7 * whole, `${measured} and ${hatched} of ${whole}`);
      }
      await reads(page, "#bars-keys", /not measured.*so far.*imported/);
    },

    "a year of one day has its month, its share and its day": async (viewing) => {
      const page = await viewing.open("/history?year=2025");
      await reads(page, "#energy-value", "9.20");
      await reads(page, "#energy-notes li:first-child", "1 complete day");
      await reads(page, "#bars-list li:nth-child(11) .bar-values", "9.20100.0%3% measured");
      assert.equal(await page.locator("#calendar-months a").count(), 1);
      await reads(page, "#stats-body tr:nth-child(5)", "Standard deviation——");
      await reads(page, "#bands-body tr:nth-child(1) td:nth-child(2)", /^\d\.\d\d$/);
      assert.deepEqual(viewing.complaints(), []);
    },

    "the month's figures stand beside those of the month before": async (viewing) => {
      const page = await viewing.open("/history?month=2026-11");
      await reads(page, "#stats-head", "November 2026October 2026");
      await reads(page, "#stats-body tr:nth-child(1)", "Number41");
      await reads(page, "#stats-body tr:nth-child(2)", "Highest9.209.50");
      await reads(page, "#stats-body tr:nth-child(3)", "Lowest3.759.50");
      await reads(page, "#stats-body tr:nth-child(6)", "Sum31.369.50");
      await reads(page, "#bands h2", "Tariff bands");
    },

    "an imported day is marked as such": async (viewing) => {
      const page = await viewing.open(`/history?day=${ORIGIN_DAY}`);
      await reads(page, "#energy-notes", "imported from the Python origin");
    },

    "speaks Italian to those who ask for it": async (viewing) => {
      const page = await viewing.open("/history?month=2026-11", "it-IT");
      await reads(page, "#title", "Novembre 2026");
      await reads(
        page,
        "#energy-notes li:first-child",
        "4 giorni completi, di cui 1 misurato solo in parte",
      );
      await reads(page, "#bars-list li:nth-child(19) .bar-name", "Gio19");
      await reads(page, "#stats-body tr:nth-child(2)", "Massimo9,209,50");
      assert.deepEqual(viewing.complaints(), []);
    },

    "the curve is drawn anew when the colours change": async (viewing) => {
      const page = await viewing.open("/history?day=2026-11-19");
      await reads(page, "#energy-value", "9.20");
      await page.emulateMedia({ colorScheme: "light" });
      const drawing = () =>
        page.locator("#curve-plot canvas").evaluate((e) => (e as HTMLCanvasElement).toDataURL());
      const light = await drawing();
      await page.emulateMedia({ colorScheme: "dark" });
      await until(async () => await drawing() !== light, () => "the curve is not drawn anew");
      await page.emulateMedia({ colorScheme: "light" });
    },
  },
);

historyPageTest(
  "the history page in Chromium without any history",
  () => new HistoryHouse([], []),
  {
    "says when it begins": async (viewing) => {
      for (const path of ["/history", "/history?year=2026", "/history?day=2026-11-21"]) {
        const page = await viewing.open(path);
        await reads(page, "#empty", /^There is no history yet\..*To the live view$/);
        for (const id of ["#bars", "#previous", "#next"]) {
          assert.equal(await page.locator(id).isVisible(), false);
        }
        await assertAccessible(page, path);
        assert.deepEqual(viewing.complaints(), []);
      }
    },
  },
);
