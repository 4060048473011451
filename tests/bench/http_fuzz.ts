import { fuzz } from "../support/http_fuzz.ts";
import { type Bench, type Figure, type Run, sleep } from "./bench.ts";
import { House } from "./support/house.ts";
import { holdings } from "./support/process_use.ts";
import { longest, PROBE_START_MS, STALL_PROBE } from "./support/stalls.ts";

const TOKEN = "a-token-of-the-fuzz-bench";
const REQUESTS = 10_000;
const AT_ONCE = 16;
async function run({ folder, tell }: Run): Promise<Figure[]> {
  await using house = new House(folder, { sampleSeconds: 1 });
  const service = await house.start({ ACCESS_TOKEN: TOKEN }, "--preload", STALL_PROBE);
  await sleep(PROBE_START_MS);
  const before = holdings(service.pid);
  const port = Number(new URL(service.url).port);
  const seed = Math.floor(Math.random() * 2 ** 31);
  const report = await fuzz(port, { token: TOKEN, seed, requests: REQUESTS, atOnce: AT_ONCE });
  report.wrong.forEach(tell);
  await sleep(PROBE_START_MS);
  const after = holdings(service.pid);
  const faults = service.lines.filter((line) => /(error|warn) (GET|POST|an answer)/.test(line));
  faults.forEach(tell);
  const statuses = Object.entries(report.statuses).map(([status, n]) => `${status}: ${n}`);
  return [
    {
      name: `${REQUESTS} odd requests: faults, foreign files, looks inside`,
      value: report.wrong.length + faults.length,
      unit: "",
      atMost: 0,
      note: `seed ${seed}; statuses ${statuses.join(", ")}`,
    },
    {
      name: "longest stall of the loop",
      value: longest("stall", service.lines),
      unit: "ms",
      atMost: 50,
      note: "whatever else takes the processor meanwhile is in it",
    },
    {
      name: "longest turn of the loop, processor time",
      value: longest("work", service.lines),
      unit: "ms",
      atMost: 50,
    },
    { name: "descriptors", value: after.descriptors - before.descriptors, unit: "more", atMost: 0 },
    { name: "resident memory", value: after.memoryMB - before.memoryMB, unit: "MB more" },
  ];
}

export default {
  name: "http_fuzz",
  about: "odd methods, huge headers, slow bodies and path tricks against the service",
  durationS: 60,
  run,
} satisfies Bench;
