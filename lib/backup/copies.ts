import { join } from "node:path";

/** The end of an unfinished copy's name. */
export const UNFINISHED = ".unfinished";

const NAME = /^\d{4}-\d\d-\d\dT[\d-]+Z$/;

/** The name of the copy that is made at so many epoch milliseconds: its time, so that names sort as copies follow. */
export function copyName(atMs: number): string {
  return new Date(atMs).toISOString().replaceAll(/[:.]/g, "-");
}

/** The name of the newest copy in a folder, `null` when there is none. Throws where there is no such folder. */
export async function newestCopy(folder: string): Promise<string | null> {
  return (await folders(folder)).filter((name) => NAME.test(name)).sort().at(-1) ?? null;
}

/** A backup that was killed, or whose disk was pulled, leaves its unfinished copy. */
export async function removeUnfinished(folder: string): Promise<void> {
  for (const name of await folders(folder)) {
    const isOurs = name.endsWith(UNFINISHED) && NAME.test(name.slice(0, -UNFINISHED.length));
    if (isOurs) await Deno.remove(join(folder, name), { recursive: true });
  }
}

/**
 * Removes the oldest copies until `keep` are left; gives the names of those that went. The one just made, `newest`, stays
 * whatever the clock was when the others were made.
 */
export async function removeOldCopies(
  folder: string,
  newest: string,
  keep: number,
): Promise<string[]> {
  const others = (await folders(folder)).filter((name) => NAME.test(name) && name !== newest);
  const old = others.sort().slice(0, Math.max(0, others.length - (keep - 1)));
  for (const name of old) await Deno.remove(join(folder, name), { recursive: true });
  return old;
}

async function folders(folder: string): Promise<string[]> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  return entries.filter(({ isDirectory }) => isDirectory).map(({ name }) => name);
}
