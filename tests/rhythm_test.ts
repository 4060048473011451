import { deepEqual, equal } from "node:assert/strict";
import {
  delayed,
  endSilence,
  hear,
  INITIAL_RHYTHM,
  type RhythmState,
  silence,
  soundAt,
} from "../lib/alarm/rhythm.ts";

/** `null`: a gap. */
type State = "ok" | "above" | "warning" | "critical" | null;

/** A buzzer that hears a status and lets time pass; `sounds` are the spans it sounded in, in milliseconds. */
class Ear {
  rhythm: RhythmState = INITIAL_RHYTHM;
  ms = 0;
  readonly sounds: [number, number][] = [];

  hear(state: State, secondsToTrip: number | null = null, isQuiet = false): this {
    this.rhythm = hear(this.rhythm, state && { state, secondsToTrip }, this.ms, isQuiet);
    return this;
  }

  pass(seconds: number): this {
    for (const endMs = this.ms + 1000 * seconds; this.ms < endMs;) {
      const { on, untilMs } = soundAt(this.rhythm, this.ms);
      const nextMs = Math.min(untilMs, endMs);
      const last = this.sounds.at(-1);
      if (on && last?.[1] === this.ms) last[1] = nextMs;
      else if (on) this.sounds.push([this.ms, nextMs]);
      this.ms = nextMs;
    }
    return this;
  }

  /** A tier that is spent for so many seconds, with a reading every 5 s. */
  spend(state: State, secondsToTrip: number, seconds: number, isQuiet = false): this {
    for (let s = 0; s < seconds; s += 5) this.hear(state, secondsToTrip - s, isQuiet).pass(5);
    return this;
  }

  silence(minutes: number): this {
    this.rhythm = silence(this.rhythm, minutes, this.ms);
    return this;
  }

  /** When it began to sound, in seconds; forgets what was so far. */
  starts(): number[] {
    return this.sounds.splice(0).map(([startMs]) => startMs / 1000);
  }
}

Deno.test("a slow tier beeps once at 30, 10, 5 and 2 minutes left", () => {
  const ear = new Ear().spend("above", 10_800, 9000).spend("warning", 1800, 1800);
  deepEqual(ear.starts().map((s) => 10_800 - s), [1800, 600, 300, 120]);
});

Deno.test("a slow tier that is already far spent beeps once, not once a mark", () => {
  deepEqual(new Ear().spend("warning", 250, 60).starts(), [0]);
});

Deno.test("a load that swings about a tier is told no mark twice", () => {
  const ear = new Ear();
  for (let s = 0; s < 300; s += 10) ear.hear("ok").pass(5).hear("warning", 290 - s / 2).pass(5);
  equal(ear.starts().length, 1);
});

Deno.test("after the budget was full again the marks are told anew", () => {
  const ear = new Ear().spend("warning", 600, 590).hear("ok").pass(600);
  ear.starts();
  deepEqual(ear.spend("warning", 600, 590).starts().map((s) => s - 1190), [0, 300, 480]);
});

Deno.test("the cap's tier: two beeps at once, then one every 10 s from 20 s on, and no pause in the last minute", () => {
  const ear = new Ear().spend("critical", 120, 120);
  deepEqual(ear.sounds, [
    [0, 200],
    [350, 550],
    [20_000, 20_200],
    [30_000, 30_200],
    [40_000, 40_200],
    [50_000, 50_200],
    [60_000, 120_000],
  ]);
});

Deno.test("a cap that is half spent when it is reached again sounds without pause at once", () => {
  deepEqual(new Ear().spend("critical", 45, 45).sounds, [[0, 45_000]]);
});

Deno.test("what could not begin in time comes as much later, whole, but the last minute stays where it is", () => {
  const ear = new Ear().hear("critical", 80).pass(0.3);
  ear.sounds.length = 0;
  ear.rhythm = delayed(ear.rhythm, 300);
  deepEqual(ear.pass(29.7).sounds, [[300, 500], [650, 850], [20_000, 30_000]]);
  const slow = new Ear().hear("warning", 300).pass(0.3);
  slow.sounds.length = 0;
  slow.rhythm = delayed(slow.rhythm, 300);
  deepEqual(slow.pass(10).sounds, [[300, 700]]);
  equal(delayed(INITIAL_RHYTHM, 300), INITIAL_RHYTHM);
});

Deno.test("the last minute begins when it begins, not at the next reading", () => {
  deepEqual(new Ear().hear("critical", 63).pass(10).sounds, [[0, 200], [350, 550], [3000, 10_000]]);
});

Deno.test("the all-clear ends the sound at once, in the midst of a beep too", () => {
  const ear = new Ear().hear("critical", 45).pass(2).hear("ok").pass(60);
  deepEqual(ear.sounds, [[0, 2000]]);
  const slow = new Ear().hear("warning", 300).pass(0.1).hear("ok").pass(60);
  deepEqual(slow.sounds, [[0, 100]]);
});

Deno.test("quiet hours mute a slow tier, but not the cap's", () => {
  const ear = new Ear().spend("warning", 1800, 1200, true);
  deepEqual(ear.starts(), []);
  deepEqual(ear.spend("critical", 120, 30, true).starts(), [1200, 1200.35, 1220]);
});

Deno.test("a mark that fell into quiet hours is not made up for afterwards", () => {
  deepEqual(new Ear().spend("warning", 1800, 60, true).spend("warning", 1740, 600).starts(), []);
});

Deno.test("a silence mutes all that is sounding and ends by itself", () => {
  const ear = new Ear().spend("critical", 3600, 60);
  ear.starts();
  deepEqual(ear.silence(10).spend("critical", 3540, 600).starts(), []);
  deepEqual(ear.spend("critical", 2940, 30).starts(), [660, 670, 680]);
});

Deno.test("a silence mutes a slow tier", () => {
  const ear = new Ear().spend("warning", 1000, 60).silence(60);
  ear.starts();
  deepEqual(ear.spend("warning", 940, 900).starts(), []);
});

Deno.test("a new critical after an all-clear sounds in spite of a silence, which is over then", () => {
  const ear = new Ear().hear("critical", 45).silence(60).pass(10).hear("ok").pass(10);
  deepEqual(ear.hear("critical", 120).pass(10).starts(), [20, 20.35]);
  equal(ear.rhythm.silence, null);
});

Deno.test("without an all-clear the same alarm stays silent, however the power swings", () => {
  const ear = new Ear().hear("critical", 45).silence(60).pass(10);
  for (let i = 0; i < 10; i++) ear.hear("above", 9000).pass(5).hear("critical", 110).pass(5);
  deepEqual(ear.starts(), []);
});

Deno.test("a gap is still, and no all-clear: what was silenced before it stays so after it", () => {
  const ear = new Ear().hear("critical", 45).pass(10).hear(null).pass(10);
  deepEqual(ear.sounds.splice(0), [[0, 10_000]]);
  ear.hear("critical", 45).silence(60).pass(10).hear(null).pass(30);
  deepEqual(ear.hear("critical", 45).pass(10).starts(), []);
  deepEqual(ear.hear("ok").hear("critical", 45).pass(10).starts(), [70]);
});

Deno.test("a silence of a slow tier does not mute the first sound of the cap's: nobody has heard that yet", () => {
  const ear = new Ear().hear("above", 9000).silence(60).pass(10);
  deepEqual(ear.hear("critical", 120).pass(10).starts(), [10, 10.35]);
});

Deno.test("a silence that is ended early lets the alarm sound at once", () => {
  const ear = new Ear().hear("critical", 45).silence(60).pass(10);
  ear.rhythm = endSilence(ear.rhythm);
  deepEqual(ear.pass(5).sounds, [[10_000, 15_000]]);
});
