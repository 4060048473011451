import { equal, match, ok } from "node:assert/strict";
import type { LiveNow } from "../lib/live/wire.ts";
import "./support/libc_loaded.ts";
import { browserTest } from "./support/chromium.ts";
import { eventually } from "./support/eventually.ts";
import { reads } from "./support/live_page_browser.ts";
import { OverloadedHouse } from "./support/overloaded_house.ts";
import { Service } from "./support/service.ts";

browserTest(
  "a simulated overload counts down on the page, silence works, all-clear clears",
  async (t, browser) => {
    await using house = new OverloadedHouse();
    await using service = await Service.start({ ...house.env, APPLIANCES: "oven:3000" });
    const open = async () => {
      const page = await browser.newPage({ locale: "en-GB" });
      page.setDefaultTimeout(15_000);
      await page.goto(service.url);
      return page;
    };
    const [page, other] = [await open(), await open()];
    const alarm = async () => (await service.get<LiveNow>("live/now")).alarm;

    await t.step("what is free, and what an appliance may do, before it begins", async () => {
      await reads(page, "#alarm-headline", "2.7 kW free");
      await reads(page, "#appliance-list div", "ovenfor about 3 h");
    });

    await t.step("an overload of the slow tier is told in calm words", async () => {
      house.draw(3440);
      await reads(page, "#alarm-headline", /^Over 3\.3 kW: about (3 h|2 h 50) left$/);
      await reads(page, "#appliance-list div", /^ovencuts off in about (2|1½) min$/);
    });

    await t.step("an overload of the cap counts down", async () => {
      house.draw(4840);
      await reads(page, "#alarm-headline", /^About (2|1½) min: switch off 690 W$/);
      const first = (await alarm())?.secondsToTrip ?? 0;
      await eventually("fewer seconds", async () => {
        return ((await alarm())?.secondsToTrip ?? first) <= first - 2;
      });
      await reads(page, "#alarm-headline", "About 1½ min: switch off 690 W");
    });

    await t.step("silence is told to every page, and leaves the alarm as it is", async () => {
      await page.getByRole("button", { name: "Silence" }).click();
      await reads(page, "#silenced-text", "The buzzer is silent for 10 min more.");
      await reads(other, "#silenced-text", "The buzzer is silent for 10 min more.");
      const { state, silencedUntil } = (await alarm())!;
      equal(state, "critical");
      ok(Math.abs(silencedUntil! - Date.now() - 600_000) < 60_000);
      match(await other.locator("#alarm-headline").textContent() ?? "", /switch off/);
    });

    await t.step("the all-clear clears it", async () => {
      house.draw(500);
      await reads(page, "#alarm-headline", "2.7 kW free");
      await reads(other, "#alarm-headline", "2.7 kW free");
      equal((await alarm())?.state, "ok");
    });

    await t.step("a new overload after the all-clear lifts the silence", async () => {
      house.draw(4840);
      await reads(other, "#alarm-headline", /switch off 690 W$/);
      await other.locator("#silence-form").waitFor();
      equal((await alarm())?.silencedUntil, null);
    });

    equal((await service.end("SIGTERM")).code, 0, service.lines.join("\n"));
    equal(service.lines.filter((line) => line.includes("request.signal")).length, 0);
  },
);
