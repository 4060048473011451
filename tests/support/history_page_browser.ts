import type { Page } from "playwright-core";
import app from "../../functions/app.ts";
import { loadAssets } from "../../functions/assets.ts";
import type { Services } from "../../functions/env.ts";
import { browserTest } from "./chromium.ts";
import { pageServices } from "./live_fixture.ts";
import { type Locale, Tabs } from "./page_tabs.ts";

/** One case's sight of the history page. */
export interface HistoryViewing {
  open(path: string, locale?: Locale): Promise<Page>;
  /** What the page did since it was opened and must not do. */
  complaints(): readonly string[];
  documents(): number;
  /** Stops answering questions, or answers them again. */
  setAnswering(isAnswering: boolean): void;
}

/** Registers a test of the history page in Chromium, answered by `query`, with a step for each case. */
export function historyPageTest(
  name: string,
  makeHouse: () => Disposable & { query(): Services["query"]; alarm(): Services["alarm"] },
  cases: Record<string, (viewing: HistoryViewing) => Promise<void>>,
) {
  browserTest(name, async (t, browser) => {
    using house = makeHouse();
    const answers = { query: house.query(), alarm: house.alarm() };
    const services = pageServices({ assets: await loadAssets(), ...answers });
    let isAnswering = true;
    const http = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen() {} }, (request) => {
      const isQuestion = new URL(request.url).pathname.startsWith("/query/");
      return isQuestion && !isAnswering
        ? new Response("", { status: 503 })
        : app.fetch(request, services);
    });
    const tabs = new Tabs(browser);
    const viewing: HistoryViewing = {
      open: (path, locale = "en-GB") =>
        tabs.open(`http://127.0.0.1:${http.addr.port}`, path, locale),
      complaints: () => tabs.complaints(),
      documents: () => tabs.documents(),
      setAnswering: (answers) => isAnswering = answers,
    };
    try {
      for (const [name, body] of Object.entries(cases)) {
        await t.step(name, async () => await body(viewing));
        isAnswering = true;
      }
      await tabs.leave();
    } finally {
      await http.shutdown();
    }
  });
}
