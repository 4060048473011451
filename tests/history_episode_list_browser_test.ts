import assert from "node:assert/strict";
import type { Episode } from "../lib/alarm/episode.ts";
import { DEFAULT_TIERS } from "../lib/alarm/tiers.ts";
import { UserError } from "../lib/user_error.ts";
import { assertAccessible } from "./support/accessible.ts";
import { HistoryHouse } from "./support/history_house.ts";
import { historyPageTest } from "./support/history_page_browser.ts";
import { reads, until } from "./support/page_tabs.ts";

/** A house whose alarm tells something else. */
function telling(episodes: () => Promise<readonly Episode[]>): () => HistoryHouse {
  return () => {
    const house = new HistoryHouse(["2026-11-19"], []);
    const alarm = { ...house.alarm(), episodes };
    house.alarm = () => alarm;
    return house;
  };
}

historyPageTest(
  "the history page in Chromium says that a year had no such time",
  () => new HistoryHouse(["2026-11-19"], []),
  {
    "in words, and only for the year": async (viewing) => {
      const page = await viewing.open("/history?year=2026");
      await reads(page, "#episodes-none", "No time over the limits is recorded in this year.");
      await page.locator("#episodes-none").waitFor();
      assert.equal(await page.locator("#episodes-note").isVisible(), false);
      await assertAccessible(page, "a year without episodes");
      await page.locator("#bars-list a").last().click();
      await reads(page, "#title", /^\w+ 2026$/);
      await until(
        async () => !await page.locator("#episodes").isVisible(),
        () => "a month speaks of none",
      );
      assert.deepEqual(viewing.complaints(), []);
    },
  },
);

historyPageTest(
  "the history page in Chromium without the alarm's record",
  telling(() => Promise.reject(new UserError("the yearly file is damaged"))),
  {
    "shows all the rest": async (viewing) => {
      for (const [path, value] of [["year=2026", /^\d/], ["day=2026-11-19", "9.20"]] as const) {
        const page = await viewing.open(`/history?${path}`);
        await reads(page, "#energy-value", value);
        await reads(page, "#episodes-note", "The alarm's record cannot be had now.");
        assert.equal(await page.locator("#notices").isVisible(), false, path);
        await assertAccessible(page, path);
      }
    },
  },
);

/** One a minute from noon of 19 November on. */
const MANY = Array.from({ length: 230 }, (_, i): Episode => ({
  ...{ from: Date.UTC(2026, 10, 19, 11, i), to: Date.UTC(2026, 10, 19, 11, i, 30), isOpen: false },
  ...{ state: "above", maxWatts: 3400 + i, maxAt: Date.UTC(2026, 10, 19, 11, i) },
  ...{ secondsAbove: 30, whAboveCap: 0, secondsLeft: 9000, tierWatts: 3300 },
  ...{ limits: DEFAULT_TIERS, cutOff: null },
}));

historyPageTest(
  "the history page in Chromium with more episodes than anyone reads",
  telling(() => Promise.resolve(MANY)),
  {
    "lists the newest and counts the rest": async (viewing) => {
      const page = await viewing.open("/history?year=2026");
      await reads(page, "#episodes-note", /And 30 more, which the days show\.$/);
      assert.equal(await page.locator("#episodes-list li").count(), 200);
      await reads(page, "#episodes-list li:first-child > span", /^up to 3629 W, /);
    },
  },
);
