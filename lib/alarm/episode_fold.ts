import type { Reading } from "../reading.ts";
import type { Episode } from "./episode.ts";
import {
  initialLimiter,
  isCapSpent,
  isFull,
  type LimiterState,
  REFILL_AFTER_MS,
  stateOf,
  step,
  tick,
} from "./limiter.ts";
import type { Tier } from "./tiers.ts";

/** An episode, or as much of it as lies in one day, before anything is known but readings. */
export type EpisodePart = Omit<Episode, "isOpen" | "limits" | "cutOff">;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };

const STATES: readonly Episode["state"][] = ["above", "warning", "critical"];
const MS_PER_HOUR = 3_600_000;

/** Follows the limiter over stored readings in the order of their times, and notes when it spends a tier. */
export class EpisodeFold {
  readonly #tiers: readonly Tier[];
  readonly #holdMs: number;
  #limiter: LimiterState;
  #isQuiet = true;
  #open: Mutable<EpisodePart> | null = null;
  #closed: EpisodePart[] = [];
  #isCutOff = false;

  constructor(tiers: readonly Tier[], holdMs: number) {
    this.#tiers = tiers;
    this.#holdMs = holdMs;
    this.#limiter = initialLimiter(tiers);
  }

  /** Whether a tier is being spent. */
  get isOpen(): boolean {
    return this.#open !== null;
  }

  /** What was noted; of an episode that goes on, what is known so far. */
  get parts(): readonly EpisodePart[] {
    return this.#open ? this.#with({ ...this.#open }) : this.#closed;
  }

  /** One that goes on by itself from here. */
  copy(): EpisodeFold {
    const copy = new EpisodeFold(this.#tiers, this.#holdMs);
    copy.#limiter = this.#limiter;
    copy.#isQuiet = this.#isQuiet;
    copy.#open = this.#open && { ...this.#open };
    copy.#closed = this.#closed;
    copy.#isCutOff = this.#isCutOff;
    return copy;
  }

  /** Takes the next reading in. */
  take({ at, watts }: Reading): void {
    // Most of a house's time: 6 million readings a year.
    if (this.#isQuiet && watts < this.#tiers[0]!.watts) return;
    this.pass(at);
    this.#limiter = step(this.#limiter, { watts, monoMs: at }, this.#holdMs);
    const isSpending = this.#limiter.budgets.some(({ spending }) => spending);
    if (isSpending) this.#note(at, watts);
    else this.#close(at);
    this.#isQuiet = isFull(this.#limiter);
  }

  /** Lets time pass without a reading. */
  pass(toMs: number): void {
    const { monoMs, heldUntilMs, watts } = this.#limiter;
    const endMs = Math.min(toMs, heldUntilMs);
    if (this.#open && watts !== null && endMs > monoMs) {
      const spent = this.#limiter.budgets.map(({ spending }) => spending);
      this.#limiter = tick(this.#limiter, endMs);
      this.#count(this.#open, watts, endMs - monoMs, spent);
      this.#open.to = endMs;
      if (endMs === heldUntilMs) this.#close(endMs);
    } else this.#limiter = tick(this.#limiter, toMs);
  }

  /** Every budget is full from now on, as after a cut-off. */
  refill(): void {
    this.pass(Infinity);
    this.#limiter = initialLimiter(this.#tiers);
    this.#isQuiet = true;
    this.#isCutOff = true;
  }

  /** Forgets what was noted before a time; an episode that goes on begins there anew. */
  beginAt(startMs: number): void {
    this.pass(startMs);
    const isSpending = this.#open !== null;
    this.#open = null;
    this.#closed = [];
    if (isSpending && this.#limiter.watts !== null) this.#note(startMs, this.#limiter.watts);
  }

  #note(at: number, watts: number): void {
    this.#open ??= {
      from: at,
      to: at,
      state: "above",
      maxWatts: watts,
      maxAt: at,
      secondsAbove: 0,
      whAboveCap: 0,
      secondsLeft: Infinity,
      tierWatts: 0,
    };
    if (watts > this.#open.maxWatts) Object.assign(this.#open, { maxWatts: watts, maxAt: at });
    this.#open.to = at;
    this.#look(this.#open, this.#limiter.budgets.map(({ spending }) => spending));
  }

  /** Counts time that has passed, of which the limiter knows already. */
  #count(part: Mutable<EpisodePart>, watts: number, ms: number, spent: readonly boolean[]): void {
    const capWatts = this.#tiers.at(-1)!.watts;
    part.secondsAbove += ms / 1000;
    part.whAboveCap += Math.max(0, watts - capWatts) * ms / MS_PER_HOUR;
    this.#look(part, spent);
  }

  #look(part: Mutable<EpisodePart>, spent: readonly boolean[]): void {
    this.#limiter.budgets.forEach(({ tier, leftMs }, i) => {
      const secondsLeft = Math.floor(leftMs / 1000);
      if (!spent[i] || secondsLeft >= part.secondsLeft) return;
      part.secondsLeft = secondsLeft;
      part.tierWatts = tier.watts;
    });
    const state = stateOf(1000 * part.secondsLeft, isCapSpent(this.#limiter));
    part.state = worse(part.state, state);
  }

  #close(at: number): void {
    if (!this.#open) return;
    const part = { ...this.#open, to: at };
    this.#open = null;
    // The reading at a day's first instant may end what the one before carried into it.
    if (part.from === part.to) return;
    this.#closed = this.#with(part);
    this.#isCutOff = false;
  }

  #with(part: EpisodePart): EpisodePart[] {
    const last = [...this.#closed.slice(-1), part];
    return [...this.#closed.slice(0, -1), ...(this.#isCutOff ? last : joinParts(last))];
  }
}

/** Makes one of parts with less than ten minutes between them, such as those of an oven that turns itself off and on. */
export function joinParts(parts: readonly EpisodePart[]): EpisodePart[] {
  const joined: EpisodePart[] = [];
  for (const part of parts) {
    const last = joined.at(-1);
    if (!last || part.from - last.to >= REFILL_AFTER_MS) joined.push(part);
    else joined[joined.length - 1] = union(last, part);
  }
  return joined;
}

function union(one: EpisodePart, next: EpisodePart): EpisodePart {
  const higher = next.maxWatts > one.maxWatts ? next : one;
  const nearer = next.secondsLeft < one.secondsLeft ? next : one;
  return {
    from: one.from,
    to: next.to,
    state: worse(one.state, next.state),
    maxWatts: higher.maxWatts,
    maxAt: higher.maxAt,
    secondsAbove: one.secondsAbove + next.secondsAbove,
    whAboveCap: one.whAboveCap + next.whAboveCap,
    secondsLeft: nearer.secondsLeft,
    tierWatts: nearer.tierWatts,
  };
}

function worse(one: Episode["state"], other: Episode["state"]): Episode["state"] {
  return STATES.indexOf(other) > STATES.indexOf(one) ? other : one;
}
