import { bootMs } from "../../lib/libc.ts";
import { type Bench, type Figure, type Run, sleep, spread } from "./bench.ts";
import { Child } from "./support/child.ts";
import { Crowd } from "./support/crowd.ts";
import { House } from "./support/house.ts";
import { corePercent, mostDescriptors } from "./support/process_use.ts";

const SIZES = [
  { viewers: 1_000, windowMs: 60_000, mostCore: 3, mostMs: 60 },
  { viewers: 5_000, windowMs: 30_000 },
] as const;
const SETTLE_MS = 3_000;
const SPARE_DESCRIPTORS = 100;
const BASELINE = "Hono streamSSE";

/** What a crowd cost and got. */
interface Load {
  readonly core: number;
  readonly delaysMs: number[];
  /** Deliveries that are missing, of all that were sent within the window. */
  readonly missing: number;
  readonly ended: number;
}

/** A server that sends a reading a second, and when it sent which, by the clock since the machine's start. */
interface Sender {
  readonly url: string;
  readonly pid: number;
  /** The end of the sender, for one that only tells then. */
  readonly sent: () => Promise<ReadonlyMap<number, number>>;
}

async function load(sender: Sender, viewers: number, windowMs: number): Promise<Load> {
  using crowd = await Crowd.connect(sender.url, viewers);
  await sleep(SETTLE_MS);
  let core = 0;
  const startMs = bootMs();
  const receipts = await crowd.collect(async () => {
    core = await corePercent(sender.pid, () => sleep(windowMs));
  });
  const endMs = bootMs();
  const sent = await sender.sent();
  const delaysMs: number[] = [];
  receipts.watts.forEach((watts, i) => {
    const sentMs = sent.get(watts);
    if (sentMs !== undefined) delaysMs.push(receipts.atBootMs[i]! - sentMs);
  });
  // The newest may still be on its way at the end.
  const due = [...sent.values()].filter((ms) => ms > startMs && ms < endMs - 500).length;
  const missing = Math.max(0, due * viewers - delaysMs.length);
  return { core, delaysMs, missing, ended: receipts.ended };
}

async function ours(folder: string, viewers: number, windowMs: number): Promise<Load> {
  await using house = new House(folder, { sampleSeconds: 1 });
  const { url, pid } = await house.start();
  if (mostDescriptors(pid) < viewers + SPARE_DESCRIPTORS) {
    throw new Error(`${viewers} viewers need more descriptors: raise the hard limit (ulimit -Hn)`);
  }
  const bootOfMono = bootMs() - performance.now();
  const sent = () =>
    Promise.resolve(
      new Map(house.meter.replies.map(({ watts, monoMs }) => [watts, monoMs + bootOfMono])),
    );
  return await load({ url, pid, sent }, viewers, windowMs);
}

async function baseline(viewers: number, windowMs: number): Promise<Load> {
  const child = await Child.start("hono_stream.ts");
  const sent = async () => {
    const [, ...lines] = (await child.end()).trim().split("\n");
    return new Map(lines.map((line) => line.split(" ").map(Number) as [number, number]));
  };
  try {
    return await load({ url: child.url, pid: child.pid, sent }, viewers, windowMs);
  } finally {
    await child.end().catch(() => {});
  }
}

async function run({ folder, tell }: Run): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const { viewers, windowMs, ...bounds } of SIZES) {
    const many = `${viewers} viewers`;
    tell(`${many}, ${windowMs / 1000} s`);
    const mine = await ours(`${folder}/${viewers}`, viewers, windowMs);
    tell(`${many}, ${BASELINE}`);
    const other = await baseline(viewers, windowMs);
    const [delays, otherDelays] = [spread(mine.delaysMs), spread(other.delaysMs)];
    figures.push({
      name: `${many}, one event a second`,
      value: mine.core,
      unit: "% of a core",
      ...("mostCore" in bounds && { atMost: bounds.mostCore }),
      baseline: { name: BASELINE, value: other.core },
    }, {
      name: `${many}, p99`,
      value: delays.p99,
      unit: "ms",
      ...("mostMs" in bounds && { atMost: bounds.mostMs }),
      baseline: { name: BASELINE, value: otherDelays.p99 },
      spread: delays,
      note:
        "from the reply's last byte (the baseline: from the event) to the viewer's read, which " +
        "takes its own part of this: one thread reads for all",
    }, {
      name: `${many}, deliveries missing or streams ended`,
      value: mine.missing + mine.ended,
      unit: `of ${mine.missing + delays.rounds}`,
      atMost: 0,
      baseline: { name: BASELINE, value: other.missing + other.ended },
    });
  }
  return figures;
}

export default {
  name: "viewers",
  about: "processor time and delivery with many viewers, beside Hono's streamSSE",
  durationS: 210,
  run,
} satisfies Bench;
