import { type Finding, ok, wrong } from "./finding.ts";

/** What keeps the clock right. */
export interface ClockFacts {
  /** Whether systemd-timesyncd runs, and whether it has set the clock since the start; `null`: it does not run. */
  readonly isTimesyncDone: boolean | null;
  /** Whether any program keeps the kernel's clock within 16 s of the right time. */
  readonly isKept: boolean;
}

export function judgeClock({ isTimesyncDone, isKept }: ClockFacts): Finding[] {
  if (isTimesyncDone === false) {
    return [wrong(
      "clock: network time has not set it since the start (readings wait for that, at most 10 minutes)",
      "see to the network; timedatectl timesync-status tells more",
    )];
  }
  if (isKept) return [ok("clock: kept right by network time")];
  return [
    isTimesyncDone === null
      ? wrong("clock: nothing keeps it right", "sudo apt-get install systemd-timesyncd")
      : wrong(
        "clock: network time has not come for hours",
        "see to the network; timedatectl timesync-status tells more",
      ),
  ];
}

const UNIVERSAL = /^(Etc\/)?(UTC|UCT|GMT([+-]?0)?|Universal|Zulu|Greenwich)$/;

/** @param system the machine's zone */
export function judgeZone(timeZone: string, system: string): Finding[] {
  if (UNIVERSAL.test(timeZone)) {
    return [wrong(
      `time zone: ${timeZone}, by which days begin at 1 or 2 at night in Italy`,
      "set TIME_ZONE=Europe/Rome, or sudo timedatectl set-timezone Europe/Rome",
    )];
  }
  const differs = timeZone === system ? "" : `; the machine's own is ${system}`;
  return [ok(`time zone: ${timeZone}${differs}`)];
}
