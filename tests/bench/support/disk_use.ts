// A process: what the journal makes an ext4 write, by the sectors of the loop device below it.
// disk_use.ts MODE DISK TMPFS; prints `{ bytes, share }`: bytes that reached the disk in this share of a day.
import { readText } from "../../../lib/libc.ts";
import { houseDay } from "../../support/house_day.ts";
import { sleep } from "../bench.ts";
import { openJournal } from "./bench_journal.ts";

const SECTOR_BYTES = 512;
const SECTORS_WRITTEN = 6;
const READINGS_A_DAY = 17_280;
const READINGS_A_FLUSH = 120;
const START_MS = Date.UTC(2026, 10, 21);
/** ext4 commits within 5 s, the kernel writes what is 30 s old within another 5. */
const WRITTEN_BACK_MS = 40_000;
const REAL_FLUSHES = 3;

const [mode = "", disk = "", tmpfs = ""] = Deno.args;
const readings = houseDay({ startMs: START_MS });
const journal = await openJournal(
  `${disk}/journal`,
  mode === "appends" ? `${disk}/journal` : tmpfs,
  "UTC",
);
const device = readText("/proc/self/mountinfo").split("\n")
  .find((line) => line.split(" ")[4] === disk)?.match(/\/dev\/(loop\d+)/)?.[1];

function bytesWritten(): number {
  const fields = readText(`/sys/block/${device}/stat`).trim().split(/\s+/);
  return SECTOR_BYTES * Number(fields[SECTORS_WRITTEN]);
}

/** Writes back all that time would, so that a day need not be waited for. */
async function sync(): Promise<void> {
  const { success } = await new Deno.Command("sync", { args: ["-f", disk] }).output();
  if (!success) throw new Error(`sync -f ${disk} failed`);
}

async function appendAll(from: number, count: number, everyMs: number): Promise<void> {
  for (const reading of readings.slice(from, from + count)) {
    await journal.append({ ...reading, monoMs: performance.now() });
    if (everyMs > 0) await sleep(everyMs);
  }
}

/** Carries out a mode; gives the share of a day that it stands for. */
const MODES: Readonly<Record<string, () => Promise<number>>> = {
  async day() {
    for (let from = 0; from < READINGS_A_DAY; from += READINGS_A_FLUSH) {
      await appendAll(from, READINGS_A_FLUSH, 0);
      await journal.flush();
      await sync();
    }
    return 1;
  },
  async flushes() {
    for (let flush = 0; flush < REAL_FLUSHES; flush++) {
      await appendAll(flush * READINGS_A_FLUSH, READINGS_A_FLUSH, 0);
      await journal.flush();
      await sleep(WRITTEN_BACK_MS);
    }
    return REAL_FLUSHES * READINGS_A_FLUSH / READINGS_A_DAY;
  },
  async appends() {
    const count = REAL_FLUSHES * WRITTEN_BACK_MS / 5_000;
    await appendAll(0, count, 5_000);
    return count / READINGS_A_DAY;
  },
};

// The first flush makes the files; what making the file system left is written too.
await appendAll(0, 1, 0);
await journal.flush();
await sync();
await sleep(1_000);
const before = bytesWritten();
const share = await MODES[mode]!();
console.log(JSON.stringify({ bytes: bytesWritten() - before, share }));
