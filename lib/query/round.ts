/** Watts to the hundredth: the origin's values have no more, and what goes beyond only costs bytes. */
export function roundWatts(watts: number): number {
  return Math.round(watts * 100) / 100;
}

/** Energy to the milliwatt-hour, so that sums of a year's days stay right to more than two decimals. */
export function roundKWh(kWh: number): number {
  return Math.round(kWh * 1e6) / 1e6;
}

/** A share of 1 to a hundred-thousandth: of a day that is less than a second. */
export function roundShare(share: number): number {
  return Math.round(share * 1e5) / 1e5;
}
