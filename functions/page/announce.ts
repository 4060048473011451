/** What a screen reader was last told, and when. */
export interface Announced {
  readonly power: string;
  readonly state: string;
  /** `performance.now()`. */
  readonly monoMs: number;
}

/** Least time between two announcements of the power. */
const CALM_MS = 30_000;

/**
 * The next announcement or `null`: a change of state at once, the power at most every 30 s and only when it reads
 * differently.
 *
 * @param power the power in words, empty when there is none to tell
 * @param state what is told when its `key` changes
 */
export function announcement(
  last: Announced | null,
  power: string,
  state: { readonly key: string; readonly text: string },
  monoMs: number,
): { readonly text: string; readonly announced: Announced } | null {
  const announced = { power, state: state.key, monoMs };
  if (last === null || state.key !== last.state) {
    return { text: [state.text, power].filter((part) => part !== "").join(" "), announced };
  }
  if (power === "" || power === last.power || monoMs - last.monoMs < CALM_MS) return null;
  return { text: power, announced };
}
