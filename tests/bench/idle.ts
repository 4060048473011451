import { type Bench, type Figure, type Run, sleep, spread } from "./bench.ts";
import { House } from "./support/house.ts";
import { corePercent } from "./support/process_use.ts";

const WINDOWS = 3;
const WINDOW_MS = 60_000;

async function run({ folder, tell }: Run): Promise<Figure[]> {
  await using house = new House(folder, { sampleSeconds: 5, atLineSpeed: true });
  const { url, pid } = await house.start();
  using live = house.view(url);
  await live.next();
  const percents: number[] = [];
  for (let i = 0; i < WINDOWS; i++) {
    percents.push(await corePercent(pid, () => sleep(WINDOW_MS)));
    tell(`${percents.at(-1)?.toFixed(3)} % of a core`);
  }
  const all = spread(percents);
  return [{
    name: "one viewer, 5 s sampling, 60 s",
    value: all.median,
    unit: "% of a core",
    atMost: 0.5,
    spread: all,
    note: "utime + stime of all threads, in steps of 10 ms; the line at 9600 baud",
  }];
}

export default {
  name: "idle",
  about: "processor time of the service with one viewer at the defaults",
  durationS: 185,
  run,
} satisfies Bench;
