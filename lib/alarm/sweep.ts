const LOWEST_HZ = 2000;
const HIGHEST_HZ = 5000;
const RISE_MS = 300;

/** The siren's frequency so long after it began to sound: from 2 to 5 kHz and back, where small loudspeakers are loud and ears are keen. */
export function sweepHz(sinceMs: number): number {
  const turn = (sinceMs / RISE_MS) % 2;
  const height = turn < 1 ? turn : 2 - turn;
  return LOWEST_HZ + (HIGHEST_HZ - LOWEST_HZ) * height;
}
