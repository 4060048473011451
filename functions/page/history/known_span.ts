import type { SpanAnswer } from "../../../lib/query/wire.ts";

/** On a page that stays open the day changes. */
const LASTS_MS = 60_000;

/** Of which days there is anything, as it was heard a moment ago. */
export interface KnownSpan {
  /** Asks when nothing is known or it is older than a minute. Throws what `load` does. */
  get(): Promise<SpanAnswer>;
  forget(): void;
}

/**
 * @param brought what the page came with
 * @param nowMs the wall's time: that of a machine which slept has gone on
 */
export function knownSpan(
  brought: SpanAnswer | null,
  load: () => Promise<SpanAnswer>,
  nowMs: () => number,
): KnownSpan {
  let known = brought;
  let heardAtMs = nowMs();
  return {
    async get() {
      // A clock that was set back tells nothing of the age.
      const isFresh = Math.abs(nowMs() - heardAtMs) <= LASTS_MS;
      if (known !== null && isFresh) return known;
      const loaded = await load();
      [known, heardAtMs] = [loaded, nowMs()];
      return loaded;
    },
    forget() {
      known = null;
    },
  };
}
