import { type Bench, type Figure, type Run, sleep, spread } from "./bench.ts";
import { House } from "./support/house.ts";
import type { Live } from "./support/live.ts";
import { type Holdings, holdings } from "./support/process_use.ts";

const WARM_UP = 10;
const CYCLES = 100;
/** Beyond the longest backoff, so that each of its stages is met. */
const LONGEST_AWAY_MS = 3_000;
const QUIET_MS = 15_000;
const QUIET_LOOKS = 30;

/** One cycle; gives the time from the port's return to the next reading. */
async function cycle(house: House, live: Live): Promise<number> {
  await house.meter.unplug();
  await sleep(Math.random() * LONGEST_AWAY_MS);
  const startMs = performance.now();
  house.meter.replug();
  return (await live.next()).monoMs - startMs;
}

/** What is left once all is quiet: threads of the pool end after 10 idle seconds, so the fewest of a while count. */
async function quietHoldings(pid: number): Promise<Holdings> {
  const looks: Holdings[] = [];
  for (let i = 0; i < QUIET_LOOKS; i++) {
    await sleep(QUIET_MS / QUIET_LOOKS);
    looks.push(holdings(pid));
  }
  const fewest = (what: keyof Holdings) => Math.min(...looks.map((look) => look[what]));
  return { ...looks.at(-1)!, threads: fewest("threads"), descriptors: fewest("descriptors") };
}

async function run({ folder, tell }: Run): Promise<Figure[]> {
  await using house = new House(folder, { sampleSeconds: 5, atLineSpeed: true });
  const { url, pid } = await house.start();
  using live = house.view(url);
  await live.next();
  for (let i = 0; i < WARM_UP; i++) await cycle(house, live);
  const before = await quietHoldings(pid);
  const resumedMs: number[] = [];
  let middle = before;
  for (let i = 0; i < CYCLES; i++) {
    if (i === CYCLES / 2) middle = await quietHoldings(pid);
    resumedMs.push(await cycle(house, live));
    if ((i + 1) % 25 === 0) tell(`${i + 1} of ${CYCLES}`);
  }
  const after = await quietHoldings(pid);
  const more = (what: keyof Holdings, since = before) => after[what] - since[what];
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
    { name: "descriptors", value: more("descriptors"), unit: "more", atMost: 0 },
    { name: "threads", value: more("threads"), unit: "more", atMost: 0 },
    {
      name: "resident memory, first 50 cycles",
      value: middle.memoryMB - before.memoryMB,
      unit: "MB more",
    },
    {
      name: "resident memory, last 50 cycles",
      value: more("memoryMB", middle),
      unit: "MB more",
      atMost: 1,
    },
  ];
}

export default {
  name: "unplug",
  about: "the meter's cable pulled and plugged in again",
  durationS: 290,
  run,
} satisfies Bench;
