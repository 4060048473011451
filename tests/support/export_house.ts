import { ok } from "node:assert/strict";
import type { Config } from "../../lib/config.ts";
import type { Reading } from "../../lib/reading.ts";
import { type ExportTask, runExport } from "../../lib/task/export.ts";
import { DigestHouse } from "./digest_house.ts";
import { startProgram } from "./service.ts";
import { localHouseDay, ROME } from "./year_fixture.ts";

/** The days of which {@linkcode exportHouse} has readings. */
export const DATES = ["2024-12-31", "2025-01-01", "2025-01-03"] as const;
/** All of them, as the task takes them. */
export const SPAN = ["--from", DATES[0], "--to", DATES[2]];

/**
 * A house with two digested days in two years and a pending one, a day of nothing between them; its meter is asked every
 * `everyS` seconds, a multiple of 5.
 */
export async function exportHouse(
  { everyS = 5 } = {},
): Promise<{ one: DigestHouse; readings: Reading[] }> {
  const env = { SAMPLE_SECONDS: String(everyS) };
  const one = new DigestHouse({ wall: "2025-01-05T12:00:00Z", env });
  const days = DATES.map((date, seed) =>
    localHouseDay(date, ROME, seed).filter((_, i) => 5 * i % everyS === 0)
  );
  DATES.slice(0, 2).forEach((date, i) => one.write(date, days[i]!));
  await one.digest().run();
  one.write(DATES[2], days[2]!);
  return { one, readings: days.flat() };
}

/** The task as a process, to its end; nothing that it says is a stack. */
export async function run({ env }: DigestHouse, ...args: string[]) {
  const { process, lines, printed, drained } = startProgram("export", env, ...args);
  const { code } = await process.status;
  await drained;
  ok(!lines.some((line) => /^ {4}at |file:\/\//.test(line)), lines.join("\n"));
  return { code, printed, lines };
}

/** An installation, and a folder beside its own. */
interface Installation {
  readonly config: Config;
  readonly folders: { readonly root: string; readonly clock: ExportTask["clock"] };
}

/** What the task writes to a file, and what it says; throws what the program would tell. */
export async function written(one: Installation, ...args: string[]) {
  const path = `${one.folders.root}/out`;
  const said = await runTask(one, "--out", path, ...args);
  return { text: await Deno.readTextFile(path), said };
}

/** The task in this process; gives what it says. */
export async function runTask(
  { config, folders }: Installation,
  ...args: string[]
): Promise<string[]> {
  const said: string[] = [];
  const { signal } = new AbortController();
  const print = (line: string) => said.push(line);
  await runExport(args, { config, clock: folders.clock, stop: signal, print });
  return said;
}

/** The names beside the house's folders. */
export function outNames({ folders: { root } }: Installation): string[] {
  return [...Deno.readDirSync(root)].map(({ name }) => name).filter((name) => /out/.test(name));
}
