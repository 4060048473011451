import { freePower, roundedTime, shedPower, tierPower } from "../../lib/alarm/rounded.ts";
import type { Tier } from "../../lib/alarm/tiers.ts";
import type { AlarmEvent, ApplianceAnswer } from "../../lib/live/wire.ts";
import type { AlarmTexts } from "./alarm_texts.ts";

/** What the page says of the alarm. */
export interface AlarmWords {
  readonly state: AlarmEvent["state"];
  /** `1.3 kW free`, `Over 3.3 kW: about 2 h 50 left`, `About 1½ min: switch off 640 W`. */
  readonly headline: string;
  /** What makes an estimate of it; empty while all is well. */
  readonly note: string;
  /** Changes when a person should be told anew: with the state, and as the time runs out. */
  readonly stage: string;
}

/** Minutes left at which the slow tiers are told again, as the buzzer sounds. */
const MILESTONES_MIN = [2, 5, 10, 30];

/**
 * The alarm in words.
 *
 * @param watts the newest reading's, which holds still
 * @param passedMs since the alarm was told: the estimate runs down meanwhile
 */
export function alarmWords(
  alarm: AlarmEvent,
  limits: readonly Tier[],
  watts: number,
  passedMs: number,
  texts: AlarmTexts,
): AlarmWords {
  const { state, shedWatts, tierWatts, secondsToTrip } = alarm;
  const { decimal } = texts;
  if (state === "ok" || secondsToTrip === null || tierWatts === null) {
    const free = (limits[0]?.watts ?? 0) - 1 - watts;
    return { state, headline: texts.free(freePower(free, decimal)), note: "", stage: state };
  }
  const seconds = Math.max(0, secondsToTrip - Math.max(0, passedMs) / 1000);
  const left = roundedTime(seconds);
  const shed = shedPower(shedWatts, decimal);
  if (state === "above" && left !== null) {
    const headline = texts.over(tierPower(tierWatts, decimal), left);
    const note = tierWatts === limits[0]?.watts ? texts.noteOver(shed) : texts.noteSlower(shed);
    return { state, headline, note, stage: state };
  }
  return {
    state,
    headline: left === null ? texts.shedNow(shed) : texts.shed(left, shed),
    note: texts.note,
    stage: `${state} ${state === "critical" ? left : milestone(seconds)}`,
  };
}

/** The answer to "can I switch it on?". */
export function applianceWords(
  { answer, secondsToTrip }: ApplianceAnswer,
  texts: AlarmTexts,
): string {
  if (answer === "yes" || answer === "unknown" || secondsToTrip === null) {
    return texts.answer[answer === "yes" ? "yes" : "unknown"];
  }
  const left = roundedTime(secondsToTrip);
  return left === null ? texts.answer.tripsNow : texts.answer[answer](left);
}

function milestone(seconds: number): number | null {
  return MILESTONES_MIN.find((minutes) => seconds <= minutes * 60) ?? null;
}
