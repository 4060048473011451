import type { Config } from "../config.ts";
import { judgeClock, judgeZone } from "../doctor/clock.ts";
import { readClock } from "../doctor/clock_facts.ts";
import { fileStatus, mayUse, realPath } from "../doctor/file_status.ts";
import type { Finding } from "../doctor/finding.ts";
import {
  judgeDeno,
  judgeMemory,
  judgePermissions,
  type PermissionFacts,
} from "../doctor/machine.ts";
import { readMemory } from "../doctor/machine_facts.ts";
import { readBuzzer } from "../doctor/pin_facts.ts";
import { judgeBuzzer, PIN_GROUP } from "../doctor/pins.ts";
import { judgeSharedPort, judgeTty, portGroup } from "../doctor/port.ts";
import { readTty } from "../doctor/port_facts.ts";
import { commandLine, findHolders, programOf } from "../doctor/processes.ts";
import { judgeService } from "../doctor/service.ts";
import { askService, readUnit } from "../doctor/service_facts.ts";
import { readSharedPort } from "../doctor/shared_port_facts.ts";
import { judgeUser, type UserFacts } from "../doctor/user.ts";
import { readUser } from "../doctor/user_facts.ts";
import { serviceLockPath } from "../store/folder_lock.ts";
import { sysfs } from "../sysfs.ts";
import { STORE_CHECKS } from "./doctor_store_checks.ts";
import project from "../../deno.json" with { type: "json" };

/** What the checks start from. */
export interface Patient {
  readonly config: Config;
  readonly permissions: PermissionFacts;
  readonly user: UserFacts;
  /** Of the service on the journal's folder, `null`: none runs. */
  readonly servicePid: number | null;
  /** Who has the port open, where root has looked; `null`: nobody has. */
  readonly portHolders: readonly number[] | null;
  /** Whether this program is the installed one. */
  readonly isInstalled: boolean;
  /** How a task is called here. */
  readonly task: (words: string) => string;
}

/** A part of the machine. */
export interface Check {
  readonly about: string;
  readonly look: (patient: Patient) => Promise<readonly Finding[]>;
}

const INSTALLED = "/usr/local/lib/mcce/";

export async function patientOf(
  config: Config,
  permissions: PermissionFacts,
  portHolders: readonly number[] | null,
): Promise<Patient> {
  const isInstalled = import.meta.url.includes(INSTALLED);
  return {
    ...{ config, permissions, portHolders, isInstalled },
    user: await readUser(),
    servicePid: holdersOf(serviceLockPath(config.journalDir))[0] ?? null,
    task: (words) => `${isInstalled ? "mcce" : "deno task"} ${words}`,
  };
}

function holdersOf(path: string): number[] {
  const real = realPath(path);
  if (real === null) return [];
  return [...findHolders([real]).pids.get(real) ?? []].filter((pid) => pid !== Deno.pid);
}

/** In the order in which they are told. */
export const CHECKS: readonly Check[] = [
  { about: "service", look: lookAtService },
  { about: "port and pins", look: lookAtPorts },
  { about: "clock", look: lookAtClock },
  ...STORE_CHECKS,
  { about: "machine", look: lookAtMachine },
];

async function lookAtService(
  { config, servicePid, isInstalled }: Patient,
): Promise<Finding[]> {
  return judgeService({
    ...await askService(config),
    pid: servicePid,
    unit: await readUnit(),
    version: project.version,
    isInstalled,
  });
}

/** The meter's port and the buzzer's pins, with the groups that they take. */
async function lookAtPorts(patient: Patient): Promise<Finding[]> {
  const { config: { serialPort, alarm }, user, servicePid, portHolders } = patient;
  const tty = serialPort.startsWith("tcp://") ? null : await readTty(serialPort, portHolders);
  const buzzer = readBuzzer(alarm, {
    files: sysfs,
    mayWrite: (path) => fileStatus(path) !== null && mayUse(path, "write"),
    lockedBy: (path) => {
      const [pid] = holdersOf(path).filter((pid) => pid !== servicePid);
      return pid === undefined ? null : programOf(pid);
    },
  });
  const groups = [...(tty ? [portGroup(tty)] : []), ...(buzzer?.hasChip ? [PIN_GROUP] : [])];
  return [
    ...(tty
      ? judgeTty(tty, user, servicePid)
      : judgeSharedPort(await readSharedPort(serialPort, servicePid !== null))),
    ...judgeUser(user, groups),
    ...judgeBuzzer(buzzer, user),
  ];
}

async function lookAtClock({ config }: Patient): Promise<Finding[]> {
  return [
    ...judgeClock(await readClock()),
    ...judgeZone(config.timeZone, Temporal.Now.timeZoneId()),
  ];
}

function lookAtMachine({ permissions, servicePid }: Patient): Promise<Finding[]> {
  const memory = readMemory();
  return Promise.resolve([
    ...(memory ? judgeMemory(memory, servicePid !== null) : []),
    ...judgeDeno(Deno.version.deno),
    ...judgePermissions(permissions, servicePid === null ? [] : commandLine(servicePid)),
  ]);
}
