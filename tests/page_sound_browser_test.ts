import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { CRITICAL, OK } from "./support/alarm_events.ts";
import { NOW, readingAt, snapshotAt } from "./support/live_fixture.ts";
import { livePageTest, reads, until, type Viewing } from "./support/live_page_browser.ts";
import { heardS, isLoud, isQuiet, listen, listenAnew } from "./support/loudspeaker.ts";

/** Opens a page to which the test listens from the start. */
async function openHeard(viewing: Viewing): Promise<Page> {
  await listen(await viewing.open());
  return viewing.open();
}

livePageTest("the sound of the live page in Chromium", {
  "the sound is armed by a tap, beeps at the cap, goes on without pause in the last minute, and ends":
    async (
      viewing,
    ) => {
      const { server } = viewing;
      server.snapshot = () => snapshotAt(NOW, { watts: 500, alarm: OK });
      const page = await openHeard(viewing);
      const button = page.getByRole("button", { name: "Sound: tap to arm" });
      await button.focus();
      await page.keyboard.press("Enter");
      await until(() => isLoud(page), () => "no sound when it is armed");
      await reads(page, "#sound-state", "armed");
      assert.equal(await page.locator("#sound").getAttribute("aria-pressed"), "true");
      await until(() => isQuiet(page), () => "the sound goes on");

      server.send("reading", readingAt(NOW + 5_000, 4790));
      server.send("alarm", { ...CRITICAL, secondsToTrip: 40 });
      await until(() => isLoud(page), () => "no sound in the last minute");
      assert.equal(await page.locator("#sound").getAttribute("data-sounding"), "true");
      server.send("alarm", OK);
      await until(() => isQuiet(page), () => "the sound goes on after the all-clear");

      server.send("alarm", { ...CRITICAL, secondsToTrip: 40 });
      await until(() => isLoud(page), () => "no second alarm");
      await page.locator("#sound").click();
      await until(() => isQuiet(page), () => "the sound cannot be switched off");
      await reads(page, "#sound-state", "tap to arm");
      assert.deepEqual(viewing.complaints(), []);
    },

  "whatever comes meanwhile, the beep that tells that it is armed is heard whole": async (
    viewing,
  ) => {
    const { server } = viewing;
    server.snapshot = () => snapshotAt(NOW, { watts: 500, alarm: OK });
    const page = await openHeard(viewing);
    await page.evaluate(() => {
      // The page looks at the alarm anew, as it does each second.
      const look = () => document.dispatchEvent(new Event("visibilitychange"));
      const armed = { attributes: true, attributeFilter: ["aria-pressed"] };
      new MutationObserver(look).observe(document.getElementById("sound")!, armed);
    });
    await page.locator("#sound").click();
    // It lasts for 0.15 s, and for a little more until it has died away.
    await until(async () => await heardS(page, 0.1) > 0.12, () => "the beep is cut off");
  },

  "a silence of the buzzer leaves the page's own sound, and the page, alone": async (viewing) => {
    const { server } = viewing;
    server.snapshot = () =>
      snapshotAt(NOW, { watts: 4790, alarm: { ...CRITICAL, secondsToTrip: 40 } });
    const page = await openHeard(viewing);
    await page.locator("#sound").click();
    await until(() => isLoud(page), () => "no sound");
    server.send("alarm", { ...CRITICAL, secondsToTrip: 35, silencedUntil: NOW + 600_000 });
    await reads(page, "#silenced-text", /^The buzzer is silent/);
    await listenAnew(page);
    await until(() => isLoud(page), () => "the page is silent too");
    await reads(page, "#alarm-headline", "About ½ min: switch off 640 W");
    await page.locator("#sound").click();
  },

  "a page that was armed before is armed again by the first touch": async (viewing) => {
    const { server } = viewing;
    server.snapshot = () => snapshotAt(NOW, { watts: 500, alarm: OK });
    let page = await viewing.open();
    await page.locator("#sound").click();
    await reads(page, "#sound-state", "armed");
    page = await viewing.open();
    await reads(page, "#sound-state", "tap to arm");
    await page.locator("h1").click();
    await reads(page, "#sound-state", "armed");
    await page.locator("#sound").click();
    page = await viewing.open();
    await page.locator("h1").click();
    await reads(page, "#sound-state", "tap to arm");
    assert.deepEqual(viewing.complaints(), []);
  },

  "an armed page keeps its stream while it is hidden": async (viewing) => {
    const { server } = viewing;
    server.snapshot = () => snapshotAt(NOW, { watts: 500, alarm: OK });
    const page = await viewing.open();
    await page.locator("#sound").click();
    await reads(page, "#sound-state", "armed");
    await page.evaluate(() => {
      Object.defineProperty(document, "hidden", { value: true, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    });
    server.send("alarm", { ...CRITICAL, secondsToTrip: 40 });
    await until(
      async () => await page.locator("#sound").getAttribute("data-sounding") === "true",
      () => "a hidden page does not sound",
    );
    assert.equal(server.connections, 1);
  },
});
