import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { hear, INITIAL_RHYTHM, type RhythmState, silence, soundAt } from "../lib/alarm/rhythm.ts";

/** `null`: a gap. */
type State = "ok" | "above" | "warning" | "critical" | null;
interface Event {
  readonly afterMs: number;
  readonly state: State;
  readonly secondsToTrip: number | null;
  readonly isQuiet: boolean;
  /** Minutes of a silence that is asked for just after the status. */
  readonly silence: number | null;
}

const isCalm = (state: State) => state === "ok" || state === null;
const hearing = ({ state, secondsToTrip }: Event) => state && { state, secondsToTrip };
const state = fc.constantFrom<State>("ok", "above", "warning", "critical", null);
const event = fc.record({
  afterMs: fc.oneof(fc.constant(5000), fc.integer({ min: 1, max: 120_000 })),
  state,
  secondsToTrip: fc.oneof(fc.integer({ min: 0, max: 200 }), fc.integer({ min: 0, max: 10_800 })),
  isQuiet: fc.boolean(),
  silence: fc.option(fc.integer({ min: 1, max: 60 }), { freq: 8 }),
}).map((event): Event => isCalm(event.state) ? { ...event, secondsToTrip: null } : event);
const events = fc.array(event, { minLength: 1, maxLength: 60 });

/** The rhythm after each event, with the time until the next. */
function* fold(events: readonly Event[]) {
  let rhythm: RhythmState = INITIAL_RHYTHM;
  let monoMs = 0;
  for (const event of events) {
    rhythm = hear(rhythm, hearing(event), monoMs, event.isQuiet);
    if (event.silence !== null) rhythm = silence(rhythm, event.silence, monoMs);
    yield { rhythm, event, fromMs: monoMs, toMs: monoMs + event.afterMs };
    monoMs += event.afterMs;
  }
}

/** What sounds from one time to another. */
function* sounds(rhythm: RhythmState, fromMs: number, toMs: number) {
  for (let ms = fromMs; ms < toMs;) {
    const { on, untilMs } = soundAt(rhythm, ms);
    ok(untilMs > ms, `at ${ms} until ${untilMs}`);
    yield { on, fromMs: ms, untilMs: Math.min(untilMs, toMs) };
    ms = untilMs;
  }
}

Deno.test("without an alarm nothing ever sounds, and in quiet hours nothing but the cap's", () => {
  fc.assert(fc.property(events, (events) => {
    let wasQuiet = true;
    for (const { rhythm, event, fromMs, toMs } of fold(events)) {
      wasQuiet &&= event.isQuiet;
      const muted = isCalm(event.state) || (event.state !== "critical" && wasQuiet);
      for (const { on } of sounds(rhythm, fromMs, toMs)) ok(!on || !muted);
    }
  }));
});

Deno.test("the cap's tier, not silenced, is never still for more than 20 s, nor at all in its last minute", () => {
  fc.assert(fc.property(events, (events) => {
    for (const { rhythm, event, fromMs, toMs } of fold(events)) {
      if (event.state !== "critical" || rhythm.silence !== null) continue;
      const lastMinuteMs = fromMs + 1000 * (event.secondsToTrip ?? 0) - 60_000;
      for (const { on, fromMs: ms, untilMs } of sounds(rhythm, fromMs, toMs)) {
        ok(on || untilMs - ms <= 20_000);
        equal(on || ms < lastMinuteMs, true);
      }
    }
  }));
});

Deno.test("a silence is kept until its end, a new critical after an all-clear, or the cap's first sound", () => {
  fc.assert(fc.property(events, (events) => {
    let untilMs = -Infinity;
    let isHeard = false;
    let was: State = "ok";
    for (const { rhythm, event, fromMs, toMs } of fold(events)) {
      if (event.state === "ok") isHeard = false;
      if (event.state === "critical" && was !== "critical" && !isHeard) untilMs = -Infinity;
      if (event.silence !== null) {
        untilMs = fromMs + 60_000 * event.silence;
        isHeard = event.state === "critical";
      }
      was = event.state;
      for (const { on, fromMs: ms } of sounds(rhythm, fromMs, toMs)) ok(!on || ms >= untilMs);
    }
  }));
});

Deno.test("what sounds does not depend on how often one looks", () => {
  const looks = fc.array(fc.integer({ min: 0, max: 120_000 }), { maxLength: 8 });
  fc.assert(fc.property(events, looks, (events, looks) => {
    for (const { rhythm, fromMs, toMs } of fold(events)) {
      const spans = [...sounds(rhythm, fromMs, toMs)];
      for (const ms of looks.map((ms) => fromMs + ms).filter((ms) => ms < toMs)) {
        const span = spans.find((span) => span.fromMs <= ms && ms < span.untilMs);
        equal(soundAt(rhythm, ms).on, span?.on);
      }
    }
  }));
});

Deno.test("a status that is told again without delay changes nothing", () => {
  fc.assert(fc.property(events, (events) => {
    for (const { rhythm, event, fromMs } of fold(events)) {
      const again = hear(rhythm, hearing(event), fromMs, event.isQuiet);
      deepEqual(soundAt(again, fromMs), soundAt(rhythm, fromMs));
    }
  }));
});
