import type { Language } from "./texts.ts";

const KILOWATTS_FROM_WATTS = 10_000;

/**
 * A power as {@linkcode Format.power} writes it, without Intl: the service has no other use for that, and loading it
 * costs 4 MB of memory for good.
 */
export function plainPower(language: Language, watts: number): string {
  if (watts < KILOWATTS_FROM_WATTS) return `${Math.round(watts)} W`;
  const kilowatts = (Math.round(watts / 10) / 100).toFixed(2);
  return `${language === "it" ? kilowatts.replace(".", ",") : kilowatts} kW`;
}

/** A time as {@linkcode Format.timeOfSecond} writes it: `14:32:05`. */
export function plainTime(atMs: number, timeZone: string): string {
  const time = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(timeZone);
  return time.toPlainTime().toString({ smallestUnit: "second" });
}
