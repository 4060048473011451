import { minuteOfDay } from "../calendar.ts";
import type { QuietHours } from "../config/values.ts";

/** Is an instant within the quiet hours, as the clock on the wall of `zone` shows it? `null`: there are none. */
export function isQuiet(hours: QuietHours | null, atMs: number, zone: string): boolean {
  if (hours === null) return false;
  const { fromMinute, toMinute } = hours;
  const minute = minuteOfDay(atMs, zone);
  return fromMinute < toMinute
    ? minute >= fromMinute && minute < toMinute
    : minute >= fromMinute || minute < toMinute;
}
