import { houseDay } from "../support/house_day.ts";
import { type Bench, type Figure, type Run, spread } from "./bench.ts";
import { openJournal } from "./support/bench_journal.ts";

const FLUSHES = 100;
const READINGS_A_FLUSH = 120;
const START_MS = Date.UTC(2026, 10, 21);

async function run({ folder, tell }: Run): Promise<Figure[]> {
  tell(`${FLUSHES} flushes of ${READINGS_A_FLUSH} readings, as every 600 s`);
  const journal = await openJournal(`${folder}/journal`, `${folder}/run`, "UTC");
  const readings = houseDay({ startMs: START_MS });
  const appendUs: number[] = [];
  const flushMs: number[] = [];
  for (let flush = 0; flush < FLUSHES; flush++) {
    const from = flush * READINGS_A_FLUSH;
    for (const reading of readings.slice(from, from + READINGS_A_FLUSH)) {
      const startMs = performance.now();
      await journal.append({ ...reading, monoMs: startMs });
      appendUs.push(1000 * (performance.now() - startMs));
    }
    const startMs = performance.now();
    await journal.flush();
    flushMs.push(performance.now() - startMs);
  }
  const { ok, detail } = journal.status();
  if (!ok) throw new Error(detail);
  const [appends, flushes] = [spread(appendUs), spread(flushMs)];
  return [
    { name: "append", value: appends.median, unit: "µs", spread: appends },
    {
      name: `flush of ${READINGS_A_FLUSH}`,
      value: flushes.median,
      unit: "ms",
      spread: flushes,
      note: "fdatasync on this machine's disk of temporary files included",
    },
  ];
}

export default {
  name: "journal",
  about: "appending a reading to the spool, and flushing the spool to the day's file",
  durationS: 15,
  run,
} satisfies Bench;
