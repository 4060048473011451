import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import type { AlarmEvent, ApplianceAnswer } from "../lib/live/wire.ts";
import { assertAccessible } from "./support/accessible.ts";
import { ABOVE, CRITICAL, OK } from "./support/alarm_events.ts";
import { NOW, readingAt, snapshotAt } from "./support/live_fixture.ts";
import { livePageTest, reads, until } from "./support/live_page_browser.ts";

const house = (watts: number, alarm: AlarmEvent) => () => snapshotAt(NOW, { watts, alarm });

/** The colour of an element's text. */
function colourOf(page: Page, selector: string): Promise<string> {
  return page.locator(selector).evaluate((element) => getComputedStyle(element).color);
}

livePageTest("the alarm on the live page in Chromium", {
  "what is free stands first; over the slow tier the words stay calm, at the cap they are red":
    async (
      viewing,
    ) => {
      const { server } = viewing;
      server.snapshot = house(1999, OK);
      const page = await viewing.open();
      await reads(page, "#alarm-headline", "1.3 kW free");
      await reads(page, "#spoken", "Meter connected. 1.3 kW free. 1999 watts");
      const calm = await colourOf(page, "#alarm-headline");
      assert.equal(await page.locator("#silence").isVisible(), false);

      server.send("reading", readingAt(NOW + 5_000, 3440));
      server.send("alarm", ABOVE);
      await reads(page, "#alarm-headline", "Over 3.3 kW: about 2 h 50 left");
      await reads(page, "#alarm-note", /^An estimate\. /);
      assert.equal(await colourOf(page, "#alarm-headline"), calm);
      await reads(page, "#spoken", "Over 3.3 kW: about 2 h 50 left. 3440 watts");

      server.send("reading", readingAt(NOW + 10_000, 4790));
      server.send("alarm", CRITICAL);
      await reads(page, "#alarm-headline", "About 1½ min: switch off 640 W");
      assert.notEqual(await colourOf(page, "#alarm-headline"), calm);
      assert.match(await page.title(), /^⚠ 4790 W/);
      await reads(page, "#spoken", "About 1½ min: switch off 640 W. 4790 watts");

      server.send("reading", readingAt(NOW + 15_000, 900));
      server.send("alarm", OK);
      await reads(page, "#alarm-headline", "2.3 kW free");
      assert.equal(await colourOf(page, "#alarm-headline"), calm);
      await reads(page, "#spoken", "Meter connected. 2.3 kW free. 900 watts");
      assert.deepEqual(viewing.complaints(), []);
    },

  "the estimate runs down between readings, and nothing is told of an old one": async (viewing) => {
    const { server } = viewing;
    server.snapshot = house(4790, { ...CRITICAL, secondsToTrip: 95 });
    const page = await viewing.open();
    await reads(page, "#alarm-headline", "About 1½ min: switch off 640 W");
    await page.clock.runFor(7_000);
    await reads(page, "#alarm-headline", "About 1 min: switch off 640 W");
    await page.clock.runFor(9_000);
    await reads(page, "#age", /s ago$/);
    assert.equal(await page.locator("#alarm").isHidden(), true);
    await reads(page, "#spoken", "About 1 min: switch off 640 W. 4790 watts");
  },

  "a screen reader is told of the time left at each half minute, not each second": async (
    viewing,
  ) => {
    const { server } = viewing;
    server.snapshot = house(4790, CRITICAL);
    const page = await viewing.open();
    await page.evaluate(() => {
      const told: string[] = [];
      Object.assign(globalThis, { told });
      const region = document.getElementById("spoken")!;
      new MutationObserver(() => told.push(region.textContent ?? "")).observe(region, {
        childList: true,
        characterData: true,
        subtree: true,
      });
    });
    await reads(page, "#alarm-headline", "About 1½ min: switch off 640 W");
    for (let s = 5; s <= 60; s += 5) {
      await page.clock.runFor(5_000);
      server.send("reading", readingAt(NOW + s * 1000, 4790));
      server.send("alarm", { ...CRITICAL, secondsToTrip: 118 - s });
      await reads(page, "#age", new RegExp(`:${String(s % 60).padStart(2, "0")}$`));
    }
    await reads(page, "#alarm-headline", "About ½ min: switch off 640 W");
    const told = await page.evaluate(() => (globalThis as unknown as { told: string[] }).told);
    assert.ok(told.length <= 4, told.join(" | "));
    assert.ok(told.some((text) => text.startsWith("About 1 min")), told.join(" | "));
  },

  "each appliance is answered, and not at all once the reading is old": async (viewing) => {
    const { server } = viewing;
    const appliances: ApplianceAnswer[] = [
      { name: "oven", watts: 2000, answer: "for", secondsToTrip: 10_300 },
      { name: "washing machine", watts: 1800, answer: "yes", secondsToTrip: null },
      { name: "<b>kettle", watts: 2200, answer: "trips", secondsToTrip: 118 },
    ];
    server.snapshot = house(1999, { ...OK, appliances });
    const page = await viewing.open();
    await reads(page, "#appliances h2", "Can I switch it on?");
    await reads(page, "#appliance-list div:nth-child(1)", "ovenfor about 2 h 50");
    await reads(page, "#appliance-list div:nth-child(2)", "washing machineyes");
    await reads(page, "#appliance-list div:nth-child(3)", "<b>kettlecuts off in about 1½ min");
    server.send("alarm", { ...OK, appliances: appliances.slice(0, 1) });
    await until(
      async () => await page.locator("#appliance-list div").count() === 1,
      () => "an appliance stays",
    );
    await page.clock.runFor(16_000);
    await reads(page, "#appliance-list div", "ovenno reading");
    assert.deepEqual(viewing.complaints(), []);
  },

  "axe-core finds nothing to complain of, whatever the alarm, in light and dark": async (
    viewing,
  ) => {
    const { server } = viewing;
    const appliances: ApplianceAnswer[] = [
      { name: "oven", watts: 2000, answer: "for", secondsToTrip: 10_300 },
      { name: "kettle", watts: 500, answer: "yes", secondsToTrip: null },
      { name: "car", watts: 3700, answer: "trips", secondsToTrip: 118 },
    ];
    for (const path of ["/", "/?view=wall"]) {
      server.snapshot = house(3440, { ...OK, appliances });
      const page = await viewing.open(path);
      for (const alarm of [OK, ABOVE, CRITICAL, { ...CRITICAL, silencedUntil: NOW + 600_000 }]) {
        // A reading of now each time: axe-core may take longer than one is fresh.
        server.send("snapshot", snapshotAt(NOW, { watts: 3440, alarm: { ...alarm, appliances } }));
        await page.locator(`#alarm[data-state="${alarm.state}"]`).waitFor();
        for (const colorScheme of path === "/" ? ["light", "dark"] as const : ["dark"] as const) {
          await page.emulateMedia({ colorScheme });
          await assertAccessible(page, `${path} ${alarm.state} ${colorScheme}`);
        }
      }
    }
  },

  "the wall is not dim at night while there is a warning": async (viewing) => {
    const { server } = viewing;
    const night = NOW + 9 * 3_600_000;
    server.snapshot = () => snapshotAt(night, { watts: 500, alarm: OK });
    const page = await viewing.open("/?view=wall");
    await page.locator("body.night").waitFor();
    server.send("alarm", CRITICAL);
    await page.locator("body:not(.night)").waitFor();
    server.send("alarm", OK);
    await page.locator("body.night").waitFor();
  },
});
