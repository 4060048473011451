import { addDays, dayAt } from "../../lib/calendar.ts";
import { DEFAULT_TIERS } from "../../lib/alarm/tiers.ts";
import { formatLine } from "../../lib/store/journal_lines.ts";
import { YearFiles } from "../../lib/store/year_files.ts";
import { localHouseDay, store } from "../support/year_fixture.ts";
import { type Bench, type Figure, type Run, sleep, spread } from "./bench.ts";
import { Asker } from "./support/asker.ts";
import { House } from "./support/house.ts";
import { cpuSeconds } from "./support/process_use.ts";
import { longest, PROBE_START_MS, STALL_PROBE } from "./support/stalls.ts";

const BOUND_MS = 15;
const TURN_BOUND_MS = 50;
const QUESTIONS = 300;
const CROWD = 50;
const DAYS = 7;
const DAY_MS = 86_400_000;
/** The hour of the house's day: a page asks for what is long by then. */
const LATE_HOUR = 23;
const FARTHEST_EAST_HOURS = 14;

/** A zone in which it is late now. */
function lateZone(nowMs: number): string {
  const east = (LATE_HOUR - new Date(nowMs).getUTCHours() + 24) % 24;
  const hours = east > FARTHEST_EAST_HOURS ? east - 24 : east;
  // POSIX counts zones to the west.
  return hours === 0 ? "UTC" : `Etc/GMT${hours > 0 ? "-" : "+"}${Math.abs(hours)}`;
}

/** A house whose last week is digested, and whose today is nearly over. */
async function liveAWeek({ env }: House, zone: string): Promise<void> {
  const { JOURNAL_DIR = "", DATABASE_URL = "" } = env;
  await Deno.mkdir(JOURNAL_DIR, { recursive: true });
  await Deno.mkdir(DATABASE_URL.slice(0, DATABASE_URL.lastIndexOf("/")), { recursive: true });
  const nowMs = Date.now();
  const today = dayAt(nowMs, zone).date;
  using years = new YearFiles(DATABASE_URL);
  let seed = 1;
  for (let date = addDays(today, -DAYS); date < today; date = addDays(date, 1)) {
    const alarm = { limits: DEFAULT_TIERS, before: () => [] };
    const readings = localHouseDay(date, zone, seed++);
    store(years.open(Number(date.slice(0, 4))), date, readings, { zone, alarm });
  }
  const lines = localHouseDay(today, zone, seed).filter(({ at }) => at < nowMs).map(formatLine);
  await Deno.writeTextFile(`${JOURNAL_DIR}/${today}.csv`, lines.join(""));
}

const question = () => `/alarm/episodes?from=${Date.now() - DAYS * DAY_MS}`;

/** What each page asks once it is shown, of a service that reads every 5 s. */
async function alone(house: House): Promise<Figure[]> {
  const { url, pid } = await house.start();
  using asker = await Asker.open(url);
  const manyMs = async (path: () => string) => {
    const [times, cpuS] = [[] as number[], cpuSeconds(pid)];
    for (let i = 0; i < QUESTIONS; i++) times.push(await asker.askedMs(path(), "identity"));
    return { times: spread(times), cpuMs: 1000 * (cpuSeconds(pid) - cpuS) / QUESTIONS };
  };
  const health = await manyMs(() => "/health");
  const { times, cpuMs } = await manyMs(question);
  const baseline = (value: number) => ({ name: "/health", value });
  return [
    {
      name: "one question, p99",
      value: times.p99,
      unit: "ms",
      atMost: BOUND_MS,
      baseline: baseline(health.times.p99),
      spread: times,
    },
    { name: "one question, processor", value: cpuMs, unit: "ms", baseline: baseline(health.cpuMs) },
  ];
}

/** All pages at once, as when a service has started anew. */
async function crowded(house: House): Promise<Figure[]> {
  const { url, pid, lines } = await house.start({}, "--preload", STALL_PROBE);
  await sleep(PROBE_START_MS);
  const [quietMs, cpuS] = [longest("work", lines), cpuSeconds(pid)];
  const times = await Promise.all(Array.from({ length: CROWD }, async () => {
    using asker = await Asker.open(url);
    return await asker.askedMs(question(), "identity");
  }));
  const cpuMs = 1000 * (cpuSeconds(pid) - cpuS) / CROWD;
  await sleep(100);
  const name = `${CROWD} at once`;
  return [
    {
      name: `${name}, longest turn, processor`,
      value: longest("work", lines),
      unit: "ms",
      atMost: TURN_BOUND_MS,
      baseline: { name: "without them", value: quietMs },
    },
    { name: `${name}, processor each`, value: cpuMs, unit: "ms" },
    { name: `${name}, the last answer`, value: spread(times).worst, unit: "ms" },
  ];
}

async function run({ folder, tell }: Run): Promise<Figure[]> {
  const zone = lateZone(Date.now());
  const env = { TIME_ZONE: zone };
  await using house = new House(`${folder}/house`, { sampleSeconds: 5, atLineSpeed: true, env });
  await liveAWeek(house, zone);
  tell(`${QUESTIONS} questions, one after the other, at ${LATE_HOUR} h of ${zone}`);
  const figures = await alone(house);
  await using other = new House(`${folder}/crowd`, { sampleSeconds: 5, atLineSpeed: true, env });
  await liveAWeek(other, zone);
  tell(`${CROWD} pages at once`);
  return [...figures, ...await crowded(other)];
}

export default {
  name: "episodes",
  about:
    "the alarm's episodes of a week, which each page asks for, late in a day of a reading every 5 s",
  durationS: 30,
  run,
} satisfies Bench;
