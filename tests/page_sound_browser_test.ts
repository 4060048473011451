import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { CRITICAL, OK } from "./support/alarm_events.ts";
import { NOW, readingAt, snapshotAt } from "./support/live_fixture.ts";
import { livePageTest, reads, until } from "./support/live_page_browser.ts";

/** What hears the page's loudspeaker: ears each of which is as late as the one before it reaches back. */
interface Hearing {
  readonly ears: readonly AnalyserNode[];
  /** By the sound's own clock; what was before does not count. */
  since: number;
}

/** Lets a test listen to the last six seconds of what the page's loudspeaker is given: a busy machine looks late at a short beep. */
async function listen(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const connect = AudioNode.prototype.connect as (this: AudioNode, to: AudioNode) => AudioNode;
    Object.assign(AudioNode.prototype, {
      connect(this: AudioNode, to: AudioNode | AudioParam) {
        if (to instanceof AudioDestinationNode) {
          const { context } = this;
          const fftSize = 32_768;
          const ears = Array.from({ length: 8 }, (_, i) => {
            const delayTime = i * fftSize / context.sampleRate;
            const delay = new DelayNode(context, { delayTime, maxDelayTime: delayTime + 1 });
            connect.call(this, delay);
            return connect.call(delay, new AnalyserNode(context, { fftSize }));
          });
          Object.assign(globalThis, { hearing: { ears, since: 0 } });
        }
        return connect.call(this, to as AudioNode);
      },
    });
  });
}

/** Looks whether there was a sound since the last look that found what it was for, or none in the last half second. */
function found(page: Page, what: "sound" | "quiet"): Promise<boolean> {
  return page.evaluate((what) => {
    const { hearing } = globalThis as unknown as { hearing?: Hearing };
    const newest = hearing?.ears[0];
    if (hearing === undefined || newest === undefined) return what === "quiet";
    const { currentTime, sampleRate } = newest.context;
    const fromS = what === "sound" ? hearing.since : currentTime - 0.5;
    let loudest = 0;
    hearing.ears.forEach((ear, i) => {
      const samples = new Float32Array(ear.fftSize);
      ear.getFloatTimeDomainData(samples);
      const endS = currentTime - i * samples.length / sampleRate;
      const heard = samples.slice(Math.max(0, samples.length - (endS - fromS) * sampleRate));
      if (endS > fromS) {
        for (const sample of heard) loudest = Math.max(loudest, Math.abs(sample));
      }
    });
    const isFound = what === "sound" ? loudest > 0.1 : loudest < 0.01;
    if (isFound) hearing.since = currentTime;
    return isFound;
  }, what);
}

/** What has sounded so far does not count any more. */
async function listenAnew(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { hearing } = globalThis as unknown as { hearing: Hearing };
    hearing.since = hearing.ears[0]!.context.currentTime;
  });
}

const isLoud = (page: Page) => () => found(page, "sound");
const isQuiet = (page: Page) => () => found(page, "quiet");

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
    await listenAnew(page);
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
