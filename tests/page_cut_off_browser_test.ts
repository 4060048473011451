import assert from "node:assert/strict";
import type { CutOff, Episode } from "../lib/alarm/episode.ts";
import { DEFAULT_TIERS, parseTiers } from "../lib/alarm/tiers.ts";
import { assertAccessible } from "./support/accessible.ts";
import { NOW, snapshotAt } from "./support/live_fixture.ts";
import {
  assertFits,
  livePageTest,
  reads,
  until,
  type Viewing,
} from "./support/live_page_browser.ts";

const DAY_MS = 86_400_000;
const LEARNT = "3300:180m,4060:2m";
const TOLD = "12:02 (18 November): your meter probably cut off at 4060 W after 118 s." +
  `LIMITS=${LEARNT} in MCCE's settings would have foreseen it.See the curveUnderstood`;
/** Longer than the page waits before it asks again. */
const LATER_MS = 31_000;

/** An episode that a cut-off has ended, on 18 November at 12:02 in Rome. */
function cutOffEpisode(change: Partial<CutOff> = {}): Episode {
  const cutOff: CutOff = {
    ...{ at: NOW - 3 * DAY_MS - 148 * 60_000, watts: 4060, secondsAbove: 118, tierWatts: 4060 },
    ...{ endedBy: "boot", suggestedLimits: LEARNT },
    ...change,
  };
  return {
    ...{ from: cutOff.at - 118_000, to: cutOff.at, isOpen: false, state: "above" },
    ...{ maxWatts: 4060, maxAt: cutOff.at, secondsAbove: 118, whAboveCap: 0 },
    ...{ secondsLeft: 10_680, tierWatts: 3300, limits: DEFAULT_TIERS, cutOff },
  };
}

function tells(server: Viewing["server"], ...episodes: readonly Episode[]): void {
  server.episodes = () => Promise.resolve(episodes);
}

/** Opens the page and lets it have its answer, whatever that is. */
async function opened(viewing: Viewing, locale: "en-GB" | "it-IT" = "en-GB") {
  const { server } = viewing;
  const { episodes } = server;
  const answered = Promise.withResolvers<void>();
  server.episodes = (span) => episodes(span).finally(answered.resolve);
  const page = await viewing.open("/", locale);
  await answered.promise;
  await page.waitForLoadState("networkidle");
  return page;
}

livePageTest("what a cut-off taught, on the live page in Chromium", {
  "is told with the limits that would have foreseen it, until it was read": async (viewing) => {
    tells(viewing.server, cutOffEpisode({ at: NOW - 5 * DAY_MS }), cutOffEpisode());
    const page = await viewing.open();
    await reads(page, "#cut-off", TOLD);
    const href = await page.getByRole("link", { name: "See the curve" }).getAttribute("href");
    assert.match(href ?? "", /^\/history\?day=2026-11-18&from=\d+&to=\d+$/);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await assertAccessible(page, `the live page after a cut-off, ${colorScheme}`);
    }
    await page.getByRole("button", { name: "Understood" }).click();
    assert.equal(await page.locator("#cut-off").isVisible(), false);

    const again = await opened(viewing);
    assert.equal(await again.locator("#cut-off").isVisible(), false, "read, but told again");
    tells(viewing.server, cutOffEpisode(), cutOffEpisode({ at: NOW - DAY_MS }));
    await page.clock.runFor(LATER_MS);
    viewing.server.send("snapshot", snapshotAt(NOW + LATER_MS));
    await reads(page, "#cut-off-text", /^14:30 \(20 November\): /);
    assert.deepEqual(viewing.complaints(), []);
  },

  "is not told when it is old, when it was followed, or where there was no cut-off": async (
    viewing,
  ) => {
    const { server } = viewing;
    const quiet: readonly Episode[] = [
      cutOffEpisode({ at: NOW - 8 * DAY_MS }),
      { ...cutOffEpisode(), cutOff: null },
    ];
    for (const episode of quiet) {
      tells(server, episode);
      const page = await opened(viewing);
      assert.equal(await page.locator("#cut-off").isVisible(), false);
    }
    tells(server, cutOffEpisode());
    server.snapshot = () => snapshotAt(NOW, { limits: parseTiers(LEARNT)! });
    const page = await opened(viewing);
    assert.equal(await page.locator("#cut-off").isVisible(), false);
    assert.deepEqual(viewing.complaints(), []);
  },

  "is told once the meter is back, and is short where nothing was learnt": async (viewing) => {
    const { server } = viewing;
    const { meter } = snapshotAt(NOW);
    server.snapshot = () => snapshotAt(NOW, { meter: { ...meter, state: "silent" } });
    const page = await opened(viewing, "it-IT");
    const at = NOW - 60_000;
    tells(server, cutOffEpisode({ at, secondsAbove: 9_120, suggestedLimits: null }));
    server.send("status", { meter, store: snapshotAt(NOW).store });
    await reads(page, "#state-text", "Misuratore connesso");
    await page.clock.runFor(11_000);
    await reads(
      page,
      "#cut-off-text",
      "14:29: probabile distacco del contatore a 4060 W dopo 2 h 32 min.",
    );
    assert.equal(await page.locator("#cut-off-lesson").isVisible(), false);
    assert.equal(await page.locator("#cut-off").isVisible(), true);
  },

  "does not stand in the way when it cannot be had, or when the page is narrow": async (
    viewing,
  ) => {
    const { server } = viewing;
    server.episodes = () => Promise.reject(new Error("the test refuses this"));
    const page = await viewing.open();
    await reads(page, "#power-value", "1999");
    await until(() => viewing.complaints().length > 0, () => "the record was not asked for");
    assert.equal(await page.locator("#cut-off").isVisible(), false);
    tells(server, cutOffEpisode({ suggestedLimits: `${LEARNT},4500:45s,5000:15s,6000:10s` }));
    await page.clock.runFor(LATER_MS);
    server.send("snapshot", snapshotAt(NOW + LATER_MS));
    await reads(page, "#cut-off-lesson", /^LIMITS=/);
    await page.setViewportSize({ width: 360, height: 740 });
    await assertFits(page, "the lesson of a cut-off");
  },
});
