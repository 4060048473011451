/** Readers of the kernel's texts in /proc (proc(5)). */

/** The processes that hold a lock of the whole file (flock) on it. @param device `major:minor` */
export function lockHolders(locks: string, device: string, inode: number): number[] {
  const pids = locks.split("\n").flatMap((line) => {
    // `1: FLOCK  ADVISORY  WRITE 412 fe:00:2204954 0 EOF`, and with `->` behind the number for one that waits.
    const match = /^\d+: FLOCK +\w+ +\w+ +(\d+) ([\da-f]+):([\da-f]+):(\d+) /.exec(line);
    if (match === null) return [];
    const [, pid, major = "", minor = "", number] = match;
    const at = `${parseInt(major, 16)}:${parseInt(minor, 16)}`;
    return at === device && Number(number) === inode ? [Number(pid)] : [];
  });
  return [...new Set(pids)];
}

/** What a process is known by: its program, and the script when that is run by another program. */
export function programName(commandLine: string, comm: string): string {
  const [program = "", ...words] = commandLine.split("\0");
  const name = program.split("/").at(-1);
  if (!name) return comm.trim();
  const script = words.find((word) => /^[^-].*\.(py|[cm]?[jt]s|sh|pl|rb)$/.test(word));
  return script ? `${name} ${script.split("/").at(-1)}` : name;
}

/** The unit of systemd that a process belongs to, by its control group; `null` for what a person started. */
export function unitOf(cgroup: string): string | null {
  return /\/([^/\n]+\.service)$/m.exec(cgroup.replace(/.*\/user\.slice\/.*/g, ""))?.[1] ?? null;
}

/** Whether a character device is a tty, by /proc/tty/drivers. @param node `major:minor` */
export function isTty(drivers: string, node: string): boolean {
  const [major, minor = 0] = node.split(":").map(Number);
  return drivers.split("\n").some((line) => {
    // `pty_slave            /dev/pts      136 0-1048575 pty:slave`; a name may have spaces.
    const match = / (\d+) +(\d+)(?:-(\d+))? +\S+ *$/.exec(line);
    if (match === null) return false;
    const [, of, first, last = first] = match;
    return Number(of) === major && minor >= Number(first) && minor <= Number(last);
  });
}

/** A file system where it is mounted. */
export interface Mount {
  /** Such as `ext4`. */
  readonly type: string;
  /** Such as `/dev/mmcblk0p2`. */
  readonly source: string;
  /** Of the mount and of the file system, such as `noatime` and `commit=60`. */
  readonly options: readonly string[];
}

/** The mount of that number in /proc/self/mountinfo, `null` when it is not there. */
export function mountOf(mountInfo: string, id: number): Mount | null {
  const line = mountInfo.split("\n").find((line) => line.startsWith(`${id} `));
  // `27 1 254:0 / / rw,relatime shared:1 - ext4 /dev/vda rw,discard`
  const match = /^(?:\S+ ){5}(\S+) .*?- (\S+) (\S+) (\S+)$/.exec(line ?? "");
  if (match === null) return null;
  const [, own = "", type = "", source = "", shared = ""] = match;
  return { type, source, options: [...new Set([...own.split(","), ...shared.split(",")])] };
}

/** The bytes of a line of /proc/meminfo, such as `MemAvailable`; `null` when it is not there. */
export function memoryBytes(memInfo: string, name: string): number | null {
  const match = new RegExp(`^${name}: +(\\d+) kB$`, "m").exec(memInfo);
  return match === null ? null : Number(match[1]) * 1024;
}
