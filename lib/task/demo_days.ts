import { dayAt } from "../calendar.ts";
import { localHouseLoad } from "../meter/simulator/house_meter.ts";
import { roundAt } from "../reading.ts";
import { formatLine } from "../store/journal_lines.ts";

const SAMPLE_MS = 5_000;

/**
 * Writes the journal of the simulated house for yesterday and for today up to now, as if the service had always run:
 * the page's curves are there from the first moment.
 */
export async function writeDemoDays(
  journalDir: string,
  options: { readonly nowMs: number; readonly timeZone: string; readonly seed: number },
): Promise<void> {
  const { nowMs, timeZone, seed } = options;
  const watts = localHouseLoad(seed, timeZone);
  const today = dayAt(nowMs, timeZone);
  const yesterday = dayAt(today.startMs - 1, timeZone);
  await Deno.mkdir(journalDir, { recursive: true });
  for (const { date, startMs, endMs } of [yesterday, today]) {
    let lines = "";
    for (let atMs = startMs; atMs < Math.min(endMs, nowMs - SAMPLE_MS); atMs += SAMPLE_MS) {
      lines += formatLine({ at: roundAt(atMs), watts: Math.round(watts(atMs)) });
    }
    await Deno.writeTextFile(`${journalDir}/${date}.csv`, lines);
  }
}
