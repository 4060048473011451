import { dayAt } from "../../lib/calendar.ts";
import { formatLine } from "../../lib/store/journal_lines.ts";
import { houseDay } from "../support/house_day.ts";
import { type Bench, type Figure, type Run, sleep, spread } from "./bench.ts";
import { Asker } from "./support/asker.ts";
import { House } from "./support/house.ts";
import { longest, PROBE_START_MS, STALL_PROBE } from "./support/stalls.ts";
import { tenYears, ZONE } from "./support/ten_years.ts";
import { ViewQuestions } from "./support/view_questions.ts";

const BOUND_MS = 15;
const STALL_BOUND_MS = 50;
const QUESTIONS = 500;
const STARTS = 6;
const USERS = 20;
const USERS_S = 30;
const QUIET_S = 10;
const SEED = 20260101;

/** A house with ten years of readings and today's so far. */
async function lendYears(house: House, databaseUrl: string): Promise<void> {
  const { JOURNAL_DIR = "", DATABASE_URL = "" } = house.env;
  await Deno.mkdir(JOURNAL_DIR, { recursive: true });
  await Deno.mkdir(DATABASE_URL.slice(0, DATABASE_URL.lastIndexOf("/")), { recursive: true });
  const folder = databaseUrl.slice(0, databaseUrl.lastIndexOf("/"));
  for await (const { name } of Deno.readDir(folder)) {
    // Nothing writes to past years.
    await Deno.link(`${folder}/${name}`, `${house.folder}/years/${name}`);
  }
  const nowMs = Date.now();
  const { date, startMs } = dayAt(nowMs, ZONE);
  const readings = houseDay({ startMs, hours: (nowMs - startMs) / 3_600_000 });
  const lines = readings.filter(({ at }) => at >= startMs && at < nowMs).map(formatLine);
  await Deno.writeTextFile(`${JOURNAL_DIR}/${date}.csv`, lines.join(""));
}

async function manyMs(
  url: string,
  question: () => string,
  encoding: "identity" | "gzip" = "identity",
): Promise<number[]> {
  using asker = await Asker.open(url);
  const times: number[] = [];
  for (let i = 0; i < QUESTIONS; i++) times.push(await asker.askedMs(question(), encoding));
  return times;
}

/** The first request of a service that has just said where it serves. */
async function firstMs(house: House, questions: ViewQuestions): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < STARTS; i++) {
    const service = await house.start();
    const path = i % 2 === 0 ? "/query/history" : questions.page();
    using asker = await Asker.open(service.url);
    times.push(await asker.askedMs(path, "identity"));
    await service.end("SIGTERM");
  }
  return times;
}

/** How long the loop stood still, and worked, at most: before and while many ask at once, of a service with a reading a second. */
async function crowded(house: House): Promise<Figure[]> {
  const { url, lines } = await house.start({}, "--preload", STALL_PROBE);
  await sleep(PROBE_START_MS + 1000 * QUIET_S);
  const quiet = { stall: longest("stall", lines), work: longest("work", lines) };
  const endMs = performance.now() + 1000 * USERS_S;
  const users = Array.from({ length: USERS }, async (_, i) => {
    const questions = new ViewQuestions(SEED + i);
    using asker = await Asker.open(url);
    while (performance.now() < endMs) {
      await asker.askedMs(questions.page(), "gzip");
      await asker.askedMs(questions.history(), "gzip");
    }
  });
  await Promise.all(users);
  const unit = "ms";
  const baseline = (value: number) => ({ name: "without them", value });
  return [
    {
      name: `${USERS} users, longest stall of the loop`,
      value: longest("stall", lines),
      unit,
      atMost: STALL_BOUND_MS,
      baseline: baseline(quiet.stall),
      note: "whatever else takes the processor meanwhile is in it",
    },
    {
      name: `${USERS} users, longest turn, processor time`,
      value: longest("work", lines),
      unit,
      atMost: STALL_BOUND_MS,
      baseline: baseline(quiet.work),
    },
  ];
}

function figure(name: string, times: readonly number[], note?: string): Figure {
  const all = spread(times);
  return { name, value: all.p99, unit: "ms", atMost: BOUND_MS, spread: all, ...(note && { note }) };
}

async function run({ folder, tell }: Run): Promise<Figure[]> {
  const databaseUrl = await tenYears(tell);
  await using house = new House(`${folder}/service`, { sampleSeconds: 5, atLineSpeed: true });
  await lendYears(house, databaseUrl);
  const questions = new ViewQuestions(SEED);
  tell(`${STARTS} starts, and the first question to each`);
  const first = spread(await firstMs(house, questions));
  const { url } = await house.start();
  const figures: Figure[] = [];
  tell(`${QUESTIONS} questions of each kind, one after the other`);
  const note =
    "from the request to the last byte at the asker, over loopback, of the service itself";
  figures.push(figure("days, any span, p99", await manyMs(url, () => questions.days()), note));
  figures.push(figure("history, any span, p99", await manyMs(url, () => questions.history())));
  figures.push(figure("a page's questions, p99", await manyMs(url, () => questions.page())));
  figures.push(
    figure("history, compressed, p99", await manyMs(url, () => questions.history(), "gzip")),
  );
  figures.push(
    {
      name: "first after a start, worst",
      value: first.worst,
      unit: "ms",
      atMost: BOUND_MS,
      spread: first,
    },
  );
  await using busy = new House(`${folder}/crowded`, { sampleSeconds: 1 });
  await lendYears(busy, databaseUrl);
  tell(`${QUIET_S} s of quiet, then ${USERS} users for ${USERS_S} s`);
  return [...figures, ...await crowded(busy)];
}

export default {
  name: "views",
  about: "questions about ten years of a reading every 5 s, which are made once and kept",
  durationS: 90,
  run,
} satisfies Bench;
