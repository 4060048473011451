/** One tier of the contract: the grid's meter cuts off once power has been at or above `watts` for `seconds`. */
export interface Tier {
  readonly watts: number;
  readonly seconds: number;
}

/** A contract of 3 kW with the cap that this project's user found. */
export const DEFAULT_TIERS: readonly Tier[] = [
  { watts: 3300, seconds: 180 * 60 },
  { watts: 4200, seconds: 2 * 60 },
];

const SECONDS = { s: 1, m: 60, h: 3600 } as const;
const MAX_WATTS = 100_000;
const DAY_SECONDS = 86_400;

/**
 * Reads `3300:180m,4200:2m`: one to eight tiers with rising watts and times in s, m or h of at most a day; the last is
 * the cap. `undefined` for anything else.
 */
export function parseTiers(text: string): readonly Tier[] | undefined {
  const tiers: Tier[] = [];
  for (const part of text.split(",")) {
    const match = /^\s*(\d{1,6}):(\d{1,5})([smh])\s*$/.exec(part);
    if (match === null) return undefined;
    const watts = Number(match[1]);
    const seconds = Number(match[2]) * SECONDS[match[3] as keyof typeof SECONDS];
    if (watts <= (tiers.at(-1)?.watts ?? 0) || watts > MAX_WATTS) return undefined;
    if (seconds < 1 || seconds > DAY_SECONDS) return undefined;
    tiers.push({ watts, seconds });
  }
  return tiers.length <= 8 ? tiers : undefined;
}

/** The text that `parseTiers` reads back as the same tiers. */
export function formatTiers(tiers: readonly Tier[]): string {
  return tiers.map(({ watts, seconds }) =>
    `${watts}:${seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`}`
  ).join(",");
}

/**
 * The tiers of an Italian contract of so many kW: its meter lets 110 % pass without limit, somewhat more for about three
 * hours and 133 % for about two minutes. No public source gives the figures; they are those that users report.
 */
export function contractTiers(contractKw: number): readonly Tier[] {
  return [
    { watts: Math.round(contractKw * 1100), seconds: 180 * 60 },
    { watts: Math.round(contractKw * 1330), seconds: 2 * 60 },
  ];
}
