import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { NOW, readingAt, snapshotAt } from "./support/live_fixture.ts";
import { livePageTest, reads, until } from "./support/live_page_browser.ts";

/** Makes the page believe that its tab was hidden or shown. */
function setHidden(page: Page, hidden: boolean): Promise<void> {
  return page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { value: hidden, configurable: true });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
}

livePageTest("the live page in Chromium follows the service", {
  "shows the power and the day, and follows each reading": async (viewing) => {
    const { server } = viewing;
    const page = await viewing.open();
    await reads(page, "#power", "1999 W");
    await reads(page, "#age", "at 14:30:00");
    await reads(page, "#kwh", "7.41");
    await reads(page, "dl.totals div:nth-child(2) dd", "13.42 kW 12:15");
    await reads(page, "#state-text", "Meter connected");
    await reads(page, "#spoken", "Meter connected. 1999 watts");
    server.send("reading", readingAt(NOW + 5_000, 13_420, { kWhToday: 7.5, coverage: 0.984 }));
    await reads(page, "#power", "13.42 kW");
    await reads(page, "#kwh", "7.50");
    await reads(page, "#coverage", "98%");
    assert.match(await page.title(), /^13\.42 kW/);
    await reads(page, "#spoken", "Meter connected. 1999 watts");
    await reads(page, "#hour-summary", /^Last hour: between 210 W and 13\.42 kW, /);
    assert.deepEqual(viewing.complaints(), []);
  },

  "an old number goes grey with its age at 15 s and is none at 60 s": async (viewing) => {
    const { server } = viewing;
    const page = await viewing.open();
    await reads(page, "#power", "1999 W");
    const fresh = await page.locator("#power").evaluate((e) => getComputedStyle(e).color);
    await page.clock.runFor(16_000);
    await reads(page, "#power", "1999 W");
    await reads(page, "#age", /^1[56] s ago$/);
    const stale = await page.locator("#power").evaluate((e) => getComputedStyle(e).color);
    assert.notEqual(stale, fresh);
    server.snapshot = () => snapshotAt(NOW, { now: NOW + 61_000 });
    await page.clock.runFor(45_000);
    await reads(page, "#power", "—");
    await reads(page, "#age", "last reading 1 min ago");
    assert.equal(await page.title(), "MCCE");
  },

  "a reading that was old when the page came is told as old": async (viewing) => {
    const { server } = viewing;
    server.snapshot = () => snapshotAt(NOW, { at: NOW - 18_000 });
    const page = await viewing.open();
    await reads(page, "#age", "18 s ago");
    server.snapshot = () => snapshotAt(NOW, { at: NOW - 7_300_000 });
    server.drop();
    await reads(page, "#power", "—");
    await reads(page, "#age", "last reading 2 h ago");
  },

  "a reading of before the start is not shown as power now, whatever the server's clock": async (
    viewing,
  ) => {
    const { server } = viewing;
    server.snapshot = () => snapshotAt(NOW, { now: NOW - 3_600_000, stale: true });
    const page = await viewing.open();
    await reads(page, "#power", "—");
    await reads(page, "#age", "last reading 14:30");
    assert.equal(await page.title(), "MCCE");
    server.send("reading", readingAt(NOW - 3_590_000, 314));
    await reads(page, "#power", "314 W");
    await reads(page, "#age", "at 13:30:10");
    assert.deepEqual(viewing.complaints(), []);
  },

  "a zone that the browser does not know keeps no power away, and the times are told to be in UTC":
    async (viewing) => {
      const { server } = viewing;
      server.snapshot = () => snapshotAt(NOW, { timeZone: "Nowhere/At_All" });
      const page = await viewing.open();
      await reads(page, "#power", "1999 W");
      await reads(page, "#age", "at 13:30:00");
      await reads(
        page,
        "#notices li",
        "This browser does not know the time zone Nowhere/At_All: times are in UTC.",
      );
      assert.deepEqual(viewing.complaints(), []);
    },

  "a service that has no reading yet shows none, and then the first": async (viewing) => {
    const { server } = viewing;
    const base = snapshotAt(NOW, { at: null, watts: null, lastHour: { at: [], watts: [] } });
    const extremes = { minWatts: null, minAt: null, maxWatts: null, maxAt: null };
    const today = { ...base.today, ...extremes, kWhToday: 0, coverage: 0 };
    const curve = { ...base.curve, meanWatts: [], minWatts: [], maxWatts: [] };
    server.snapshot = () => ({ ...base, today, curve });
    const page = await viewing.open();
    await reads(page, "#age", "no reading yet today");
    await reads(page, "#power", "—");
    await reads(page, "#highest", "—");
    await reads(page, "#today-summary", "Today: nothing measured.");
    assert.equal(await page.locator("#coverage-row").isHidden(), true);
    server.send("reading", readingAt(NOW, 314));
    await reads(page, "#power", "314 W");
    await reads(page, "#today-summary", "Today: between 314 W and 314 W, 314 W on average.");
    assert.deepEqual(viewing.complaints(), []);
  },

  "says so when the meter goes missing, and recovers": async (viewing) => {
    const { server } = viewing;
    const page = await viewing.open();
    await reads(page, "#power", "1999 W");
    const { meter, store } = snapshotAt(NOW);
    const problem = "/dev/ttyUSB0 does not exist";
    server.send("status", { meter: { ...meter, state: "missing", since: NOW, problem }, store });
    await reads(page, "#state-text", "Meter missing");
    await reads(page, "#notices li", `The meter is missing since 14:30.${problem}`);
    await reads(page, "#spoken", /^The meter is missing since 14:30\./);
    server.send("status", { meter: { ...meter, since: NOW + 60_000 }, store });
    await reads(page, "#state-text", "Meter connected");
    await reads(page, "#meter-state", "Connected since 14:31");
    assert.equal(await page.locator("#notices").isHidden(), true);
    const full = { ok: false, since: NOW, detail: "No space left on device", waiting: 1 };
    server.send("status", { meter, store: full });
    await reads(page, "#notices li span", "The disk takes nothing: 1 reading waits in memory.");
    assert.deepEqual(viewing.complaints(), []);
  },

  "connects again by itself when the stream breaks": async (viewing) => {
    const { server } = viewing;
    const page = await viewing.open();
    await reads(page, "#power", "1999 W");
    server.snapshot = () => snapshotAt(NOW + 60_000, { watts: 2222 });
    server.drop();
    await reads(page, "#power", "2222 W");
    await reads(page, "#state-text", "Meter connected");
    assert.deepEqual(viewing.complaints(), []);
  },

  "says that the connection is lost, and comes back from an error's answer": async (viewing) => {
    const { server } = viewing;
    const page = await viewing.open();
    await reads(page, "#power", "1999 W");
    server.snapshot = () => null;
    server.drop();
    await reads(page, "#state-text", "No connection");
    await reads(page, "#notices li span", "No connection to MCCE since 14:30. Trying again.");
    await reads(page, "#spoken", /^No connection to MCCE/);
    server.snapshot = () => snapshotAt(NOW, { watts: 777 });
    await page.clock.runFor(35_000);
    await reads(page, "#power", "777 W");
    await reads(page, "#state-text", "Meter connected");
  },

  "a silent connection is opened anew": async (viewing) => {
    const { server } = viewing;
    const page = await viewing.open();
    await reads(page, "#power", "1999 W");
    await page.clock.runFor(42_000);
    await until(
      () => server.connections === 2 && server.viewers === 1,
      () => "no second connection",
    );
  },

  "a hidden tab closes its stream and opens it again when shown": async (viewing) => {
    const { server } = viewing;
    const page = await viewing.open();
    await reads(page, "#power", "1999 W");
    await setHidden(page, true);
    await until(() => server.viewers === 0, () => "the stream stays open");
    await page.clock.runFor(120_000);
    assert.equal(server.connections, 1);
    await setHidden(page, false);
    await until(() => server.viewers === 1, () => "the stream stays closed");
    await reads(page, "#power", "1999 W");
    assert.deepEqual(viewing.complaints(), []);
  },

  "a new version of the program loads the page anew, once": async (viewing) => {
    const { server } = viewing;
    server.snapshot = () => snapshotAt(NOW, { version: "2.0.0" });
    const page = await viewing.open();
    await reads(page, "#power", "1999 W");
    assert.equal(viewing.documents(), 2);
    server.drop();
    await until(() => server.connections >= 3, () => "no new connection");
    assert.equal(viewing.documents(), 2);
  },

  "a reading of the next day brings that day's snapshot": async (viewing) => {
    const { server } = viewing;
    const page = await viewing.open();
    await reads(page, "#kwh", "7.41");
    const next = snapshotAt(NOW + 5_000);
    server.snapshot = () => ({
      ...next,
      today: { ...next.today, date: "2026-11-22", kWhToday: 0.01 },
    });
    server.send("reading", readingAt(NOW + 5_000, 500, { date: "2026-11-22" }));
    await reads(page, "#kwh", "0.01");
    assert.equal(server.connections, 2);
  },
});
