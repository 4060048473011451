import type { Page } from "playwright-core";
import { loadAssets } from "../../functions/assets.ts";
import { browserTest } from "./chromium.ts";
import { pageServices } from "./live_fixture.ts";
import { type LivePageServer, openPagePort, serveLivePage } from "./live_page_server.ts";
import { type Locale, Tabs } from "./page_tabs.ts";

export { assertFits, reads, until } from "./page_tabs.ts";

/** One case's sight of the page: its own server, a tab that it shares with the cases before it. */
export interface Viewing {
  readonly server: LivePageServer;
  /** Opens a path in a browser of that language, far from the server's zone, with a clock that tests move. */
  open(path?: string, locale?: Locale): Promise<Page>;
  /** What the page did since it was opened and must not do: words on the console, errors, requests elsewhere. */
  complaints(): readonly string[];
  /** How many documents the browser has asked for since. */
  documents(): number;
}

/** Registers a test of the live page in Chromium with a step for each case. */
export function livePageTest(
  name: string,
  cases: Record<string, (viewing: Viewing) => Promise<void>>,
) {
  browserTest(name, async (t, browser) => {
    const services = pageServices({ assets: await loadAssets() });
    const tabs = new Tabs(browser);
    // The same for all cases, so that a browser goes on in the process that it has for this origin.
    await using port = openPagePort();
    for (const [name, body] of Object.entries(cases)) {
      await t.step(name, async () => {
        using server = serveLivePage(services, port);
        await body({
          server,
          open: (path = "/", locale = "en-GB") => tabs.open(server.origin, path, locale),
          complaints: () => tabs.complaints(),
          documents: () => tabs.documents(),
        });
        await tabs.leave();
      });
    }
  });
}
