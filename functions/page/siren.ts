/** The browser's loudspeaker as the page's siren. */
export interface Siren {
  /** Sounds from now for so many milliseconds, 20 s at most: a page that hangs must not howl. */
  start(ms: number): void;
  stop(): void;
}

const FROM_HZ = 2000;
const SWEEP_HZ = 700;
const SWEEPS_PER_S = 3;
const LOUDNESS = 0.25;
const LONGEST_MS = 20_000;
/** A tone that begins or ends at once clicks. */
const RAMP_S = 0.01;

/**
 * A siren that sweeps as the buzzer's does, made by Web Audio. To be opened in the handler of a tap or key: browsers let no
 * page sound unasked.
 */
export async function openSiren(): Promise<Siren> {
  const context = new AudioContext();
  const tone = new OscillatorNode(context, { type: "triangle", frequency: FROM_HZ + SWEEP_HZ });
  const sweep = new OscillatorNode(context, { type: "triangle", frequency: SWEEPS_PER_S });
  const depth = new GainNode(context, { gain: SWEEP_HZ });
  const loudness = new GainNode(context, { gain: 0 });
  sweep.connect(depth).connect(tone.frequency);
  tone.connect(loudness).connect(context.destination);
  tone.start();
  sweep.start();
  await context.resume();
  const { gain } = loudness;
  return {
    start(ms) {
      if (context.state !== "running") context.resume(); // a telephone call has taken the loudspeaker
      const now = context.currentTime;
      gain.cancelScheduledValues(now);
      gain.setTargetAtTime(LOUDNESS, now, RAMP_S);
      // By the sound's own clock: timers of a hidden page come late.
      gain.setTargetAtTime(0, now + Math.min(ms, LONGEST_MS) / 1000, RAMP_S);
    },
    stop() {
      gain.cancelScheduledValues(context.currentTime);
      gain.setTargetAtTime(0, context.currentTime, RAMP_S);
    },
  };
}
