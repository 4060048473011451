import type { AlarmStatus } from "../live/wire.ts";

/**
 * What the buzzer sounds when, as a fold over the alarm's status. A slow tier beeps once at 30, 10, 5 and 2 minutes left; the
 * cap's tier at once with a double beep, then every 10 s from 20 s on, and without pause in its last minute. What falls into
 * quiet hours or a silence is left out, not put off.
 */
export interface RhythmState {
  /** Monotonic milliseconds of the beep that a slow tier has last asked for; `null` when it is not to sound. */
  readonly beepMs: number | null;
  /** The slow tier's newest mark, and when it was told: a load that swings about a tier does not beep each time. */
  readonly told: { readonly markS: number; readonly atMs: number } | null;
  /** Since when the cap's tier is being spent and when the cut-off is due; `null` when it is not. */
  readonly critical: { readonly sinceMs: number; readonly tripMs: number } | null;
  readonly silence: Silence | null;
}

/** A silence that was asked for; times are monotonic milliseconds. */
export interface Silence {
  readonly untilMs: number;
  /** Whether the cap's alarm sounded when it was asked for and has not been cleared since: only what was heard is silenced. */
  readonly coversCritical: boolean;
}

/** Whether the buzzer sounds, and how long that holds if nothing new comes; monotonic milliseconds, Infinity for ever. */
export interface Sound {
  readonly on: boolean;
  readonly untilMs: number;
}

const MARKS_S = [120, 300, 600, 1800];
/** As long as a budget needs to be full again: until then a mark is not told twice. */
const REMARK_MS = 600_000;
const SLOW_BEEP_MS = 400;
const CAP_BEEP_MS = 200;
const SECOND_BEEP_MS = 350;
const CAP_FIRST_MS = 20_000;
const CAP_EVERY_MS = 10_000;
const NO_PAUSE_MS = 60_000;

/** Nothing to sound. */
export const INITIAL_RHYTHM: RhythmState = {
  beepMs: null,
  told: null,
  critical: null,
  silence: null,
};

/** Takes the alarm's status at `monoMs`, `null` while no reading holds; `isQuiet`: these are quiet hours. */
export function hear(
  state: RhythmState,
  status: Pick<AlarmStatus, "state" | "secondsToTrip"> | null,
  monoMs: number,
  isQuiet: boolean,
): RhythmState {
  const silence = state.silence && monoMs < state.silence.untilMs ? state.silence : null;
  // A gap is still, but no all-clear.
  if (status === null) return { ...state, beepMs: null, critical: null, silence };
  const secondsToTrip = status.secondsToTrip ?? Infinity;
  switch (status.state) {
    case "ok":
      return {
        ...state,
        beepMs: null,
        critical: null,
        silence: silence && { ...silence, coversCritical: false },
      };
    case "critical": {
      const { sinceMs } = state.critical ?? { sinceMs: monoMs };
      const critical = { sinceMs, tripMs: monoMs + 1000 * secondsToTrip };
      const isLifted = state.critical === null && !silence?.coversCritical;
      return { ...state, beepMs: null, critical, silence: isLifted ? null : silence };
    }
    case "above":
    case "warning":
      return { ...mark(state, secondsToTrip, monoMs, isQuiet || silence !== null), silence };
  }
}

/** A slow tier with so much time left. */
function mark(
  state: RhythmState,
  secondsToTrip: number,
  monoMs: number,
  isMuted: boolean,
): RhythmState {
  const markS = MARKS_S.find((markS) => secondsToTrip <= markS) ?? Infinity;
  const isFresh = state.told === null || markS < state.told.markS ||
    (markS > state.told.markS && monoMs - state.told.atMs >= REMARK_MS);
  const slow = { ...state, critical: null };
  if (!isFresh) return slow;
  const told = { markS, atMs: monoMs };
  return { ...slow, told, beepMs: markS < Infinity && !isMuted ? monoMs : slow.beepMs };
}

/** Silences the buzzer for so many minutes from `monoMs` on, in place of a silence that still lasts. */
export function silence(state: RhythmState, minutes: number, monoMs: number): RhythmState {
  const untilMs = monoMs + 60_000 * minutes;
  return { ...state, silence: { untilMs, coversCritical: state.critical !== null } };
}

/** Ends a silence before its time. */
export function endSilence(state: RhythmState): RhythmState {
  return { ...state, silence: null };
}

/** Puts off what sounds now, since its tone has begun so much later; the last minute before a cut-off is where it was. */
export function delayed(state: RhythmState, ms: number): RhythmState {
  const { beepMs, critical } = state;
  if (critical) return { ...state, critical: { ...critical, sinceMs: critical.sinceMs + ms } };
  return beepMs === null ? state : { ...state, beepMs: beepMs + ms };
}

/** What sounds at `monoMs`, which is not before the newest status. */
export function soundAt(state: RhythmState, monoMs: number): Sound {
  const { critical, beepMs } = state;
  const silentMs = state.silence?.untilMs ?? -Infinity;
  if (monoMs < silentMs) return { on: false, untilMs: critical ? silentMs : Infinity };
  if (critical === null) return beepMs === null ? SILENT : within(beepMs, SLOW_BEEP_MS, monoMs);
  const noPauseMs = critical.tripMs - NO_PAUSE_MS;
  if (monoMs >= noPauseMs) return { on: true, untilMs: Infinity };
  const { on, untilMs } = capSound(critical.sinceMs, monoMs);
  return { on, untilMs: Math.min(untilMs, noPauseMs) };
}

const SILENT: Sound = { on: false, untilMs: Infinity };

function within(fromMs: number, lengthMs: number, monoMs: number): Sound {
  const endMs = fromMs + lengthMs;
  return monoMs < endMs ? { on: true, untilMs: endMs } : SILENT;
}

/** The cap's tier before its last minute. */
function capSound(sinceMs: number, monoMs: number): Sound {
  const [startMs, nextMs] = capBeeps(monoMs - sinceMs);
  const sound = within(sinceMs + startMs, CAP_BEEP_MS, monoMs);
  return sound.on ? sound : { on: false, untilMs: sinceMs + nextMs };
}

/** When the newest beep began `elapsedMs` after the cap was reached, and when the next one will. */
function capBeeps(elapsedMs: number): [startMs: number, nextMs: number] {
  if (elapsedMs < SECOND_BEEP_MS) return [0, SECOND_BEEP_MS];
  if (elapsedMs < CAP_FIRST_MS) return [SECOND_BEEP_MS, CAP_FIRST_MS];
  const sinceBeepMs = (elapsedMs - CAP_FIRST_MS) % CAP_EVERY_MS;
  return [elapsedMs - sinceBeepMs, elapsedMs - sinceBeepMs + CAP_EVERY_MS];
}
