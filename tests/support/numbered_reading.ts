/** How far behind the clock is until it is set. */
export const STALE_MS = 7_654_300;

/** The time that the reading of a number really has: 100 ms after the one before. */
export function numberedAt(number: number): number {
  return Date.parse("2026-11-21T12:00:00Z") + 100 * number;
}
