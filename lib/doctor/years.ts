import { counted, type Finding, listed, note, ok } from "./finding.ts";

/** What a look into a yearly file gave. */
export interface YearFacts {
  readonly path: string;
  readonly days: number;
  /** How many days' readings were unpacked. */
  readonly unpacked: number;
  /** One sentence with its remedy, `null` when it is whole. */
  readonly problem: string | null;
  /** Another program is writing to it, or a power cut interrupted one. */
  readonly isBusy: boolean;
}

export function judgeYears(years: readonly YearFacts[], databasePath: string): Finding[] {
  if (years.length === 0) return [ok(`yearly files: no ${databasePath}.YYYY yet`)];
  const findings = years.flatMap(({ path, problem, isBusy }): Finding[] => {
    if (problem === null) return [];
    return [
      isBusy
        ? note(`${path}: not looked at, since it is being written; run this again`)
        : { level: "wrong", text: problem },
    ];
  });
  const whole = years.filter(({ problem }) => problem === null);
  if (whole.length === 0) return findings;
  const sum = (of: (year: YearFacts) => number) => whole.reduce((sum, year) => sum + of(year), 0);
  const names = listed(whole.map(({ path }) => path.slice(-"YYYY".length)));
  const days = counted(sum(({ days }) => days), "day");
  const unpacked = sum(({ unpacked }) => unpacked);
  return [
    ok(`yearly files: ${names} whole, ${days}, the readings of ${unpacked} unpacked`),
    ...findings,
  ];
}
