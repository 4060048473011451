import type { Channel } from "./reply.ts";

/** The power that the house draws from the mains, or why a reply does not tell it. */
export type Mains =
  | {
    readonly kind: "power";
    readonly watts: number;
    /** The channels that were added up. */
    readonly channels: readonly number[];
    /** Active channels left out because nobody said which ones are the mains. */
    readonly ignored: readonly number[];
  }
  | { readonly kind: "wrong"; readonly reason: string };

/**
 * Adds up the channels of `METER_CHANNELS`; unset (`null`), the lowest active one is the house: summing all would count
 * a smart socket twice and sound false alarms.
 */
export function mainsPower(
  channels: readonly Channel[],
  selected: readonly number[] | null,
): Mains {
  const active = channels.filter((channel) => channel.active);
  if (selected === null) {
    const [lowest, ...others] = active;
    if (!lowest) return { kind: "wrong", reason: "no active channel" };
    return {
      kind: "power",
      watts: lowest.watts,
      channels: [lowest.number],
      ignored: others.map((channel) => channel.number),
    };
  }
  let watts = 0;
  for (const number of selected) {
    const channel = active.find((one) => one.number === number);
    if (!channel) {
      return { kind: "wrong", reason: `channel ${number} of METER_CHANNELS is not active` };
    }
    watts += channel.watts;
  }
  return { kind: "power", watts, channels: selected, ignored: [] };
}

/** How long the mains must show 0 W before that is believed: the display says 0 when its radio missed the transmitter. */
export const ZERO_BELIEVED_AFTER_MS = 60_000;

/** The zeros that now follow each other, in monotonic milliseconds; `null` when the last right reply had power. */
export type ZeroRun = { readonly sinceMs: number; readonly lastMs: number } | null;

/**
 * Folds one right reply into the run of zeros; `believed` says whether its power is a reading. Zeros with more than
 * `longestGapMs` between them do not follow each other: what the house drew meanwhile is not known.
 */
export function stepZeroRun(
  run: ZeroRun,
  watts: number,
  monoMs: number,
  longestGapMs: number,
): { readonly run: ZeroRun; readonly believed: boolean } {
  if (watts !== 0) return { run: null, believed: true };
  const goesOn = run !== null && monoMs - run.lastMs <= longestGapMs;
  const sinceMs = goesOn ? run.sinceMs : monoMs;
  return { run: { sinceMs, lastMs: monoMs }, believed: monoMs - sinceMs >= ZERO_BELIEVED_AFTER_MS };
}
