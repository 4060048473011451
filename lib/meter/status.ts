/**
 * `missing`: the port cannot be opened or has gone. `silent`: the port is open, three requests in a row had no answer.
 * `connected`: it answers.
 */
export type MeterState = "connected" | "silent" | "missing";

/** What is known of the meter; part of what `/live` and `/health` tell. */
export interface MeterStatus {
  readonly state: MeterState;
  /** Epoch milliseconds since which `state` holds. */
  readonly since: number;
  /** Replies that gave power. Each request ends in exactly one of the four counters. */
  readonly good: number;
  /** Replies that break the protocol; see `lastWrong`. */
  readonly wrong: number;
  /** Requests that nothing answered. */
  readonly missed: number;
  /** Replies of 0 W on the mains: readings only once they have lasted 60 s. */
  readonly zero: number;
  /** Why the newest wrong reply was wrong, `null` before the first. */
  readonly lastWrong: string | null;
  /** Why the port is missing, in words with a remedy; `null` while it is open. */
  readonly problem: string | null;
  /** Active channels that are left out because `METER_CHANNELS` is unset; empty when there is nothing to warn of. */
  readonly ignoredChannels: readonly number[];
  /** The channel or channels whose sum is the mains; empty before the first reply. */
  readonly channels: readonly number[];
}
