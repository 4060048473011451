import { unwrap } from "../libc.ts";
import { machineCalls } from "./machine_calls.ts";
import type { UserFacts } from "./user.ts";

const MOST_GROUPS = 65_536; // NGROUPS_MAX of Linux

/** The user of this process, by the machine's lists (passwd(5), group(5)). */
export async function readUser(): Promise<UserFacts> {
  const uid = machineCalls().getuid();
  const groups = fields(await Deno.readTextFile("/etc/group"));
  const nameOf = (id: string) => groups.find(([, , gid]) => gid === id)?.[0] ?? id;
  const [name = String(uid), , , ownGroup = ""] =
    fields(await Deno.readTextFile("/etc/passwd")).find(([, , id]) => id === String(uid)) ?? [];
  const listing = groups.filter(([, , , members]) => members?.split(",").includes(name));
  return {
    name,
    isRoot: uid === 0,
    groups: processGroups().map((id) => nameOf(String(id))),
    assigned: [nameOf(ownGroup), ...listing.map(([group = ""]) => group)],
  };
}

/** The name of a group, its number where it has none. */
export async function groupName(id: number): Promise<string> {
  const groups = fields(await Deno.readTextFile("/etc/group"));
  return groups.find(([, , gid]) => gid === String(id))?.[0] ?? String(id);
}

function fields(text: string): string[][] {
  return text.split("\n").filter(Boolean).map((line) => line.split(":"));
}

function processGroups(): number[] {
  const ids = new Uint32Array(MOST_GROUPS);
  const count = unwrap(machineCalls().getgroups(ids.length, ids), "getgroups");
  // It need not name the group that counts for the process itself (getgroups(2)).
  return [...new Set([machineCalls().getegid(), ...ids.subarray(0, count)])];
}
