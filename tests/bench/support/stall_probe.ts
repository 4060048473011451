// Loaded before a service by `--preload`: once that has started, tells on standard error whenever its loop stood still
// for longer than ever before, and whenever its thread worked for longer than ever before in such a time.
import { libc } from "../../../lib/libc.ts";

const START_MS = 4_000;
const BEAT_MS = 2;
const CLOCK_THREAD_CPUTIME_ID = 3;
const encoder = new TextEncoder();

/** Processor time of this thread alone: whatever else runs on the machine is not in it. */
function workedMs(): number {
  const timespec = new BigInt64Array(2);
  libc().clock_gettime(CLOCK_THREAD_CPUTIME_ID, timespec);
  return Number(timespec[0]) * 1000 + Number(timespec[1]) / 1e6;
}

const worst = { stall: 0, work: 0 };
let last: { readonly nowMs: number; readonly workMs: number } | undefined;

function note(what: keyof typeof worst, ms: number): void {
  if (ms <= worst[what]) return;
  worst[what] = ms;
  Deno.stderr.writeSync(encoder.encode(`${what} ${ms.toFixed(1)}\n`));
}

const beat = setInterval(() => {
  const [nowMs, workMs] = [performance.now(), workedMs()];
  if (last) {
    note("stall", nowMs - last.nowMs - BEAT_MS);
    note("work", workMs - last.workMs);
  }
  if (nowMs > START_MS) last = { nowMs, workMs };
}, BEAT_MS);
// Deno runs the service only when what is loaded before it has nothing left to do.
Deno.unrefTimer(beat);
