import type { Bucket } from "./calendar.ts";
import type { PowerSpan } from "./held_spans.ts";

/** Spans of two sources, the better one first wherever it has any. */
export interface FilledSpans {
  /** In order of time, none over another. */
  readonly spans: readonly PowerSpan[];
  /** The time that only the second source accounts for, in order, neighbours joined. */
  readonly filled: readonly Bucket[];
}

/** Adds to `spans` what `fill` has for the time between them. Both in order of time, none over another of its own. */
export function fillGaps(spans: readonly PowerSpan[], fill: readonly PowerSpan[]): FilledSpans {
  const all = [...spans];
  const filled: { startMs: number; endMs: number }[] = [];
  const add = (startMs: number, endMs: number, watts: number) => {
    all.push({ startMs, endMs, watts });
    const last = filled.at(-1);
    if (last?.endMs === startMs) last.endMs = endMs;
    else filled.push({ startMs, endMs });
  };
  let next = 0;
  for (const { startMs, endMs, watts } of fill) {
    for (let fromMs = startMs; fromMs < endMs;) {
      while (next < spans.length && spans[next]!.endMs <= fromMs) next++;
      const gapEndMs = Math.min(endMs, spans[next]?.startMs ?? endMs);
      if (gapEndMs > fromMs) add(fromMs, gapEndMs, watts);
      fromMs = Math.max(gapEndMs, spans[next]?.endMs ?? endMs);
    }
  }
  return { spans: all.sort((a, b) => a.startMs - b.startMs), filled };
}
