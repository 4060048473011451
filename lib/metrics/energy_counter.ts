import type { LiveReading } from "../reading.ts";

const WATT_MS_PER_KWH = 3.6e9;

/** The energy that was measured since the service started; it only grows, whatever the wall clock does. */
export interface EnergyCounter {
  readonly kWh: number;
  readonly last: Pick<LiveReading, "watts" | "monoMs"> | null;
}

/** Before the first reading. */
export const NO_ENERGY: EnergyCounter = { kWh: 0, last: null };

/** Adds what the last reading stood for: until this one, or for `holdMs` at most. What lies beyond is a gap. */
export function addReading(
  { kWh, last }: EnergyCounter,
  { watts, monoMs }: Pick<LiveReading, "watts" | "monoMs">,
  holdMs: number,
): EnergyCounter {
  const heldMs = last === null ? 0 : Math.min(Math.max(0, monoMs - last.monoMs), holdMs);
  return { kWh: kWh + (last?.watts ?? 0) * heldMs / WATT_MS_PER_KWH, last: { watts, monoMs } };
}
