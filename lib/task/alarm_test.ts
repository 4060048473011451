import { PinError } from "../alarm/pin_error.ts";
import { hear, INITIAL_RHYTHM, type RhythmState, soundAt } from "../alarm/rhythm.ts";
import type { Sounder } from "../alarm/sounder.ts";
import { systemClock as clock } from "../clock.ts";
import type { Config } from "../config.ts";
import { UserError } from "../user_error.ts";
import { openSounder } from "./buzzer_parts.ts";

/** A rhythm as it sounds from `fromMs` on. */
interface Sample {
  readonly about: string;
  readonly rhythm: RhythmState;
  readonly fromMs: number;
}

const SAMPLE_MS = 3000;
/** Within it a slow Pi has started the tone's thread, which would eat into the first beep. */
const PREPARE_MS = 500;
const sample = (
  about: string,
  state: "warning" | "critical",
  secondsToTrip: number,
  fromMs = 0,
): Sample => ({
  about,
  rhythm: hear(INITIAL_RHYTHM, { state, secondsToTrip }, 0, false),
  fromMs,
});
const SAMPLES: readonly Sample[] = [
  sample("over a slow limit, at 30, 10, 5 and 2 minutes left: one beep", "warning", 1800),
  sample("at the cap: two beeps", "critical", 3600),
  sample("20 s later, and every 10 s from then on: one beep", "critical", 3600, 20_000),
  sample("in the last minute: a siren without pause", "critical", 60),
];

/**
 * `deno task alarm-test`: plays each rhythm for 3 s, until `stop` aborts, and leaves the pins low. Throws UserError when the
 * pins cannot be had or fail.
 */
export async function runAlarmTest(
  { alarm }: Config,
  print: (line: string) => void,
  stop: AbortSignal,
  sampleMs = SAMPLE_MS,
): Promise<void> {
  if (!alarm.gpio) throw new UserError("ALARM_GPIO is off: set it to on to test the buzzer.");
  const faults = new AbortController();
  const over = AbortSignal.any([stop, faults.signal]);
  try {
    const sounder = await openSounder(alarm, (error) => faults.abort(error), () => {});
    try {
      sounder.prepare();
      await clock.sleep(PREPARE_MS, over);
      for (const [i, sample] of SAMPLES.entries()) {
        if (over.aborted) break;
        print(`${i + 1} of ${SAMPLES.length}: ${sample.about}`);
        await play(sounder, sample, sampleMs, over);
      }
      faults.signal.throwIfAborted();
    } finally {
      await sounder.close();
    }
  } catch (error) {
    throw error instanceof PinError ? new UserError(error.message) : error;
  }
  print("Done: both pins are low.");
}

async function play(
  sounder: Sounder,
  { rhythm, fromMs }: Sample,
  sampleMs: number,
  over: AbortSignal,
): Promise<void> {
  const startMs = clock.monoMs() - fromMs;
  const endMs = fromMs + sampleMs;
  for (;;) {
    const sinceMs = clock.monoMs() - startMs;
    if (over.aborted || sinceMs >= endMs) return sounder.stop();
    const { on, untilMs } = soundAt(rhythm, sinceMs);
    if (on) sounder.start();
    else sounder.stop();
    await clock.sleep(Math.min(untilMs, endMs) - sinceMs, over);
  }
}
