import type { AlarmStatus } from "../live/wire.ts";

/** Something worth a person's attention, told where they are. `at` is in epoch milliseconds. */
export type NotifyEvent = AlarmChange | CutOff | Trouble;

/** The alarm's state has changed. */
export interface AlarmChange extends AlarmStatus {
  readonly kind: "alarm";
  readonly at: number;
  /** The state that was told before. */
  readonly before: AlarmStatus["state"];
  /** The newest reading's. */
  readonly watts: number;
  /** The tier whose time runs down, or ran down before; `null` when there was none. */
  readonly tierWatts: number | null;
}

/** The grid's meter has probably cut the house off: a gap that began while a tier was spent. */
export interface CutOff {
  readonly kind: "cut-off";
  /** When the power came back; the gap began at `from`. */
  readonly at: number;
  readonly from: number;
  /** The last reading before the gap. */
  readonly watts: number;
  /** How long power had been at or above the tier. */
  readonly secondsAbove: number;
  /** `LIMITS` by which the alarm would have foreseen it, `null` when those that held did. */
  readonly suggestedLimits: string | null;
}

/** Something of this installation needs a hand, or no longer does (`isOver`). */
export interface Trouble {
  readonly kind: "trouble";
  readonly at: number;
  /** No readings for 10 minutes; a day's digest more than a day late; less than 5 % of the disk free. */
  readonly about: "readings" | "digest" | "disk";
  readonly isOver: boolean;
  /** Since when, epoch milliseconds. */
  readonly since: number;
  /** One sentence of the program's own on the cause, in English; empty when there is none. */
  readonly detail: string;
}

/** An event as a person reads it; `priority` and `tags` by ntfy's scale and names (docs.ntfy.sh/publish). */
export interface Message {
  readonly title: string;
  readonly message: string;
  /** 1 (no sound) to 5 (rings on). */
  readonly priority: 1 | 2 | 3 | 4 | 5;
  readonly tags: readonly string[];
}
