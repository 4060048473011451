import sceaux from "./sceaux_minutes.json" with { type: "json" };

const MINUTE_MS = 60_000;
const SLOTS = 12;
const SLOT_MS = MINUTE_MS / SLOTS;
const LOWEST_WATTS = 30;
const HIGHEST_WATTS = 9000;
/** Rated powers of what a thermostat or a hand switches: iron, kettle, oven, boiler … */
const APPLIANCES_WATTS = [150, 400, 800, 1200, 1600, 2000, 2400, 3000, 4000];
/** Below this a minute's difference from its neighbours is no appliance, only a wobble. */
const STEP_WATTS = 60;
const JITTER_WATTS = 3;
const JITTER_SHARE = 0.004;

const MINUTES = Uint16Array.from(sceaux.hours.flatMap((hour) => hour.split(" ").map(Number)));

/** The house's mean power in watts in the minute of a local instant; its two days repeat. */
export function minuteWatts(localMs: number): number {
  const minute = Math.floor(localMs / MINUTE_MS) % MINUTES.length;
  return MINUTES.at(minute)!;
}

/**
 * A house's power: real minutes of a real house (UCI, CC BY 4.0, see `sceaux_minutes.json`), with appliances that
 * switch within the minute so that its mean stays near the data. The function takes a local instant (milliseconds
 * since 1970-01-01 00:00 on the wall's clock) and gives whole watts, 30 to 9000, that hold for 5 s; the same for the
 * same seed.
 */
export function houseLoad(seed: number): (localMs: number) => number {
  return (localMs) => {
    const minute = Math.floor(localMs / MINUTE_MS);
    const slot = Math.floor((localMs - minute * MINUTE_MS) / SLOT_MS);
    const mean = minuteWatts(localMs);
    const before = minuteWatts(localMs - MINUTE_MS);
    const after = minuteWatts(localMs + MINUTE_MS);
    const chance = (salt: number) => hash(seed, minute, salt);
    const watts = switched(before, mean, after, slot, chance);
    const jitter = (2 * chance(100 + slot) - 1) * (JITTER_WATTS + JITTER_SHARE * mean);
    return Math.round(Math.min(HIGHEST_WATTS, Math.max(LOWEST_WATTS, watts + jitter)));
  };
}

/** Power in one twelfth of a minute, such that the twelve have the minute's mean. */
function switched(
  before: number,
  mean: number,
  after: number,
  slot: number,
  chance: (salt: number) => number,
): number {
  const [low, high] = [Math.min(before, after), Math.max(before, after)];
  if (high - low > STEP_WATTS && mean > low && mean < high) {
    // Something was switched within this minute: at the moment that gives the mean.
    return blend(before, after, (mean - after) / (before - after) * SLOTS - slot);
  }
  const above = mean - high;
  const below = low - mean;
  if (above > STEP_WATTS) return pulse(high, above, HIGHEST_WATTS - high, slot, chance);
  if (below > STEP_WATTS) return pulse(low, -below, low - LOWEST_WATTS, slot, chance);
  return mean;
}

/** `base`, and for a part of the minute an appliance's power on top of it (or off it) that makes up the mean `difference`. */
function pulse(
  base: number,
  difference: number,
  room: number,
  slot: number,
  chance: (salt: number) => number,
): number {
  const mean = Math.abs(difference);
  const fitting = APPLIANCES_WATTS.filter((watts) => watts > mean && watts <= room);
  const watts = fitting[Math.floor(chance(1) * Math.min(2, fitting.length))] ?? mean;
  const length = mean / watts * SLOTS;
  const start = chance(2) * (SLOTS - length);
  const share = blend(0, 1, start - slot) * blend(1, 0, start + length - slot);
  return base + Math.sign(difference) * watts * share;
}

/** `first` in slots that end before the switch, `second` after it, the mean in the slot that holds it. */
function blend(first: number, second: number, slotsLeft: number): number {
  const share = Math.min(1, Math.max(0, slotsLeft));
  return first * share + second * (1 - share);
}

/** Evenly spread in [0, 1), the same for the same numbers (MurmurHash3's finaliser over each in turn). */
function hash(...numbers: readonly number[]): number {
  let h = 0x9e3779b9;
  for (const number of numbers) {
    h = Math.imul(h ^ number, 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    h ^= h >>> 16;
  }
  return (h >>> 0) / 2 ** 32;
}
