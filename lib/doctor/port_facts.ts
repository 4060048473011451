import { readText, SystemError } from "../libc.ts";
import { sysfs } from "../sysfs.ts";
import { fileStatus, mayUse, realPath } from "./file_status.ts";
import type { TtyFacts } from "./port.ts";
import { isTty } from "./proc_text.ts";
import { findHolders, programOf } from "./processes.ts";
import { groupName } from "./user_facts.ts";

const GROUP_READS_AND_WRITES = 0o060;

/**
 * Looks at the port without opening it: that would raise its lines, and disturb whoever has it.
 *
 * @param seenByRoot the processes that root has seen with the port open; `null`: root has not looked
 */
export async function readTty(
  path: string,
  seenByRoot: readonly number[] | null = null,
): Promise<TtyFacts> {
  const real = realPath(path);
  const status = real === null ? null : fileStatus(real);
  if (real === null || status === null) {
    return { path, node: null, holders: [], hidden: 0, others: serialPorts() };
  }
  const { pids, hidden } = findHolders([real]);
  const isForGroup = (status.mode & GROUP_READS_AND_WRITES) === GROUP_READS_AND_WRITES;
  const node = {
    isTty: status.isCharDevice && isTty(readText("/proc/tty/drivers"), status.node),
    mayOpen: mayUse(real, "read", "write"),
    group: isForGroup ? await groupName(status.groupId) : null,
  };
  const holders = new Set([...pids.get(real) ?? [], ...seenByRoot ?? []]);
  holders.delete(Deno.pid);
  return {
    path,
    node,
    holders: [...holders].map(programOf).filter((program) => program !== null),
    hidden: seenByRoot === null ? hidden : 0,
    others: node.isTty ? [] : serialPorts(),
  };
}

/** Names that stay the same whatever is plugged in first, else those of the kernel. */
function serialPorts(): string[] {
  const stable = list("/dev/serial/by-id");
  return stable.length > 0
    ? stable
    : list("/dev").filter((path) => /^\/dev\/tty(USB|ACM)\d+$/.test(path));
}

function list(folder: string): string[] {
  try {
    return sysfs.list(folder).map((name) => `${folder}/${name}`).sort();
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    return [];
  }
}
