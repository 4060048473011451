import { type Finding, listed, note, ok, wrong } from "./finding.ts";
import { ending, type Program, shown } from "./program.ts";
import type { UserFacts } from "./user.ts";

/** A tty on this machine. */
export interface TtyFacts {
  readonly path: string;
  /** `null`: nothing is there. */
  readonly node: {
    readonly isTty: boolean;
    /** Whether this user may read and write it. */
    readonly mayOpen: boolean;
    /** Whose members may, `null` when they may not. */
    readonly group: string | null;
  } | null;
  /** Who has it open. */
  readonly holders: readonly Program[];
  /** Processes of other users, of which only root may know what they have open. */
  readonly hidden: number;
  /** Serial ports that are there. */
  readonly others: readonly string[];
}

/** A port that another machine shares. */
export interface SharedPortFacts {
  readonly address: string;
  /** Why it cannot be had, with the remedy; `null`: it can; `undefined`: not tried, since the service uses it. */
  readonly problem: string | null | undefined;
}

/** Groups whose members are meant to use serial ports: Debian's, and what others call it. */
const PORT_GROUPS = ["dialout", "uucp", "plugdev", "tty"];

const SERVICE_UNIT = "mcce.service";

/** The group that the user must be in to open the port. */
export function portGroup({ node }: TtyFacts): string {
  return node?.group && PORT_GROUPS.includes(node.group) ? node.group : "dialout";
}

/** @param servicePid the running service's, `null` when there is none */
export function judgeTty(
  facts: TtyFacts,
  user: UserFacts,
  servicePid: number | null,
): Finding[] {
  const { path, node } = facts;
  if (node === null) {
    const remedy = `plug in the meter's USB cable, or ${whereElse(facts)}`;
    return [wrong(`port ${path}: not there`, remedy)];
  }
  if (!node.isTty) return [wrong(`port ${path}: no serial port`, whereElse(facts))];
  return [...judgeAccess(facts, user), ...judgeHolders(facts, servicePid)];
}

/** Where it is a group that is missing, the user's finding says so. */
function judgeAccess(facts: TtyFacts, user: UserFacts): Finding[] {
  const { path, node } = facts;
  const group = portGroup(facts);
  if (node?.mayOpen || !(user.isRoot || user.groups.includes(group))) return [];
  const remedy = `sudo chgrp ${group} ${path}; sudo chmod 660 ${path}`;
  return [wrong(`port ${path}: not for the group ${group}, in which user ${user.name} is`, remedy)];
}

function judgeHolders(facts: TtyFacts, servicePid: number | null): Finding[] {
  const { path, holders, hidden, node } = facts;
  const ours = holders.find(({ pid, unit }) => pid === servicePid || unit === SERVICE_UNIT);
  const others = holders.filter((one) => one !== ours);
  if (others.length > 0) {
    const by = `${listed(others.map(shown))}${ours ? ", besides mcce" : ""}`;
    return [wrong(`port ${path}: held by ${by}`, `end that: ${others.map(ending).join("; ")}`)];
  }
  const limits = hidden === 0
    ? ""
    : `; what other users' programs hold, only root can see: sudo fuser -v ${path}`;
  if (ours) return [ok(`port ${path}: there, held by mcce (pid ${ours.pid})${limits}`)];
  if (!node?.mayOpen) return [note(`port ${path}: there, but not for this user`)];
  return [ok(`port ${path}: there, and not in use${limits}`)];
}

function whereElse({ others }: TtyFacts): string {
  return others.length === 0
    ? "set SERIAL_PORT to the meter's port (ls /dev/serial/by-id shows it)"
    : `set SERIAL_PORT to ${others.join(" or ")}`;
}

export function judgeSharedPort({ address, problem }: SharedPortFacts): Finding[] {
  if (problem === undefined) return [ok(`port ${address}: in use by the service`)];
  if (problem === null) return [ok(`port ${address}: answers`)];
  return [{ level: "wrong", text: problem }];
}
