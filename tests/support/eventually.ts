/** Resolves when `isSo` first holds; throws after `withinMs`, naming what was waited for. */
export async function eventually(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  withinMs = 5_000,
): Promise<void> {
  const start = performance.now();
  while (!await isSo()) {
    if (performance.now() - start > withinMs) throw new Error(`in vain waited for: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
