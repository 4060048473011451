import { basename, join } from "node:path";
import { isDate } from "../calendar.ts";
import { OriginError } from "./origin_day.ts";
import { OriginFile } from "./origin_file.ts";
import type { Found, Skipped } from "./plan.ts";

/** What lies under the paths that a user named. */
export interface OriginPaths extends Disposable {
  readonly found: readonly Found[];
  /** Files of a folder that are no day. */
  readonly skipped: readonly Skipped[];
  /** Files that cannot be read. */
  readonly broken: readonly Skipped[];
  /** The yearly files by path, open. */
  readonly yearly: ReadonlyMap<string, OriginFile>;
}

/**
 * Looks at yearly files, folders of files named by a day, and such files alone. Throws NotFound and the like for a path
 * that is not there; what is there and cannot be read is `broken`.
 */
export async function findOrigin(paths: readonly string[]): Promise<OriginPaths> {
  const found: Found[] = [];
  const skipped: Skipped[] = [];
  const broken: Skipped[] = [];
  const yearly = new Map<string, OriginFile>();
  for (const path of paths) {
    if ((await Deno.stat(path)).isDirectory) {
      const days = await daysOf(path);
      found.push(...days.found);
      skipped.push(...days.skipped);
      continue;
    }
    if (isDate(basename(path))) {
      found.push({ kind: "days", date: basename(path), path });
      continue;
    }
    try {
      if (!yearly.has(path)) yearly.set(path, new OriginFile(path));
      for (const date of yearly.get(path)!.dates) found.push({ kind: "table", date, path });
    } catch (error) {
      if (!(error instanceof OriginError)) throw error;
      broken.push({ path, date: null, reason: error.message });
    }
  }
  const close = () => yearly.forEach((file) => file[Symbol.dispose]());
  return { found, skipped, broken, yearly, [Symbol.dispose]: close };
}

async function daysOf(folder: string): Promise<{ found: Found[]; skipped: Skipped[] }> {
  const entries = await Array.fromAsync(Deno.readDir(folder));
  const found = entries.filter(({ name, isDirectory }) => isDate(name) && !isDirectory)
    .map(({ name }): Found => ({ kind: "days", date: name, path: join(folder, name) }));
  if (found.length === 0) {
    const reason = "no file in it is named by a day; name the days/ folder and the yearly files";
    return { found, skipped: [{ path: folder, date: null, reason }] };
  }
  const others = entries.filter(({ name, isDirectory }) => !isDate(name) || isDirectory);
  const reason = "its name is no day";
  const skipped = others.map(({ name }) => ({ path: join(folder, name), date: null, reason }));
  return { found, skipped };
}
