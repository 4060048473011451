/**
 * `missing`: the port cannot be opened or has gone. `silent`: the port is open, and nothing has answered since it was
 * opened, or three requests in a row. `connected`: it answers.
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

/** How one request ended. */
export type Outcome =
  | {
    readonly kind: "good" | "zero";
    readonly channels: readonly number[];
    readonly ignored: readonly number[];
  }
  | { readonly kind: "wrong"; readonly reason: string }
  | { readonly kind: "missed" };

/** Before the port was first opened. */
export function initialStatus(nowMs: number): MeterStatus {
  return {
    state: "missing",
    since: nowMs,
    good: 0,
    wrong: 0,
    missed: 0,
    zero: 0,
    lastWrong: null,
    problem: null,
    ignoredChannels: [],
    channels: [],
  };
}

/** Moves to `state`; `since` changes only when the state does. */
export function withState(
  status: MeterStatus,
  state: MeterState,
  nowMs: number,
  problem: string | null = null,
): MeterStatus {
  const since = status.state === state ? status.since : nowMs;
  return { ...status, state, since, problem };
}

/** Counts the end of one request. Any answer, a wrong one too, shows that the meter is there. */
export function withOutcome(status: MeterStatus, outcome: Outcome, nowMs: number): MeterStatus {
  const counted = { ...status, [outcome.kind]: status[outcome.kind] + 1 };
  if (outcome.kind === "missed") return counted;
  const connected = withState(counted, "connected", nowMs);
  if (outcome.kind === "wrong") return { ...connected, lastWrong: outcome.reason };
  return { ...connected, channels: outcome.channels, ignoredChannels: outcome.ignored };
}

/** One line for the log when something changed that a person should know, else `null`: a lasting state is told once. */
export function changeSentence(next: MeterStatus, previous: MeterStatus): string | null {
  if (next.state !== previous.state) {
    if (next.state === "connected") return "the meter answers";
    if (next.state === "missing") return `the meter is gone: ${next.problem}`;
    return previous.state === "missing"
      ? "the meter's port is open"
      : "the meter does not answer any more";
  }
  if (previous.problem === null && next.problem) return `there is no meter: ${next.problem}`;
  return null;
}

/** One line for the log when other channels are left out than before, whatever became of the state; else `null`. */
export function channelSentence(next: MeterStatus, previous: MeterStatus): string | null {
  const ignored = next.ignoredChannels.join(", ");
  if (!ignored || ignored === previous.ignoredChannels.join(", ")) return null;
  return `channel ${next.channels.join(", ")} is taken for the house and ${ignored} left out: ` +
    "name those that add up to the mains in METER_CHANNELS";
}
