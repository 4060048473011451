import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { CRITICAL, OK } from "./support/alarm_events.ts";
import { NOW, readingAt, snapshotAt } from "./support/live_fixture.ts";
import { livePageTest, reads, until } from "./support/live_page_browser.ts";

/** Lets a test listen to what the page's loudspeaker is given. */
async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const connect = AudioNode.prototype.connect as (this: AudioNode, to: AudioNode) => AudioNode;
    Object.assign(AudioNode.prototype, {
      connect(this: AudioNode, to: AudioNode | AudioParam) {
        if (to instanceof AudioDestinationNode) {
          const ear = new AnalyserNode(this.context, { fftSize: 32_768 });
          Object.assign(globalThis, { ear });
          connect.call(this, ear);
        }
        return connect.call(this, to as AudioNode);
      },
    });
  });
}

/** The loudest moment of the last 0.7 s: a beep is short for a busy machine to look at, 0 to 1. */
function loudness(page: Page): Promise<number> {
  return page.evaluate(() => {
    const { ear } = globalThis as unknown as { ear?: AnalyserNode };
    if (ear === undefined) return 0;
    const samples = new Float32Array(ear.fftSize);
    ear.getFloatTimeDomainData(samples);
    return samples.reduce((loudest, sample) => Math.max(loudest, Math.abs(sample)), 0);
  });
}

const isLoud = (page: Page) => async () => await loudness(page) > 0.1;
const isQuiet = (page: Page) => async () => await loudness(page) < 0.01;

livePageTest("the sound of the live page in Chromium", {
  "the sound is armed by a tap, beeps at the cap, goes on without pause in the last minute, and ends":
    async (
      viewing,
    ) => {
      const { server } = viewing;
      server.snapshot = () => snapshotAt(NOW, { watts: 500, alarm: OK });
      let page = await viewing.open();
      await listen(page);
      page = await viewing.open();
      const button = page.getByRole("button", { name: "Sound: tap to arm" });
      await button.focus();
      await page.keyboard.press("Enter");
      await until(isLoud(page), () => "no sound when it is armed");
      await reads(page, "#sound-state", "armed");
      assert.equal(await page.locator("#sound").getAttribute("aria-pressed"), "true");
      await until(isQuiet(page), () => "the sound goes on");

      server.send("reading", readingAt(NOW + 5_000, 4790));
      server.send("alarm", { ...CRITICAL, secondsToTrip: 40 });
      await until(isLoud(page), () => "no sound in the last minute");
      assert.equal(await page.locator("#sound").getAttribute("data-sounding"), "true");
      server.send("alarm", OK);
      await until(isQuiet(page), () => "the sound goes on after the all-clear");

      server.send("alarm", { ...CRITICAL, secondsToTrip: 40 });
      await until(isLoud(page), () => "no second alarm");
      await page.locator("#sound").click();
      await until(isQuiet(page), () => "the sound cannot be switched off");
      await reads(page, "#sound-state", "tap to arm");
      assert.deepEqual(viewing.complaints(), []);
    },

  "a silence of the buzzer leaves the page's own sound, and the page, alone": async (viewing) => {
    const { server } = viewing;
    server.snapshot = () =>
      snapshotAt(NOW, { watts: 4790, alarm: { ...CRITICAL, secondsToTrip: 40 } });
    let page = await viewing.open();
    await listen(page);
    page = await viewing.open();
    await page.locator("#sound").click();
    await until(isLoud(page), () => "no sound");
    server.send("alarm", { ...CRITICAL, secondsToTrip: 35, silencedUntil: NOW + 600_000 });
    await reads(page, "#silenced-text", /^The buzzer is silent/);
    await until(isLoud(page), () => "the page is silent too");
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
