import { addDays, dayBounds } from "../../../lib/calendar.ts";
import { randomNumbers } from "../../../lib/meter/simulator/random.ts";
import { type Reading, roundAt } from "../../../lib/reading.ts";
import { SCHEMA } from "../../../lib/store/year_schema.ts";
import { YearFiles } from "../../../lib/store/year_files.ts";
import type { DayToStore } from "../../../lib/store/year_store.ts";
import { pastReadings } from "../../../lib/task/demo_year.ts";

export const ZONE = "Europe/Rome";
export const FIRST_DATE = "2016-01-01";
export const LAST_DATE = "2025-12-31";

/** To be raised when the readings below change. */
const VERSION = 1;
const SEED = 20160101;
const STEP_MS = 5_000;
/** A display answers a little early or late. */
const JITTER_MS = 200;
const BATCH = 7;

/**
 * Ten years of a reading every 5 s, as the real house's series and a seed make them: 63 million, about 75 MB. They are made
 * once, in about three minutes, and stay in the machine's temporary folder for the next run. Gives the path for `DATABASE_URL`.
 */
export async function tenYears(tell: (line: string) => void): Promise<string> {
  const temporary = Deno.env.get("TMPDIR") ?? "/tmp";
  const folder = `${temporary}/mcce-bench-ten-years-${VERSION}.${SCHEMA.length}`;
  const isThere = await Deno.stat(folder).then(() => true, () => false);
  if (isThere) return `${folder}/mcce`;
  const making = await Deno.makeTempDir({ prefix: "mcce-bench-making-" });
  try {
    write(`${making}/mcce`, tell);
    await Deno.rename(making, folder);
  } catch (error) {
    await Deno.remove(making, { recursive: true });
    throw error;
  }
  return `${folder}/mcce`;
}

function write(databaseUrl: string, tell: (line: string) => void): void {
  using years = new YearFiles(databaseUrl);
  const dates: string[] = [];
  for (let date = FIRST_DATE; date <= LAST_DATE; date = addDays(date, 1)) dates.push(date);
  for (const [year, ofYear] of Map.groupBy(dates, (date) => date.slice(0, 4))) {
    tell(`making the readings of ${year}, once for all runs`);
    const file = years.open(Number(year));
    for (let i = 0; i < ofYear.length; i += BATCH) {
      file.storeDays(ofYear.slice(i, i + BATCH).map(dayToStore));
    }
  }
}

function dayToStore(date: string): DayToStore {
  const day = dayBounds(date, ZONE);
  return {
    day,
    zone: ZONE,
    source: "measured",
    readings: jittered(pastReadings(day, STEP_MS, { seed: SEED, timeZone: ZONE }), day),
    holdMs: 15_000,
    carriedIn: null,
    minTimeRes: 15,
  };
}

function jittered(
  readings: readonly Reading[],
  { startMs, endMs }: { readonly startMs: number; readonly endMs: number },
): Reading[] {
  const random = randomNumbers(startMs / 1000);
  return readings.map(({ at, watts }) => {
    const lateMs = (2 * random() - 1) * JITTER_MS;
    return { at: Math.min(endMs - 100, Math.max(startMs, roundAt(at + lateMs))), watts };
  });
}
