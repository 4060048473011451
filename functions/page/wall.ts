import type { Format } from "./format.ts";

const NIGHT_FROM_HOUR = 22;
const NIGHT_TO_HOUR = 7;

/** Whether the clock in the page's zone shows a time from 22:00 to before 7:00. */
export function isNight(atMs: number, format: Format): boolean {
  const { hour } = format.clock(atMs);
  return hour >= NIGHT_FROM_HOUR || hour < NIGHT_TO_HOUR;
}

/**
 * Keeps the screen on where the browser can: the lock goes whenever the page is hidden, so it is asked for anew each
 * time it is shown. A refusal (an empty battery) is no error: the screen then goes dark as it always would.
 */
export function keepAwake(): void {
  if (!("wakeLock" in navigator)) return;
  const ask = () => {
    if (!document.hidden) navigator.wakeLock.request("screen").catch(() => {});
  };
  document.addEventListener("visibilitychange", ask);
  ask();
}
