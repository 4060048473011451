import { type Reading, roundAt } from "../../lib/reading.ts";

/** Numbers in [0, 1) that a seed decides (mulberry32), so that a failure can be seen again. */
export function randomNumbers(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Watts of each appliance while on, how long it is on and off at a time (s), and the hours in which it is used. */
const APPLIANCES = [
  { watts: 90, onS: 900, offS: 2_100, hours: [0, 25] },
  { watts: 1_950, onS: 150, offS: 3_600, hours: [7, 21] },
  { watts: 2_100, onS: 75, offS: 60, hours: [19, 20] },
  { watts: 2_050, onS: 600, offS: 2_400, hours: [10, 12] },
  { watts: 160, onS: 9_000, offS: 1_800, hours: [20, 24] },
  { watts: 65, onS: 1_200, offS: 2_000, hours: [6, 23] },
] as const;

/** What a made day is like; jitter and noise are the widest deviation either way. */
export interface HouseDayOptions {
  readonly startMs: number;
  readonly hours?: number;
  readonly stepMs?: number;
  readonly jitterMs?: number;
  readonly noiseWatts?: number;
  readonly seed?: number;
}

/** A house's readings over a day: appliances that come and go over a base load, noise on each, and a display that answers early or late. */
export function houseDay(options: HouseDayOptions): Reading[] {
  const { startMs, hours = 24, stepMs = 5_000, jitterMs = 200, noiseWatts = 5, seed = 1 } = options;
  const random = randomNumbers(seed);
  const around = (width: number) => (random() * 2 - 1) * width;
  const turns = APPLIANCES.map(() => ({ on: false, untilS: 0 }));
  const readings: Reading[] = [];
  const phaseMs = jitterMs === 0 ? 0 : 2_300;
  for (let atMs = phaseMs; atMs < hours * 3_600_000; atMs += stepMs) {
    let watts = 110 + around(noiseWatts);
    APPLIANCES.forEach(({ watts: load, onS, offS, hours: [from, to] }, i) => {
      const turn = turns[i]!;
      if (atMs / 1000 >= turn.untilS) {
        turn.on = !turn.on && atMs >= from * 3_600_000 && atMs < to * 3_600_000;
        turn.untilS = atMs / 1000 + (turn.on ? onS : offS) * (0.6 + 0.8 * random());
      }
      // A load's power wavers with the mains voltage.
      if (turn.on) watts += load + around(load * 0.003);
    });
    readings.push({ at: roundAt(startMs + atMs + around(jitterMs)), watts: Math.round(watts) });
  }
  return readings;
}
