// A process: the tone's own loop at one frequency, on a pin that is a plain file, and how far each edge is off.
// tone_edges.ts VALUE_FILE HZ SECONDS; prints `{ errorsUs: [median, p99, worst], core }`.
import { playPulses } from "../../../lib/alarm/pulse_train.ts";
import { C, cString, libc, unwrap } from "../../../lib/libc.ts";
import { spread } from "../bench.ts";
import { cpuSeconds } from "./process_use.ts";

const [path = "", hz = "", seconds = ""] = Deno.args;
const WARM_UP_PULSES = Number(hz);
const pulses = Number(hz) * Number(seconds);
const fd = unwrap(libc().open(cString(path), C.O_WRONLY | C.O_CLOEXEC, 0), `open ${path}`);
const levels = [Uint8Array.of(0x30), Uint8Array.of(0x31)] as const;
const dueNs = new Float64Array(pulses);
const atNs = new Float64Array(pulses);
const now = new Uint32Array(4);
let most = 0;
let count = 0;
let startNs = 0;

function nowNs(): number {
  libc().clock_gettime(C.CLOCK_MONOTONIC, now);
  return 1e9 * now[0]! + now[2]!;
}

function play(howMany: number): void {
  [most, count] = [howMany, 0];
  playPulses(options);
}

const options = {
  hz: () => Number(hz),
  goesOn(sinceMs: number): boolean {
    if (count === 0) startNs = nowNs();
    dueNs[count] = 1e6 * sinceMs;
    return count < most;
  },
  write(level: 0 | 1): void {
    libc().pwrite(fd, levels[level], 1n, 0n);
    if (level === 1) atNs[count++] = nowNs();
  },
};

play(WARM_UP_PULSES);
const [cpuBefore, wallBefore] = [cpuSeconds(Deno.pid), performance.now()];
play(pulses);
const core = 1e5 * (cpuSeconds(Deno.pid) - cpuBefore) / (performance.now() - wallBefore);
const errorsUs = Array.from(atNs, (ns, i) => Math.abs(ns - startNs - dueNs[i]!) / 1e3);
console.log(JSON.stringify({ core, ...spread(errorsUs) }));
