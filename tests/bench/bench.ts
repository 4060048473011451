/** One measured figure. */
export interface Figure {
  readonly name: string;
  /** `null`: this machine could not measure it, and `note` says why. */
  readonly value: number | null;
  readonly unit: string;
  /** The most that it may be; without one it is only reported. */
  readonly atMost?: number;
  /** The same measured on something else in the same run. */
  readonly baseline?: { readonly name: string; readonly value: number };
  readonly spread?: Spread;
  readonly note?: string;
}

/** How the values of several rounds lie. */
export interface Spread {
  readonly rounds: number;
  readonly median: number;
  readonly p99: number;
  readonly worst: number;
}

/** What a bench is given. */
export interface Run {
  /** Its own temporary folder, removed afterwards. */
  readonly folder: string;
  /** Tells a waiting person, in one line, what is going on. */
  readonly tell: (line: string) => void;
}

/** One bench. It throws when it cannot be carried out at all. */
export interface Bench {
  readonly name: string;
  /** What is measured, in one line. */
  readonly about: string;
  /** About how long it takes. */
  readonly durationS: number;
  readonly run: (run: Run) => Promise<readonly Figure[]>;
}

/** The spread of at least one value; of rates, where more is better, the 99 % are those that reach `p99`. */
export function spread(values: readonly number[], better: "less" | "more" = "less"): Spread {
  const sorted = values.toSorted((a, b) => better === "less" ? a - b : b - a);
  const rank = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
  return { rounds: sorted.length, median: rank(0.5), p99: rank(0.99), worst: rank(1) };
}

/** Whether a figure keeps its bound; `null` where it has none. */
export function isMet({ value, atMost }: Figure): boolean | null {
  if (atMost === undefined) return null;
  return value !== null && value <= atMost;
}

export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
