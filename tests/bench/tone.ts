import { GpioTree } from "../support/gpio_tree.ts";
import { type Bench, type Figure, type Run, sleep, type Spread, spread } from "./bench.ts";
import { House } from "./support/house.ts";
import { corePercent } from "./support/process_use.ts";

const HZ = 5_000;
const SECONDS = 10;
const PROCESSES = 3;
const WINDOW_MS = 30_000;
const OVER = 5_000;
const UNDER = 500;
const PROGRAM = new URL("support/tone_edges.ts", import.meta.url);

/** What the tone's loop did in a process of its own. */
async function edges(): Promise<Spread & { readonly core: number }> {
  using pins = new GpioTree();
  const value = `${pins.root}/gpio530/value`;
  const args = ["run", "--quiet", "-P=test", PROGRAM.href, value, String(HZ), String(SECONDS)];
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), { args }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return JSON.parse(new TextDecoder().decode(stdout));
}

/** How far each reply within `during` was from its place in the meter's beat, in milliseconds. */
async function phaseErrors(house: House, during: () => Promise<void>): Promise<number[]> {
  const before = house.meter.replies.length;
  await during();
  const sentMs = house.meter.replies.slice(before).map(({ monoMs }) => monoMs);
  const offsets = sentMs.map((ms, i) => ms - 1000 * i);
  const beat = spread(offsets).median;
  return offsets.map((ms) => Math.abs(ms - beat));
}

async function sampling({ folder, tell }: Run): Promise<Figure[]> {
  using pins = new GpioTree();
  const env = { GPIO_ROOT: pins.root, ALARM_GPIO: "on", LIMITS: "3300:180m,4200:1m" };
  await using house = new House(`${folder}/house`, { sampleSeconds: 1, env });
  house.meter.ways.watts = UNDER;
  const { pid } = await house.start();
  await sleep(5_000);
  tell("sampling without a tone");
  const still = spread(await phaseErrors(house, () => sleep(WINDOW_MS)));
  house.meter.ways.watts = OVER;
  await sleep(3_000);
  if (pins.read(17, "value") !== "1") throw new Error("the siren does not sound");
  tell("sampling while the siren sounds");
  let core = 0;
  const errors = spread(
    await phaseErrors(house, async () => {
      core = await corePercent(pid, () => sleep(WINDOW_MS));
    }),
  );
  return [{
    name: "sampling's phase while the siren sounds, worst",
    value: errors.worst,
    unit: "ms",
    atMost: 20,
    spread: errors,
    baseline: { name: "without it", value: still.worst },
  }, { name: "service while the siren sounds (2 to 5 kHz)", value: core, unit: "% of a core" }];
}

async function run(asked: Run): Promise<Figure[]> {
  const runs: Awaited<ReturnType<typeof edges>>[] = [];
  for (let nth = 0; nth < PROCESSES; nth++) {
    runs.push(await edges());
    asked.tell(`median ${runs.at(-1)?.median.toFixed(1)} µs, ${runs.at(-1)?.core.toFixed(1)} %`);
  }
  const middle = runs.toSorted((a, b) => a.median - b.median)[Math.floor(PROCESSES / 2)]!;
  return [{
    name: `${HZ / 1000} kHz tone, an edge's error, median`,
    value: middle.median,
    unit: "µs",
    atMost: 50,
    spread: middle,
    note: "the edge that the A4988 steps at, against the loop's own plan; the pin is a plain file",
  }, {
    name: `${HZ / 1000} kHz tone`,
    value: spread(runs.map(({ core }) => core)).median,
    unit: "% of a core",
    atMost: 25,
    spread: spread(runs.map(({ core }) => core)),
  }, ...await sampling(asked)];
}

export default {
  name: "tone",
  about: "the tone by software: its edges, what it costs, and whether sampling keeps its beat",
  durationS: 110,
  run,
} satisfies Bench;
