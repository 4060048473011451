import { parseArgs } from "node:util";
import project from "../../deno.json" with { type: "json" };
import { readText } from "../../lib/libc.ts";
import alarm from "./alarm.ts";
import { type Bench, isMet } from "./bench.ts";
import contract from "./contract.ts";
import digest from "./digest.ts";
import digestKill9 from "./digest_kill9.ts";
import disk from "./disk.ts";
import episodes from "./episodes.ts";
import everything from "./everything.ts";
import httpFuzz from "./http_fuzz.ts";
import exportYears from "./export.ts";
import idle from "./idle.ts";
import importYear from "./import.ts";
import journal from "./journal.ts";
import kill9 from "./kill9.ts";
import latency from "./latency.ts";
import memory from "./memory.ts";
import pack from "./pack.ts";
import paint from "./paint.ts";
import reply from "./reply.ts";
import sleeper from "./sleeper.ts";
import soak from "./soak.ts";
import { endStarted } from "./support/started.ts";
import { type Result, table } from "./table.ts";
import tone from "./tone.ts";
import unplug from "./unplug.ts";
import viewers from "./viewers.ts";
import views from "./views.ts";

const BENCHES: readonly Bench[] = [
  reply,
  journal,
  pack,
  paint,
  digest,
  contract,
  digestKill9,
  importYear,
  exportYears,
  views,
  episodes,
  latency,
  idle,
  tone,
  alarm,
  viewers,
  sleeper,
  httpFuzz,
  unplug,
  kill9,
  disk,
  memory,
  everything,
  soak,
];
const USAGE = "usage: deno task bench [--json] [--list] [NAME …]";

/** Runs the named benches, or all; gives the exit status: 0 every bound met, 1 not, 2 badly asked for. */
async function main(): Promise<number> {
  const asked = commandLine();
  if (typeof asked === "string") return refuse(asked);
  if (asked.list) {
    for (const { name, about, durationS } of asked.benches) {
      console.log(`${name.padEnd(12)} ${`${durationS} s`.padStart(6)}  ${about}`);
    }
    return 0;
  }
  const root = await Deno.makeTempDir({ prefix: "mcce-bench-" });
  const remove = () => Deno.removeSync(root, { recursive: true });
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    Deno.addSignalListener(signal, () => {
      endStarted();
      // A service takes up to 2 s for its end, and writes until then.
      setTimeout(() => {
        remove();
        Deno.exit(130);
      }, 2_000);
    });
  }
  const results: Result[] = [];
  tell(expectation(asked.benches));
  for (const bench of asked.benches) results.push(await runOne(bench, `${root}/${bench.name}`));
  remove();
  console.log(asked.json ? JSON.stringify({ ...machine(), results }, null, 2) : table(results));
  const isWell = ({ figures, failure }: Result) =>
    failure === null && figures.every((figure) => isMet(figure) !== false);
  return results.every(isWell) ? 0 : 1;
}

function commandLine(): { benches: readonly Bench[]; json: boolean; list: boolean } | string {
  const flag = { type: "boolean", default: false } as const;
  try {
    const { values, positionals } = parseArgs({
      options: { json: flag, list: flag },
      allowPositionals: true,
    });
    const unknown = positionals.find((name) => !BENCHES.some((bench) => bench.name === name));
    if (unknown !== undefined) {
      return `${unknown} is no bench: ${BENCHES.map(({ name }) => name).join(", ")}`;
    }
    const isNamed = ({ name }: Bench) => positionals.length === 0 || positionals.includes(name);
    return { benches: BENCHES.filter(isNamed), ...values };
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function refuse(sentence: string): number {
  console.error(`${sentence}\n${USAGE}`);
  return 2;
}

function expectation(benches: readonly Bench[]): string {
  const seconds = benches.reduce((sum, { durationS }) => sum + durationS, 0);
  const duration = seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} minutes`;
  const names = benches.map(({ name, durationS }) => `${name} ${durationS} s`).join(", ");
  return `about ${duration} in all (${names}); a quiet machine gives better figures`;
}

async function runOne(bench: Bench, folder: string): Promise<Result> {
  const startMs = performance.now();
  tell(`${bench.name}: ${bench.about}`);
  const told = (line: string) => tell(`${bench.name}: ${line}`);
  try {
    await Deno.mkdir(folder);
    const figures = await bench.run({ folder, tell: told });
    return { bench: bench.name, figures, failure: null };
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    told(`failed: ${failure}`);
    return { bench: bench.name, figures: [], failure };
  } finally {
    await Deno.remove(folder, { recursive: true });
    told(`${Math.round((performance.now() - startMs) / 1000)} s`);
  }
}

function machine(): Record<string, string | number> {
  const cpu = readText("/proc/cpuinfo").match(/^(?:model name|Model)\s*: (.*)$/m)?.[1] ?? "unknown";
  return {
    version: project.version,
    deno: Deno.version.deno,
    at: new Date().toISOString(),
    cores: navigator.hardwareConcurrency,
    cpu,
    kernel: Deno.osRelease(),
  };
}

function tell(line: string): void {
  console.error(line);
}

if (import.meta.main) Deno.exit(await main());
