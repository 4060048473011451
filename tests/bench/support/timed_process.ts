import project from "../../../deno.json" with { type: "json" };
import { sleep } from "../bench.ts";
import { holdings } from "./process_use.ts";

const EVERY_MS = 50;

/** Runs a task's own command line, without `deno task` between, and gives how long it took and the most that it held. */
export async function timedProcess(
  task: "contract" | "import",
  env: Readonly<Record<string, string>>,
  ...words: string[]
): Promise<{ readonly seconds: number; readonly peakMB: number }> {
  const [, ...args] = project.tasks[task].command.split(" ");
  const startMs = performance.now();
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args, ...words],
    cwd: new URL("../../../", import.meta.url),
    env,
    stdout: "null",
    stderr: "null",
  }).spawn();
  let ended = false;
  const status = child.status.finally(() => ended = true);
  let peakMB = 0;
  while (!ended) {
    peakMB = Math.max(peakMB, peakOf(child.pid));
    await Promise.race([status, sleep(EVERY_MS)]);
  }
  const seconds = (performance.now() - startMs) / 1000;
  if (!(await status).success) throw new Error(`deno task ${task} ${words.join(" ")} has failed`);
  return { seconds, peakMB };
}

/** 0 for a process whose end is not known here yet: nothing of it is resident any more. */
function peakOf(pid: number): number {
  try {
    return holdings(pid).peakMB || 0;
  } catch {
    return 0;
  }
}
