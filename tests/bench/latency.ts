import { chromiumPath, launchChromium } from "../support/chromium.ts";
import { type Bench, type Figure, type Run, sleep, spread } from "./bench.ts";
import { House } from "./support/house.ts";

const BOUND_MS = 10;
const SERVICE_READINGS = 120;
const FAST_READINGS = 1_000;
const FAST_INTERVAL_MS = 50;
const WARM_UP_READINGS = 5;
const PATIENCE_MS = 300_000;

/** How long after its reply's last byte each reading came, in milliseconds. */
async function byEventSource(house: House, url: string, readings: number): Promise<number[]> {
  using live = house.view(url);
  await live.more(WARM_UP_READINGS + readings, PATIENCE_MS);
  return live.seen.slice(WARM_UP_READINGS, WARM_UP_READINGS + readings)
    .map(({ watts, monoMs }) => monoMs - house.sentMs(watts));
}

/** The same by the events of a page in Chromium. */
async function byChromium(house: House, url: string, readings: number): Promise<number[]> {
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    await page.goto(new URL("live/now", url).href);
    const count = WARM_UP_READINGS + readings;
    const seen = await page.evaluate(
      (count) =>
        new Promise<{ watts: number; wallMs: number }[]>((resolve) => {
          const seen: { watts: number; wallMs: number }[] = [];
          const source = new EventSource("/live");
          source.addEventListener("reading", ({ data }) => {
            const wallMs = performance.timeOrigin + performance.now();
            seen.push({ watts: JSON.parse(data).watts, wallMs });
            if (seen.length < count) return;
            source.close();
            resolve(seen);
          });
        }),
      count,
    );
    const wallOfMono = await wallOfMonotonic();
    return seen.slice(WARM_UP_READINGS)
      .map(({ watts, wallMs }) => wallMs - wallOfMono - house.sentMs(watts));
  } finally {
    await browser.close();
  }
}

/** Wall clock less `performance.now()`, taken as the wall clock's millisecond turns: two processes share only the wall clock. */
async function wallOfMonotonic(): Promise<number> {
  await sleep(1);
  const before = Date.now();
  while (Date.now() === before);
  return Date.now() - performance.now();
}

function figure(name: string, delaysMs: number[], note: string): Figure {
  const all = spread(delaysMs);
  return { name, value: all.p99, unit: "ms", atMost: BOUND_MS, spread: all, note };
}

async function run({ folder, tell }: Run): Promise<Figure[]> {
  const figures: Figure[] = [];
  {
    await using house = new House(`${folder}/service`, { sampleSeconds: 1 });
    const { url } = await house.start();
    tell(`${SERVICE_READINGS} readings, one a second, of the service itself`);
    const delaysMs = await byEventSource(house, url, SERVICE_READINGS);
    figures.push(figure(
      "service, one a second, p99",
      delaysMs,
      "the start task's process; the meter and Deno's EventSource in the bench's, one clock for both",
    ));
  }
  await using house = new House(`${folder}/fast`, { sampleSeconds: 1 });
  const { url } = await house.startFast(FAST_INTERVAL_MS);
  tell(`${FAST_READINGS} readings, one every ${FAST_INTERVAL_MS} ms, of the same parts`);
  const parts = "the service's parts in a process that asks every 50 ms";
  const fast = await byEventSource(house, url, FAST_READINGS);
  figures.push(figure("parts, 20 a second, p99", fast, `${parts}; Deno's EventSource`));
  if (chromiumPath() === null) {
    const note = "no Chromium on this machine";
    return [...figures, { name: "parts, in Chromium, p99", value: null, unit: "ms", note }];
  }
  tell(`${FAST_READINGS} readings in Chromium`);
  const seen = await byChromium(house, url, FAST_READINGS);
  const note = `${parts}; a page's EventSource in headless Chromium, over the wall clock, ±0.2 ms`;
  return [...figures, figure("parts, in Chromium, p99", seen, note)];
}

export default {
  name: "latency",
  about: "from the last byte of the meter's reply to the browser's event",
  durationS: 235,
  run,
} satisfies Bench;
