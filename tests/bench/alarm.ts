import { dayBounds } from "../../lib/calendar.ts";
import type { DigestState } from "../../lib/store/digest_run.ts";
import { formatLine } from "../../lib/store/journal_lines.ts";
import type { Health } from "../../lib/health.ts";
import { eventually } from "../support/eventually.ts";
import { GpioTree } from "../support/gpio_tree.ts";
import { houseDay } from "../support/house_day.ts";
import type { Service } from "../support/service.ts";
import { canMount, SmallDisk } from "../support/small_disk.ts";
import { type Bench, type Figure, type Run, sleep, spread } from "./bench.ts";
import { Crowd } from "./support/crowd.ts";
import { House } from "./support/house.ts";
import { PinWatch } from "./support/pin_watch.ts";

const SERVICES = 3;
const ROUNDS = 20;
const VIEWERS = 1_000;
const BOUND_MS = 100;
const DISK_KIB = 4_096;
const DATE = "2025-11-21";
const DAY = dayBounds(DATE, "Europe/Rome");
const NEWLINE = 0x0a;
/** At the cap. */
const OVER = 5_000;
/** A quarter of the cap and more, so that the tone's thread is ready; and less. */
const NEAR = 2_500;
const FAR = 500;
/** The cap's last minute from its start on: the siren sounds with the first reading, and without pause. */
const LIMITS = "3300:180m,4200:1m";

/** How long after the reply's last byte each overload sounded, and each all-clear was silent. */
interface Delays {
  /** From a low power at once: the tone's thread has to start. */
  readonly farMs: number[];
  readonly startMs: number[];
  readonly stopMs: number[];
}

/** Has the day digested. */
async function digest(url: string): Promise<void> {
  const body = JSON.stringify({ date: DATE });
  const headers = { "content-type": "application/json" };
  const response = await fetch(new URL("digest", url), { method: "POST", body, headers });
  const { last, failed }: DigestState = await response.json();
  if (last?.date !== DATE || failed.length > 0) throw new Error(JSON.stringify(failed));
}

/** The same again and again until `signal` aborts; gives how often. */
async function digestOnAndOn(url: string, signal: AbortSignal): Promise<number> {
  let digests = 0;
  for (; !signal.aborted; digests++) await digest(url);
  return digests;
}

/** Has the meter say `watts` from its next reply on; gives when that was sent. */
async function say(house: House, watts: number): Promise<number> {
  house.meter.ways.watts = watts;
  const isSaid = () => house.meter.replies.at(-1)?.watts === watts;
  while (!isSaid()) await sleep(1);
  return house.meter.replies.at(-1)!.monoMs;
}

async function rounds(house: House, pins: GpioTree, delays: Delays): Promise<void> {
  const watch = new PinWatch(pins);
  for (let round = 0; round < ROUNDS; round++) {
    await sleep(200 + 600 * Math.random());
    watch.reset();
    const saidMs = await say(house, OVER);
    const delayMs = await watch.driven() - saidMs;
    (round === 0 ? delays.farMs : delays.startMs).push(delayMs);
    await sleep(200 + 600 * Math.random());
    const clearedMs = await say(house, NEAR);
    delays.stopMs.push(await watch.still() - clearedMs);
  }
}

/** Leaves no byte of room, not even at the end of a file's last page. */
async function fill(disk: SmallDisk): Promise<void> {
  await disk.fill();
  for (const folder of ["journal", "run"]) {
    for (const { name } of Deno.readDirSync(`${disk.folder}/${folder}`)) {
      using file = await Deno.open(`${disk.folder}/${folder}/${name}`, { append: true });
      try {
        for (;;) await file.write(new Uint8Array([NEWLINE]));
      } catch (error) {
        if (!(error instanceof Error && "code" in error && error.code === "ENOSPC")) throw error;
      }
    }
  }
}

async function untilFull(service: Service): Promise<void> {
  const isFull = async () => !(await service.get<Health>("health")).parts["store"]?.ok;
  await eventually("a disk that takes nothing", isFull, 10_000);
}

async function measure({ folder, tell }: Run, nth: number, delays: Delays): Promise<number> {
  await using disk = await SmallDisk.mount(DISK_KIB);
  using pins = new GpioTree();
  const env = {
    JOURNAL_DIR: `${disk.folder}/journal`,
    RUNTIME_DIRECTORY: `${disk.folder}/run`,
    GPIO_ROOT: pins.root,
    ALARM_GPIO: "on",
    LIMITS,
  };
  await Deno.mkdir(env.JOURNAL_DIR);
  const day = houseDay({ startMs: DAY.startMs }).map(formatLine).join("");
  await Deno.writeTextFile(`${env.JOURNAL_DIR}/${DATE}.csv`, day);
  await using house = new House(`${folder}/${nth}`, { sampleSeconds: 1, env });
  house.meter.ways.watts = FAR;
  const service = await house.start();
  await digest(service.url);
  using crowd = await Crowd.connect(service.url, VIEWERS);
  await fill(disk);
  await untilFull(service);
  const over = new AbortController();
  const digests = digestOnAndOn(service.url, over.signal);
  tell(`service ${nth + 1} of ${SERVICES}: ${ROUNDS} overloads`);
  try {
    await crowd.collect(() => rounds(house, pins, delays));
  } finally {
    over.abort();
  }
  return await digests;
}

async function run(asked: Run): Promise<Figure[]> {
  const name = "reading at the cap to both pins driven";
  if (!canMount) {
    return [{ name, value: null, unit: "ms", note: "a disk that is full takes root" }];
  }
  const delays: Delays = { farMs: [], startMs: [], stopMs: [] };
  let digests = 0;
  for (let nth = 0; nth < SERVICES; nth++) digests += await measure(asked, nth, delays);
  const note = `from the reply's last byte to the change of the file, seen by a look every ms; ` +
    `${VIEWERS} viewers, disk full, ${digests} digests of a day one after the other`;
  const figure = (name: string, delaysMs: number[]): Figure => {
    const all = spread(delaysMs);
    return { name, value: all.worst, unit: "ms", atMost: BOUND_MS, spread: all, note };
  };
  return [
    figure(`${name}, from below a quarter of it, worst`, delays.farMs),
    figure(`${name}, worst`, delays.startMs),
    figure("all-clear to both pins still and low, worst", delays.stopMs),
  ];
}

export default {
  name: "alarm",
  about: "from a reading at the cap to the driven pins: full disk, 1,000 viewers, a digest running",
  durationS: 150,
  run,
} satisfies Bench;
