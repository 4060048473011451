/** The paths of the days' files of a journal, the oldest first. */
export function journalPaths(folder: string): string[] {
  return [...Deno.readDirSync(folder)].map(({ name }) => name)
    .filter((name) => name.endsWith(".csv")).sort().map((name) => `${folder}/${name}`);
}
