import { datesIn } from "../store/day_files.ts";
import { diskProblem } from "../store/disk_problem.ts";
import { ignoreAbsent, readWithin } from "../store/line_file.ts";
import type { JournalFacts } from "./journal.ts";

const ALL_TIMES = { startMs: -Infinity, endMs: Infinity };

/** Reads the journal's files, without a lock: a line that is moved meanwhile is a good one. */
export async function readJournal(folder: string): Promise<JournalFacts> {
  const bad: { name: string; lines: number }[] = [];
  const unreadable: string[] = [];
  const dates = await datesIn(folder);
  for (const name of [...dates.map((date) => `${date}.csv`), ...await badFiles(folder)]) {
    const path = `${folder}/${name}`;
    try {
      const { readings, bad: lines, others } = await readWithin(path, ALL_TIMES);
      const all = name.endsWith(".bad") ? lines + readings.length + others : lines;
      if (all > 0) bad.push({ name, lines: all });
    } catch (error) {
      unreadable.push(diskProblem(path, error));
    }
  }
  return { dates, bad, unreadable };
}

async function badFiles(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder)).catch(ignoreAbsent) ?? [];
  return entries.map(({ name }) => name).filter((name) => name.endsWith(".bad")).sort();
}
