import { addDays, dayAt, dayBounds } from "../../lib/calendar.ts";
import { formatLine } from "../../lib/store/journal_lines.ts";
import { houseDay } from "../support/house_day.ts";
import { type Bench, type Figure, type Run, sleep } from "./bench.ts";
import { House } from "./support/house.ts";
import { holdings } from "./support/process_use.ts";

const BOUND_MB = 70;
const TIME_ZONE = "Europe/Rome";
const EVERY_MS = 10_000;
const WEEK_MS = 7 * 86_400_000;
const FIRST_SAMPLES = 6;
const SAMPLES = 60;

/** The journal of a house that has run since yesterday's beginning, and has yesterday still to digest. */
async function writeTwoDays(journalDir: string): Promise<void> {
  const nowMs = Date.now();
  const { date } = dayAt(nowMs, TIME_ZONE);
  await Deno.mkdir(journalDir, { recursive: true });
  for (const day of [addDays(date, -1), date]) {
    const { startMs, endMs } = dayBounds(day, TIME_ZONE);
    const hours = (Math.min(endMs, nowMs) - startMs) / 3_600_000;
    const readings = houseDay({ startMs, hours }).filter(({ at }) => at < nowMs && at < endMs);
    await Deno.writeTextFile(`${journalDir}/${day}.csv`, readings.map(formatLine).join(""));
  }
}

async function sampled(house: House): Promise<number[]> {
  const { url, pid } = await house.start();
  using live = house.view(url);
  await live.next();
  // What a live page asks for.
  const text = async (path: string) => await (await fetch(new URL(path, url))).text();
  for (const [path] of (await text("/")).matchAll(/\/assets\/[^"]+/g)) await text(path);
  await text(`/alarm/episodes?from=${Date.now() - WEEK_MS}`);
  const memoryMB: number[] = [];
  for (let i = 0; i < SAMPLES; i++) {
    await sleep(EVERY_MS);
    memoryMB.push(holdings(pid).memoryMB);
  }
  return memoryMB;
}

function figures(name: string, memoryMB: readonly number[]): Figure[] {
  const unit = "MB";
  const lastMinute = Math.max(...memoryMB.slice(-FIRST_SAMPLES));
  const note = "VmRSS in MB of 10^6 bytes, the highest of the tenth minute";
  return [
    { name: `${name}, after 1 minute`, value: memoryMB[FIRST_SAMPLES - 1]!, unit },
    { name: `${name}, after 10 minutes`, value: lastMinute, unit, atMost: BOUND_MB, note },
    { name: `${name}, highest`, value: Math.max(...memoryMB), unit },
  ];
}

async function run({ folder, tell }: Run): Promise<Figure[]> {
  const options = { sampleSeconds: 5, atLineSpeed: true };
  await using fresh = new House(`${folder}/fresh`, options);
  await using kept = new House(`${folder}/kept`, options);
  await writeTwoDays(kept.env.JOURNAL_DIR!);
  tell("10 minutes, two services side by side: a fresh one, and one with two days and a digest");
  const [ofFresh, ofKept] = await Promise.all([sampled(fresh), sampled(kept)]);
  return [...figures("fresh", ofFresh), ...figures("with two days", ofKept)];
}

export default {
  name: "memory",
  about: "resident memory of the service with one viewer at the defaults",
  durationS: 610,
  run,
} satisfies Bench;
