import assert from "node:assert/strict";
import type { AlarmEvent } from "../lib/live/wire.ts";
import { CRITICAL, OK } from "./support/alarm_events.ts";
import { NOW, readingAt, snapshotAt } from "./support/live_fixture.ts";
import { livePageTest, reads } from "./support/live_page_browser.ts";

const house = (watts: number, alarm: AlarmEvent) => () => snapshotAt(NOW, { watts, alarm });

livePageTest("the buzzer's silence on the live page in Chromium", {
  "the buzzer is silenced by keyboard for as long as is chosen, and every page shows it": async (
    viewing,
  ) => {
    const { server } = viewing;
    server.snapshot = house(4790, CRITICAL);
    server.silenced = (minutes) =>
      server.send("alarm", {
        ...CRITICAL,
        silencedUntil: minutes === 0 ? null : NOW + 60_000 * minutes,
      });
    const page = await viewing.open();
    await page.getByLabel("Silence the buzzer for").selectOption("30");
    await page.getByRole("button", { name: "Silence" }).press("Enter");
    await reads(page, "#silenced-text", "The buzzer is silent for 30 min more.");
    await reads(page, "#alarm-headline", "About 1½ min: switch off 640 W");
    assert.equal(await page.locator("#silence-form").isHidden(), true);
    await page.getByRole("button", { name: "Let it sound" }).press("Enter");
    await page.locator("#silence-form").waitFor();
    assert.deepEqual(server.silences, [30, 0]);
    assert.deepEqual(viewing.complaints(), []);
  },

  "a silence shows its remaining minutes and ends by itself; one that was not heard is told":
    async (
      viewing,
    ) => {
      const { server } = viewing;
      server.snapshot = house(900, { ...OK, silencedUntil: NOW + 90_000 });
      const page = await viewing.open();
      await reads(page, "#silenced-text", "The buzzer is silent for 2 min more.");
      for (let s = 10; s <= 100; s += 10) {
        await page.clock.runFor(10_000);
        server.send("reading", readingAt(NOW + s * 1000, 900));
      }
      await page.locator("#silence").waitFor({ state: "hidden" });
      await reads(page, "#alarm-headline", "2.3 kW free");

      server.send("alarm", CRITICAL);
      await page.route("**/alarm/silence", (route) => route.abort());
      await page.getByRole("button", { name: "Silence" }).click();
      await reads(page, "#silence-problem", "That did not reach MCCE: try again.");
      await page.locator("#silence-problem").waitFor();
      await page.unroute("**/alarm/silence");
      await page.getByRole("button", { name: "Silence" }).click();
      await page.locator("#silence-problem").waitFor({ state: "hidden" });
    },
});
