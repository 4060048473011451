import assert from "node:assert/strict";
import type { Page } from "playwright-core";
import { CRITICAL, OK } from "./support/alarm_events.ts";
import { NOW, snapshotAt } from "./support/live_fixture.ts";
import { livePageTest, reads, until } from "./support/live_page_browser.ts";

/** What Chrome on Android does when a page itself makes a notification. */
function forbidConstructor(permission: string): void {
  const requestPermission = () => Promise.resolve("granted");
  const Illegal = () => {
    throw new TypeError("Illegal constructor");
  };
  Object.assign(globalThis, {
    Notification: Object.assign(Illegal, { permission, requestPermission }),
  });
}

/** Notes what the page's service worker is to show: a browser without windows shows nothing. */
function noteShown(): void {
  const shown: string[] = [];
  Object.assign(ServiceWorkerRegistration.prototype, {
    showNotification(this: ServiceWorkerRegistration, title: string, { tag }: NotificationOptions) {
      shown.push(`${title} (${tag}, by a worker that is ${this.active?.state})`);
      return Promise.resolve();
    },
  });
  Object.assign(globalThis, { shown });
}

/** Taps a notification; gives the path of the window that comes to the front, and whether the notification goes. */
async function tapped(page: Page, origin: string): Promise<string[]> {
  const worker = page.context().serviceWorkers().find((worker) => worker.url().startsWith(origin));
  return await worker!.evaluate(async () => {
    const done: string[] = [];
    const { WindowClient } = globalThis as unknown as { WindowClient: { prototype: object } };
    // A browser lets a window come to the front only after a person's tap.
    Object.assign(WindowClient.prototype, {
      focus(this: { url: string }) {
        done.push(new URL(this.url).pathname);
        return Promise.resolve();
      },
    });
    await new Promise((resolve) => {
      const notification = { close: () => done.push("closed") };
      const click = { notification, waitUntil: resolve };
      dispatchEvent(Object.assign(new Event("notificationclick"), click));
    });
    return done;
  });
}

livePageTest("notifications of the live page in Chromium", {
  "notifications are asked for by a tap, and tell each change of the alarm": async (viewing) => {
    const { server } = viewing;
    server.snapshot = () => snapshotAt(NOW, { watts: 500, alarm: OK });
    let page = await viewing.open();
    await page.addInitScript(() => {
      const raised: string[] = [];
      class Raised {
        static permission = "default";
        static requestPermission() {
          Raised.permission = "granted";
          return Promise.resolve("granted");
        }
        constructor(title: string, { silent }: NotificationOptions) {
          raised.push(`${title}${silent ? "" : " (aloud)"}`);
        }
      }
      Object.assign(globalThis, { Notification: Raised, raised });
    });
    page = await viewing.open();
    const raised = () =>
      page.evaluate(() => (globalThis as unknown as { raised: string[] }).raised);
    await page.getByRole("button", { name: "Notifications: off" }).press("Enter");
    await reads(page, "#notify-state", "on");
    for (const alarm of [CRITICAL, { ...CRITICAL, secondsToTrip: 117 }, OK]) {
      server.send("alarm", alarm);
      await page.locator(`#alarm[data-state="${alarm.state}"]`).waitFor();
    }
    await until(async () => (await raised()).length === 3, () => "not three notifications");
    assert.deepEqual(await raised(), [
      "Notifications",
      "About 1½ min: switch off 640 W (aloud)",
      "2.7 kW free",
    ]);
    await page.locator("#notify").click();
    await reads(page, "#notify-state", "off");
    assert.deepEqual(viewing.complaints(), []);
  },

  "where a page may show none, its service worker does, and a tap brings the page to the front":
    async (
      viewing,
    ) => {
      const { server } = viewing;
      server.snapshot = () => snapshotAt(NOW, { watts: 500, alarm: OK });
      let page = await viewing.open();
      await page.addInitScript(forbidConstructor, "granted");
      await page.addInitScript(noteShown);
      page = await viewing.open();
      const shown = () => page.evaluate(() => (globalThis as unknown as { shown: string[] }).shown);
      await page.getByRole("button", { name: "Notifications: off" }).press("Enter");
      await reads(page, "#notify-state", "on");
      server.send("alarm", CRITICAL);
      await until(async () => (await shown()).length === 2, () => "not two notifications");
      const how = "(mcce-alarm, by a worker that is activated)";
      assert.deepEqual(await shown(), [
        `Notifications ${how}`,
        `About 1½ min: switch off 640 W ${how}`,
      ]);
      assert.deepEqual(await tapped(page, server.origin), ["closed", "/"]);
      await page.locator("#notify").click();
      assert.deepEqual(viewing.complaints(), []);
    },

  "where there are no notifications, or only for installed apps, nothing offers them": async (
    viewing,
  ) => {
    const { server } = viewing;
    server.snapshot = () => snapshotAt(NOW, { watts: 500, alarm: OK });
    let page = await viewing.open("/", "it-IT");
    await page.addInitScript(forbidConstructor, "default");
    page = await viewing.open("/", "it-IT");
    await page.locator("#notify").click();
    await page.locator("#notify").waitFor({ state: "hidden" });
    await page.addInitScript(() =>
      Object.defineProperty(globalThis, "isSecureContext", { value: false })
    );
    page = await viewing.open("/", "it-IT");
    await page.locator("#sound").waitFor();
    assert.equal(await page.locator("#notify").isHidden(), true);
  },
});
