import { readText, SystemError } from "../libc.ts";
import { sysfs } from "../sysfs.ts";
import { fileStatus, linkTarget } from "./file_status.ts";
import type { Program } from "./program.ts";
import { lockHolders, programName, unitOf } from "./proc_text.ts";

/** Who has files open or locked. */
export interface Holders {
  /** Process ids by path. */
  readonly pids: ReadonlyMap<string, ReadonlySet<number>>;
  /** Processes of other users, of which only root may know what they have open. */
  readonly hidden: number;
}

/** Looks who holds the files, by their paths without links. None is opened, and no lock is tried. */
export function findHolders(paths: readonly string[]): Holders {
  const pids = new Map(paths.map((path) => [path, new Set(lockedBy(path))]));
  let hidden = 0;
  for (const pid of processIds()) {
    const files = openFiles(pid);
    if (files === null) hidden++;
    for (const [path, holders] of pids) {
      if (files?.some((file) => file.path === path && isSame(file.link, path))) holders.add(pid);
    }
  }
  return { pids, hidden };
}

/** In a container a path may be another file's. */
function isSame(a: string, b: string): boolean {
  const [one, other] = [fileStatus(a), fileStatus(b)];
  return one !== null && one.device === other?.device && one.inode === other.inode;
}

/** What is known of a process, `null` when it has ended. */
export function programOf(pid: number): Program | null {
  try {
    const [line, comm] = [readText(`/proc/${pid}/cmdline`), readText(`/proc/${pid}/comm`)];
    return { pid, name: programName(line, comm), unit: unitOf(readText(`/proc/${pid}/cgroup`)) };
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    return null;
  }
}

/** The words by which a process was started, none when it has ended. */
export function commandLine(pid: number): string[] {
  try {
    return readText(`/proc/${pid}/cmdline`).split("\0").slice(0, -1);
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    return [];
  }
}

/** A lock may outlive the process that took it, in a child; that one is found by what it has open. */
function lockedBy(path: string): number[] {
  const status = fileStatus(path);
  if (status === null) return [];
  const pids = lockHolders(readText("/proc/locks"), status.device, status.inode);
  return pids.filter((pid) => programOf(pid) !== null);
}

function processIds(): number[] {
  return sysfs.list("/proc").filter((name) => /^\d+$/.test(name)).map(Number);
}

/** What the process has open, by its path, and the kernel's link to it; `null` when that is not for this user to know. */
function openFiles(pid: number): { readonly path: string; readonly link: string }[] | null {
  const folder = `/proc/${pid}/fd`;
  try {
    return sysfs.list(folder).flatMap((fd) => {
      const link = `${folder}/${fd}`;
      try {
        return [{ path: linkTarget(link), link }];
      } catch (error) {
        if (!(error instanceof SystemError)) throw error;
        // It was closed just now.
        return [];
      }
    });
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    // A thread of the kernel has no command line, and nothing open.
    const isHidden = error.code === "EACCES" && commandLine(pid).length > 0;
    return isHidden ? null : [];
  }
}
