/** How many shades the calendar has. */
export const SHADES = 6;

/** The shades of a calendar: from which energy each but the first begins, in kWh. */
export type Scale = readonly number[];

/** Round limits between the lowest and the highest energy of a day, at most one fewer than there are shades. */
export function heatScale(kWh: readonly number[]): Scale {
  if (kWh.length === 0) return [];
  const low = kWh.reduce((a, b) => Math.min(a, b));
  const high = kWh.reduce((a, b) => Math.max(a, b));
  const step = roundUp((high - low) / SHADES);
  if (step === 0) return [];
  const limits: number[] = [];
  const first = Math.floor(low / step) + 1;
  for (let i = first; i * step <= high && limits.length < SHADES - 1; i++) {
    limits.push(Number((i * step).toPrecision(12)));
  }
  return limits;
}

/** The shade of a day, 0 for the least energy. */
export function shade(kWh: number, scale: Scale): number {
  return scale.filter((limit) => kWh >= limit).length;
}

/** The next 1, 2 or 5 times a power of ten. */
function roundUp(value: number): number {
  if (value <= 0) return 0;
  const magnitude = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 5, 10].map((m) => m * magnitude).find((step) => step >= value) ?? 0;
}
