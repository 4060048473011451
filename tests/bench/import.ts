import { originDays } from "../support/import_fixture.ts";
import { writeOriginDays, writeOriginYears } from "../support/origin_installation.ts";
import { type Bench, type Figure, type Run, spread } from "./bench.ts";
import { timedProcess } from "./support/timed_process.ts";

const ROUNDS = 5;

/** Imports into an empty folder. */
async function timed(path: string, folder: string): Promise<{ seconds: number; peakMB: number }> {
  const env = { DATABASE_URL: `${folder}/mcce`, JOURNAL_DIR: `${folder}/journal` };
  const found = await timedProcess("import", { TIME_ZONE: "Europe/Rome", ...env }, path);
  await Deno.remove(folder, { recursive: true });
  return found;
}

async function figures(what: string, path: string, { folder, tell }: Run): Promise<Figure[]> {
  tell(`${ROUNDS} times a year from ${what}`);
  const rounds = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await timed(path, `${folder}/new`));
  const seconds = spread(rounds.map(({ seconds }) => seconds));
  const peakMB = spread(rounds.map(({ peakMB }) => peakMB));
  return [
    { name: `365 days from ${what}`, value: seconds.median, unit: "s", atMost: 6, spread: seconds },
    {
      name: `memory, ${what}`,
      value: peakMB.worst,
      unit: "MB",
      atMost: 120,
      spread: peakMB,
      note: "VmHWM of the process in MB of 10^6 bytes, the highest",
    },
  ];
}

async function run(run: Run): Promise<Figure[]> {
  run.tell("makes a year of the origin");
  const days = originDays("2023-01-01", 365);
  writeOriginDays(`${run.folder}/days`, days);
  writeOriginYears(`${run.folder}/origin`, days, 15);
  return [
    ...await figures("days/ files", `${run.folder}/days`, run),
    ...await figures("a yearly file", `${run.folder}/origin.2023`, run),
  ];
}

export default {
  name: "import",
  about: "a year of the origin, from its days/ files and from its yearly file, as a whole process",
  durationS: 60,
  run,
} satisfies Bench;
