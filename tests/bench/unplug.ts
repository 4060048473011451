import { type Bench, type Figure, type Run, sleep, spread } from "./bench.ts";
import { House } from "./support/house.ts";
import { Live } from "./support/live.ts";
import { type Holdings, holdings } from "./support/process_use.ts";

const WARM_UP = 10;
const CYCLES = 100;
/** Beyond the longest backoff, so that each of its stages is met. */
const LONGEST_AWAY_MS = 3_000;

/** One cycle; gives the time from the port's return to the next reading. */
async function cycle(house: House, live: Live): Promise<number> {
  await house.meter.unplug();
  await sleep(Math.random() * LONGEST_AWAY_MS);
  const startMs = performance.now();
  house.meter.replug();
  return (await live.next()).monoMs - startMs;
}

function growth(
  before: Holdings,
  after: Holdings,
  what: "threads" | "descriptors" | "memoryMB",
): number {
  return after[what] - before[what];
}

async function run({ folder, tell }: Run): Promise<Figure[]> {
  await using house = new House(folder, { sampleSeconds: 5, atLineSpeed: true });
  const { url, pid } = await house.start();
  using live = new Live(url);
  await live.next();
  for (let i = 0; i < WARM_UP; i++) await cycle(house, live);
  const before = holdings(pid);
  const resumedMs: number[] = [];
  let middle = before;
  for (let i = 0; i < CYCLES; i++) {
    if (i === CYCLES / 2) middle = holdings(pid);
    resumedMs.push(await cycle(house, live));
    if ((i + 1) % 25 === 0) tell(`${i + 1} of ${CYCLES}`);
  }
  const after = holdings(pid);
  const all = spread(resumedMs);
  return [
    {
      name: `${CYCLES} cycles, longest until the next reading`,
      value: all.worst,
      unit: "ms",
      atMost: 2_000,
      spread: all,
      note: `5 s sampling; gone for up to ${LONGEST_AWAY_MS} ms; the reply itself takes 334 ms`,
    },
    { name: "descriptors", value: growth(before, after, "descriptors"), unit: "more", atMost: 0 },
    { name: "threads", value: growth(before, after, "threads"), unit: "more", atMost: 0 },
    {
      name: "resident memory, first 50 cycles",
      value: growth(before, middle, "memoryMB"),
      unit: "MB more",
    },
    {
      name: "resident memory, last 50 cycles",
      value: growth(middle, after, "memoryMB"),
      unit: "MB more",
      atMost: 1,
    },
  ];
}

export default {
  name: "unplug",
  about: "the meter's cable pulled and plugged in again",
  durationS: 270,
  run,
} satisfies Bench;
