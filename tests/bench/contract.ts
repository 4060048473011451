import { addDays, dayBounds } from "../../lib/calendar.ts";
import { YearFiles } from "../../lib/store/year_files.ts";
import { houseDay } from "../support/house_day.ts";
import { type Bench, type Figure, type Run, spread } from "./bench.ts";
import { timedProcess } from "./support/timed_process.ts";

const ZONE = "Europe/Rome";
const ROUNDS = 3;
/** A house that heats and cooks with electricity: beyond the limits of most contracts for hours each day. */
const HEATED = 3;

/** A year of a reading every 5 s, each `times` as high as that of a house without heating. */
function writeYear(databasePath: string, times: number): void {
  using years = new YearFiles(databasePath);
  const dates = Array.from({ length: 365 }, (_, i) => addDays("2026-01-01", i));
  years.open(2026).storeDays(
    dates.values().map((date, seed) => {
      const day = dayBounds(date, ZONE);
      const hours = (day.endMs - day.startMs) / 3_600_000;
      const readings = houseDay({ startMs: day.startMs, hours, seed })
        .filter(({ at }) => at < day.endMs).map(({ at, watts }) => ({ at, watts: watts * times }));
      const rest = { zone: ZONE, source: "measured", carriedIn: null, minTimeRes: 15 } as const;
      return { day, readings, holdMs: 15_000, ...rest };
    }),
  );
}

async function figures(what: string, times: number, { folder, tell }: Run): Promise<Figure[]> {
  tell(`makes a year of ${what}`);
  const databasePath = `${folder}/${times}/mcce`;
  writeYear(databasePath, times);
  tell(`replays it ${ROUNDS} times`);
  const env = { TIME_ZONE: ZONE, DATABASE_URL: databasePath, JOURNAL_DIR: `${folder}/journal` };
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await timedProcess("contract", env));
  const seconds = spread(rounds.map(({ seconds }) => seconds));
  const peakMB = spread(rounds.map(({ peakMB }) => peakMB));
  return [
    { name: `a year of ${what}`, value: seconds.median, unit: "s", atMost: 10, spread: seconds },
    {
      name: `memory, ${what}`,
      value: peakMB.worst,
      unit: "MB",
      spread: peakMB,
      note: "VmHWM of the process in MB of 10^6 bytes, the highest",
    },
  ];
}

export default {
  name: "contract",
  about: "every reading of a year through ten contracts, as a whole process",
  durationS: 60,
  run: async (run: Run) => [
    ...await figures("a house", 1, run),
    ...await figures("a house that heats", HEATED, run),
  ],
} satisfies Bench;
