import { dirname, isAbsolute, relative, resolve } from "node:path";
import { type Config, ConfigError } from "../config.ts";
import { diskProblem } from "../store/disk_problem.ts";
import { UserError } from "../user_error.ts";

/**
 * Refuses a path that lies in a folder of the data, where pwrApp reads every name and the journal each of its own. Gives
 * the path. Throws ConfigError that says what to name instead, and UserError when the system refuses to look.
 */
export async function outsideData(path: string, config: Config, remedy: string): Promise<string> {
  const { journalDir, spoolDir, databasePath } = config;
  const real = await realPath(path);
  for (const data of [journalDir, spoolDir, dirname(databasePath)]) {
    const inside = relative(await realPath(data), real);
    if (inside === ".." || inside.startsWith("../") || isAbsolute(inside)) continue;
    throw new ConfigError([`${path} lies in ${data}, where the data is: ${remedy}.`]);
  }
  return path;
}

/** An absolute path without links, also of what is not there yet. Throws UserError when the system refuses to look. */
async function realPath(path: string): Promise<string> {
  const absolute = resolve(path);
  try {
    return await Deno.realPath(absolute);
  } catch (error) {
    // The weekly backup may see its own folder, and nothing around it.
    if (error instanceof Deno.errors.NotCapable) return absolute;
    if (error instanceof Deno.errors.NotFound) {
      return resolve(await realPath(dirname(absolute)), relative(dirname(absolute), absolute));
    }
    throw new UserError(diskProblem(path, error), { cause: error });
  }
}
