const ROOT = new URL("../../", import.meta.url);
const BUNDLE = ".build/main.js";
const SOURCE = "main.ts";

/**
 * What a program under test is started from, below the project's folder: the bundle, as users start it, unless a source is
 * newer, so that a single test sees what was changed last. (`deno task test` makes the bundle anew.)
 */
export const MAIN_MODULE = newest("lib", "functions", SOURCE) < newest(BUNDLE) ? BUNDLE : SOURCE;

/** When the newest of these files, or of the sources in these folders, was changed, in epoch milliseconds; 0: never. */
function newest(...paths: string[]): number {
  return Math.max(
    0,
    ...paths.map((path) => {
      const url = new URL(path, ROOT);
      const { isDirectory, mtime } = statOf(url);
      if (!isDirectory) return mtime?.getTime() ?? 0;
      const inside = [...Deno.readDirSync(url)]
        .filter(({ name, isDirectory }) => isDirectory ? name !== "dist" : /\.tsx?$/.test(name));
      return newest(...inside.map(({ name }) => `${path}/${name}`));
    }),
  );
}

function statOf(url: URL): Partial<Deno.FileInfo> {
  try {
    return Deno.statSync(url);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return {};
    throw error;
  }
}
