/** What a service is started with (`--preload`) to tell on standard error how long its loop stood still. */
export const STALL_PROBE = new URL("stall_probe.ts", import.meta.url).pathname;

/** The start itself holds the loop up; the probe looks at what comes after it. */
export const PROBE_START_MS = 5_000;

/** The longest that the probe told in these lines, in milliseconds: `stall` by the clock, `work` in processor time. */
export function longest(what: "stall" | "work", lines: readonly string[]): number {
  const told = lines.filter((line) => line.startsWith(`${what} `));
  return Math.max(0, ...told.map((line) => Number(line.slice(what.length))));
}
