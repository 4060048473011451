import type { Reading } from "../reading.ts";

/** A day as the origin left it, its values at the times that their place in the file stands for. */
export interface OriginDay {
  /** In rising order of `at`; none past the day's end. */
  readonly readings: readonly Reading[];
  /** How long a value holds when no next one comes: a row of a table as long as the table's rows are. */
  readonly holdMs: number;
  /** What a reader of the report ought to know of the day, a clause each. */
  readonly remarks: readonly string[];
}

/** A file or table that is none of the origin's days, or too damaged to be taken for one; the message says why. */
export class OriginError extends Error {
  override readonly name = "OriginError";
}

/** So many places of a kind are named in a report. */
const MOST_NAMED = 3;

/** Above it bit 15 is set: the display's value was negative or out of step, and the origin took it as it came. */
export const MOST_WATTS = 32_767;

/** Places of a file that are left out: all are counted, the first few are named. */
export class LeftOut {
  readonly #what: string;
  readonly #named: string[] = [];
  #count = 0;

  /** @param what one of them, such as `broken line` */
  constructor(what: string) {
    this.#what = what;
  }

  get count(): number {
    return this.#count;
  }

  add(place: () => string): void {
    if (this.#count++ < MOST_NAMED) this.#named.push(place());
  }

  /** `4 broken lines left out: 812 ("19-"), 813 (""), 901 ("x") …`; no remark for none. */
  remarks(): string[] {
    if (this.#count === 0) return [];
    const more = this.#count > MOST_NAMED ? " …" : "";
    return [`${counted(this.#count, this.#what)} left out: ${this.#named.join(", ")}${more}`];
  }
}

/** `1 line`, `2 lines`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** A value that is none, short enough for a report. */
export function quoted(value: unknown): string {
  const text = typeof value === "string" ? value : String(value);
  return JSON.stringify(text.length > 20 ? `${text.slice(0, 20)}…` : text);
}
