import { isClockSynchronised } from "../store/clock_hold.ts";
import type { ClockFacts } from "./clock.ts";
import { machineCalls } from "./machine_calls.ts";

const TIMESYNC_FOLDER = "/run/systemd/timesync";
// struct timex of linux/timex.h on 64-bit machines: 208 bytes, the greatest error in microseconds as the fourth word of 8.
const TIMEX_WORDS = 26;
const GREATEST_ERROR = 3;
/** As systemd's timedatectl has it: the kernel lets the error grow by 0.5 ms each second without a correction. */
const KEPT_US = 16_000_000n;

export async function readClock(folder = TIMESYNC_FOLDER): Promise<ClockFacts> {
  const runs = await Deno.lstat(folder).then(() => true, () => false);
  const timex = new BigInt64Array(TIMEX_WORDS);
  machineCalls().adjtimex(timex);
  return {
    isTimesyncDone: runs ? await isClockSynchronised(folder) : null,
    isKept: timex[GREATEST_ERROR]! < KEPT_US,
  };
}
