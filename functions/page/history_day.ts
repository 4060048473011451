import { type DayView, dayView } from "./history/day_view.ts";
import { createDayVoice } from "./history/day_voice.ts";
import type { Place } from "./history/place.ts";
import { zonedDays } from "./history/zone.ts";
import type { Language } from "./texts.ts";
import { zoneHere } from "./time_zone.ts";

/**
 * Makes the part of the history page that shows a day. A bundle of its own: what draws curves and tells times need not
 * be loaded for years and months.
 *
 * @param go leads to a part of the day that was zoomed to
 */
export function openDay(language: Language, timeZone: string, go: (place: Place) => void): DayView {
  return dayView(createDayVoice(language, timeZone), zonedDays(zoneHere(timeZone) ?? timeZone), go);
}
