import project from "../../deno.json" with { type: "json" };
import { originDays } from "../support/import_fixture.ts";
import { writeOriginDays, writeOriginYears } from "../support/origin_installation.ts";
import { type Bench, type Figure, type Run, sleep, spread } from "./bench.ts";
import { holdings } from "./support/process_use.ts";

const ROUNDS = 5;
const EVERY_MS = 50;

/** A process of the task on its own: `deno task` would stand between. */
function start(path: string, folder: string): Deno.ChildProcess {
  const [, ...args] = project.tasks.import.command.split(" ");
  return new Deno.Command(Deno.execPath(), {
    args: [...args, path],
    cwd: new URL("../../", import.meta.url),
    env: {
      TIME_ZONE: "Europe/Rome",
      DATABASE_URL: `${folder}/mcce`,
      JOURNAL_DIR: `${folder}/journal`,
    },
    stdout: "null",
    stderr: "null",
  }).spawn();
}

/** 0 for a process whose end is not known here yet: nothing of it is resident any more. */
function peakOf(pid: number): number {
  try {
    return holdings(pid).peakMB || 0;
  } catch {
    return 0;
  }
}

/** Imports into an empty folder; how long it took, and the most that it held. */
async function timed(path: string, folder: string): Promise<{ seconds: number; peakMB: number }> {
  const startMs = performance.now();
  const child = start(path, folder);
  let ended = false;
  const status = child.status.finally(() => ended = true);
  let peakMB = 0;
  while (!ended) {
    peakMB = Math.max(peakMB, peakOf(child.pid));
    await Promise.race([status, sleep(EVERY_MS)]);
  }
  const seconds = (performance.now() - startMs) / 1000;
  if (!(await status).success) throw new Error(`the import of ${path} has failed`);
  await Deno.remove(folder, { recursive: true });
  return { seconds, peakMB };
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
