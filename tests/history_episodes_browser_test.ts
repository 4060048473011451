import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { HistoryHouse } from "./support/history_house.ts";
import { assertAccessible } from "./support/accessible.ts";
import { historyPageTest } from "./support/history_page_browser.ts";
import { assertFits, reads, until } from "./support/page_tabs.ts";

const CUT_DAY = "2026-11-18";

/** A house that was cut off on one day of two. */
function cutHouse(): HistoryHouse {
  const house = new HistoryHouse(["2026-11-19"], []);
  house.cutOff(CUT_DAY);
  return house;
}

/** What is drawn of the limits: pixels of the time in which they were spent, those of its bar, and lines across. */
function drawn(page: Page): Promise<{ tinted: number; barred: number; lines: number }> {
  return page.evaluate(() => {
    const canvas = document.querySelector<HTMLCanvasElement>("#curve-plot canvas")!;
    const { width, height } = canvas;
    const copy = Object.assign(document.createElement("canvas"), { width, height });
    const pen = copy.getContext("2d", { willReadFrequently: true })!;
    pen.drawImage(canvas, 0, 0);
    const { data } = pen.getImageData(0, 0, width, height);
    let [tinted, barred, lines] = [0, 0, 0];
    for (let y = 0; y < height; y++) {
      let muted = 0;
      for (let x = 0; x < width; x++) {
        const at = 4 * (y * width + x);
        const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray(at, at + 4);
        if (alpha > 0 && red > blue + 60) tinted++;
        if (alpha === 255 && red > blue + 60) barred++;
        // The light page's colour of lesser text, 83 98 107.
        const isMuted = Math.abs(red - 83) + Math.abs(green - 98) + Math.abs(blue - 107) < 18;
        if (alpha > 60 && isMuted) muted++;
      }
      // Dashed, over the whole width.
      if (muted > 0.4 * width) lines++;
    }
    return { tinted, barred, lines };
  });
}

historyPageTest("the history page in Chromium tells when the limits were spent", cutHouse, {
  "lists the year's, with what a cut-off taught, and leads to the curve": async (viewing) => {
    const page = await viewing.open("/history?year=2026");
    await reads(page, "#episodes-title", "Over the contract's limits");
    await reads(
      page,
      "#episodes-list",
      "Wednesday 18 November, 12:00–12:02up to 4060 W, over 3300 W for 2 min; " +
        "about 2 h 50 were left until the cut-off" +
        "Probably cut off at 4060 W after 2 min. LIMITS=3300:180m,4060:2m would have foreseen it.",
    );
    await page.getByRole("link", { name: "Wednesday 18 November, 12:00–12:02" }).click();
    await reads(page, "#title", "Wednesday 18 November 2026");
    await reads(page, "#curve-title", "Power, 11:50:00–12:12:15");
    await reads(page, "#key-over", "over the limits");
    assert.equal(await page.locator("#key-over").isVisible(), true);
    await until(async () => (await drawn(page)).tinted > 500, () => "nothing is tinted");
    const { barred, lines } = await drawn(page);
    assert.ok(barred > 50, `${barred} pixels are barred`);
    assert.ok(lines >= 2, `${lines} rows of pixels are limits`);
    await reads(page, "#episodes-list a", "12:00–12:02");
    await assertAccessible(page, "a day with an episode");
    assert.equal(viewing.documents(), 1);
    assert.deepEqual(viewing.complaints(), []);
  },

  "shows none of it where the limits were not reached": async (viewing) => {
    const page = await viewing.open("/history?day=2026-11-19");
    await reads(page, "#title", "Thursday 19 November 2026");
    await reads(page, "#energy-value", "9.20");
    for (const id of ["episodes", "key-over"]) {
      assert.equal(await page.locator(`#${id}`).isVisible(), false, id);
    }
    assert.deepEqual(await drawn(page), { tinted: 0, barred: 0, lines: 0 });
  },

  "says in Italian what it says in English, on a narrow page in the dark": async (viewing) => {
    const page = await viewing.open("/history?month=2026-11", "it-IT");
    await page.setViewportSize({ width: 360, height: 740 });
    await page.emulateMedia({ colorScheme: "dark" });
    await reads(page, "#episodes-title", "Oltre i limiti del contratto");
    await reads(page, "#episodes-list a", "Mercoledì 18 novembre, 12:00–12:02");
    await reads(page, "#episodes-list strong", /^Probabile distacco a 4060 W dopo 2 min\. LIMITS=/);
    await assertFits(page, "a month with an episode");
    await assertAccessible(page, "a month with an episode");
    assert.deepEqual(viewing.complaints(), []);
  },
});
