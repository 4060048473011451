/** Shorter tails are no news: the origin's loop is late by a few lines every day. */
const SHORTEST_S = 300;

/**
 * Remarks on the end of a day's values when it cannot have been measured: the origin fills a short day by repeating as
 * many of its last lines as are missing, and repeats the last value while the meter does not answer.
 */
export function paddedTail(values: Int16Array, stepSeconds: number): string[] {
  const backwards = values.toReversed();
  const shortest = SHORTEST_S / stepSeconds;
  const equal = backwards.findIndex((watts) => watts !== backwards[0]);
  const equalLines = equal === -1 ? values.length : equal;
  if (equalLines >= shortest && backwards[0]! >= 0) {
    const span = duration(equalLines * stepSeconds);
    return [`the last ${equalLines} lines (${span}) all say ${backwards[0]} W: hardly measured`];
  }
  const repeated = repeatedLength(backwards);
  if (repeated < shortest) return [];
  const span = duration(repeated * stepSeconds);
  return [`the last ${repeated} lines (${span}) repeat those before them: not measured`];
}

/** The greatest length such that as many values follow once more: from k on the values are again the first k (the Z-algorithm). */
function repeatedLength(values: Int16Array): number {
  const common = new Int32Array(values.length);
  let greatest = 0;
  for (let k = 1, from = 0, to = 0; k < values.length; k++) {
    let length = k < to ? Math.min(to - k, common[k - from]!) : 0;
    while (k + length < values.length && values[length] === values[k + length]) length++;
    if (k + length > to) [from, to] = [k, k + length];
    common[k] = length;
    if (length >= k) greatest = k;
  }
  return greatest;
}

function duration(seconds: number): string {
  const minutes = Math.round(seconds / 60);
  const hours = Math.floor(minutes / 60);
  return hours > 0 ? `${hours} h ${minutes % 60} min` : `${minutes} min`;
}
