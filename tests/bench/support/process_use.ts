import { readText } from "../../../lib/libc.ts";

/** The unit of times in /proc/PID/stat: USER_HZ, the same on every Linux of today (proc_pid_stat(5)). */
const TICKS_A_SECOND = 100;
const UTIME = 11;
const STIME = 12;

/** Processor time that a process has used with all its threads, in seconds. */
export function cpuSeconds(pid: number): number {
  const stat = readText(`/proc/${pid}/stat`);
  // The name before it, in brackets, may hold blanks.
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[UTIME]) + Number(fields[STIME])) / TICKS_A_SECOND;
}

/** Share of one core that a process uses while `during` lasts, in percent. */
export async function corePercent(pid: number, during: () => Promise<void>): Promise<number> {
  const [cpuBefore, startMs] = [cpuSeconds(pid), performance.now()];
  await during();
  return 100_000 * (cpuSeconds(pid) - cpuBefore) / (performance.now() - startMs);
}

/** What a process holds. */
export interface Holdings {
  /** Resident, in MB of 10^6 bytes. */
  readonly memoryMB: number;
  /** What of it is no file's: the heaps and the stacks. */
  readonly anonymousMB: number;
  /** The most that `memoryMB` ever was. */
  readonly peakMB: number;
  readonly threads: number;
  /** Open descriptors. */
  readonly descriptors: number;
}

/** What a process holds now. */
export function holdings(pid: number): Holdings {
  const status = readText(`/proc/${pid}/status`);
  const of = (name: string) =>
    Number(new RegExp(`^${name}:\\s*(\\d+)`, "m").exec(status)?.[1] ?? NaN);
  const places = Array.from({ length: of("FDSize") }, (_, fd) => fd);
  return {
    memoryMB: of("VmRSS") * 1024 / 1e6,
    anonymousMB: of("RssAnon") * 1024 / 1e6,
    peakMB: of("VmHWM") * 1024 / 1e6,
    threads: of("Threads"),
    // Deno lists no folder below /proc, so each place is tried.
    descriptors: places.filter((fd) => isThere(`/proc/${pid}/fdinfo/${fd}`)).length,
  };
}

/** The most descriptors that a process may have. */
export function mostDescriptors(pid: number): number {
  const limit = /^Max open files\s+(\d+)/m.exec(readText(`/proc/${pid}/limits`))?.[1];
  return Number(limit ?? Infinity);
}

function isThere(path: string): boolean {
  try {
    readText(path);
    return true;
  } catch {
    return false;
  }
}
