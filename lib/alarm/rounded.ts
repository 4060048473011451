/**
 * An estimate of time as a person says it, rounded down and the coarser the longer it is: `2 h 50`, `25 min`, `1½ min`.
 * The same in English and Italian. `null` under half a minute: it may come at any moment.
 */
export function roundedTime(seconds: number): string | null {
  const minutes = Math.floor(seconds / 60);
  if (minutes >= 60) {
    const tens = Math.floor(minutes % 60 / 10) * 10;
    const hours = `${Math.floor(minutes / 60)} h`;
    return tens === 0 ? hours : `${hours} ${tens}`;
  }
  if (minutes >= 10) return `${Math.floor(minutes / 5) * 5} min`;
  if (minutes >= 3) return `${minutes} min`;
  const half = seconds % 60 >= 30 ? "½" : "";
  return minutes === 0 && half === "" ? null : `${minutes || ""}${half} min`;
}

/** What may still be switched on, rounded down: `1.3 kW`, `640 W`; never below `0 W`. */
export function freePower(watts: number, decimal: "." | ","): string {
  const free = Math.max(0, watts);
  if (free < 1000) return `${Math.floor(free / 10) * 10} W`;
  return `${(Math.floor(free / 100) / 10).toFixed(1).replace(".", decimal)} kW`;
}

/** What is to be switched off, rounded up: `1.3 kW`, `640 W`. */
export function shedPower(watts: number, decimal: "." | ","): string {
  const tens = Math.ceil(watts / 10) * 10;
  if (tens < 1000) return `${tens} W`;
  return `${(Math.ceil(watts / 100) / 10).toFixed(1).replace(".", decimal)} kW`;
}

/** A tier by its name: `3.3 kW`, `3.99 kW`, `800 W`. */
export function tierPower(watts: number, decimal: "." | ","): string {
  if (watts < 1000) return `${watts} W`;
  return `${String(Math.round(watts / 10) / 100).replace(".", decimal)} kW`;
}
