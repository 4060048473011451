/** Names newer than browsers may be, and the older ones of the same zones (tz database, file `backward`). */
const OLDER_NAMES: Readonly<Record<string, string>> = {
  "Europe/Kyiv": "Europe/Kiev",
  "Pacific/Kanton": "Pacific/Enderbury",
};

/** The name by which this browser knows a zone; `null` where it does not know it at all. */
export function zoneHere(timeZone: string, isKnown = isKnownHere): string | null {
  if (isKnown(timeZone)) return timeZone;
  const older = OLDER_NAMES[timeZone];
  return older !== undefined && isKnown(older) ? older : null;
}

function isKnownHere(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone });
    return true;
  } catch { // a RangeError
    return false;
  }
}
