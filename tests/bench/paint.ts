import type { Browser } from "playwright-core";
import { addDays, dayBounds, localDate } from "../../lib/calendar.ts";
import { holdMs } from "../../lib/reading.ts";
import { YearFiles } from "../../lib/store/year_files.ts";
import { pastReadings } from "../../lib/task/demo_year.ts";
import { chromiumPath, launchChromium } from "../support/chromium.ts";
import { store } from "../support/year_fixture.ts";
import { type Bench, type Figure, type Run, spread } from "./bench.ts";
import { House } from "./support/house.ts";

const ZONE = "Europe/Rome";
const BOUND_MS = 300;
const ROUNDS = 20;
/** This is about bars and curves, not about how many readings they are made of. */
const STEP_MS = 60_000;

/** Writes every day from the first of the year before until yesterday. */
function writeYears(databasePath: string, today: string): void {
  using years = new YearFiles(databasePath);
  const firstYear = Number(today.slice(0, 4)) - 1;
  for (let date = `${firstYear}-01-01`; date < today; date = addDays(date, 1)) {
    const readings = pastReadings(dayBounds(date, ZONE), STEP_MS, { seed: 1, timeZone: ZONE });
    const options = { zone: ZONE, holdMs: holdMs(STEP_MS / 1000) };
    store(years.open(Number(date.slice(0, 4))), date, readings, options);
  }
}

/** Milliseconds from the call for the page to the frame with its figures: bars, or a day's energy and curve. */
async function paintedMs(browser: Browser, url: string): Promise<number> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  try {
    const page = await context.newPage();
    await page.addInitScript(() => {
      const isThere = () =>
        document.querySelector("#bars-list .bar-fill") !== null ||
        (document.querySelector("#curve-summary")?.textContent ?? "") !== "";
      const watch = new MutationObserver(() => {
        if (!isThere()) return;
        watch.disconnect();
        // What a frame's callback posts comes after that frame.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () =>
            document.documentElement.setAttribute("data-painted", `${performance.now()}`);
          port2.postMessage(null);
        });
      });
      watch.observe(document, { subtree: true, childList: true, characterData: true });
    });
    await page.goto(url);
    const painted = page.locator("html[data-painted]");
    return Number(await painted.getAttribute("data-painted"));
  } finally {
    await context.close();
  }
}

async function run({ folder, tell }: Run): Promise<Figure[]> {
  const name = "history page, first useful paint";
  if (chromiumPath() === null) {
    return [{ name, value: null, unit: "ms", note: "no Chromium on this machine" }];
  }
  await using house = new House(folder, { sampleSeconds: 5 });
  const today = localDate(Date.now(), ZONE);
  tell("making two years of days");
  await Deno.mkdir(`${folder}/years`, { recursive: true });
  writeYears(house.env["DATABASE_URL"] ?? "", today);
  const { url } = await house.start({ TIME_ZONE: ZONE });
  const browser = await launchChromium();
  try {
    const figures: Figure[] = [];
    const yesterday = addDays(today, -1);
    const places = { month: "", year: `?year=${today.slice(0, 4)}`, day: `?day=${yesterday}` };
    for (const [place, query] of Object.entries(places)) {
      const rounds: number[] = [];
      for (let i = 0; i < ROUNDS; i++) {
        rounds.push(await paintedMs(browser, new URL(`history${query}`, url).href));
      }
      const all = spread(rounds);
      tell(`${place}: ${Math.round(all.median)} ms`);
      figures.push({
        name: `${name}, ${place}`,
        value: all.median,
        unit: "ms",
        atMost: BOUND_MS,
        spread: all,
        note:
          "headless Chromium with an empty cache on the same machine, from the call to the frame",
      });
    }
    return figures;
  } finally {
    await browser.close();
  }
}

export default {
  name: "paint",
  about: "the history page from its call to its first bars or curve in Chromium",
  durationS: 60,
  run,
} satisfies Bench;
