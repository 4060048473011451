import type { AlarmEvent, ReadingEvent, Snapshot, StatusEvent } from "../../lib/live/wire.ts";
import { withinHour, withReading } from "./curves.ts";
import { pinToReading, type ServerClock } from "./freshness.ts";

/** All that the page knows; a fold over the events of `/live`. */
export interface LiveState {
  /** `null` until the first snapshot; kept up to date by what follows it. */
  readonly snapshot: Snapshot | null;
  readonly clock: ServerClock;
  /** `performance.now()` when the alarm was last told. */
  readonly alarmMonoMs: number;
  /** `performance.now()` since which there is no connection; `null` while there is one or none was tried yet. */
  readonly lostMonoMs: number | null;
}

/** Before the first connection. */
export const START: LiveState = {
  snapshot: null,
  clock: { serverMs: 0, monoMs: 0 },
  alarmMonoMs: 0,
  lostMonoMs: null,
};

/** A connection stands and has told all. */
export function onSnapshot(snapshot: Snapshot, monoMs: number): LiveState {
  const told = { serverMs: snapshot.now, monoMs };
  const { at, stale } = snapshot;
  const clock = at === null || stale ? told : pinToReading(told, at, null, monoMs);
  return { snapshot, clock, alarmMonoMs: monoMs, lostMonoMs: null };
}

/** A new reading; `null` when it belongs to another day than the snapshot, so that a new snapshot is needed. */
export function onReading(state: LiveState, event: ReadingEvent, monoMs: number): LiveState | null {
  const { snapshot } = state;
  if (snapshot === null || event.date !== snapshot.today.date) return null;
  const { at, watts, ...today } = event;
  const lastHour = withinHour(snapshot.lastHour, { at, watts });
  const curve = withReading(snapshot.curve, lastHour, { at, watts });
  return {
    ...state,
    snapshot: { ...snapshot, at, watts, stale: false, today, lastHour, curve },
    clock: pinToReading(state.clock, at, snapshot.at, monoMs),
    lostMonoMs: null,
  };
}

/** News of the meter or the store. */
export function onStatus(state: LiveState, event: StatusEvent): LiveState {
  const { snapshot } = state;
  return snapshot === null ? state : { ...state, snapshot: { ...snapshot, ...event } };
}

/** News of the alarm. */
export function onAlarm(state: LiveState, alarm: AlarmEvent, monoMs: number): LiveState {
  const { snapshot } = state;
  return snapshot === null
    ? state
    : { ...state, snapshot: { ...snapshot, alarm }, alarmMonoMs: monoMs };
}

/** The connection is gone; the first moment of it stays. */
export function onLost(state: LiveState, monoMs: number): LiveState {
  return state.lostMonoMs === null ? { ...state, lostMonoMs: monoMs } : state;
}
