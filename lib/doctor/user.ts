import { type Finding, listed, ok, wrong } from "./finding.ts";

/** Who runs this program. */
export interface UserFacts {
  readonly name: string;
  readonly isRoot: boolean;
  /** Names of the groups that this process is in. */
  readonly groups: readonly string[];
  /** Names of the groups that the machine's list has the user in: a process started earlier is not in a later one. */
  readonly assigned: readonly string[];
}

/** @param needed the groups without which something cannot be used */
export function judgeUser(user: UserFacts, needed: readonly string[]): Finding[] {
  const { name, isRoot, groups, assigned } = user;
  if (isRoot) return [ok("user root: needs no group")];
  const missing = needed.filter((group) => !groups.includes(group));
  if (missing.length === 0) {
    const which = `group${needed.length === 1 ? "" : "s"} ${listed(needed)}`;
    return [ok(`user ${name}: ${needed.length === 0 ? "needs no group" : `in the ${which}`}`)];
  }
  return missing.map((group) =>
    assigned.includes(group)
      ? wrong(
        `user ${name} was put into the group ${group} after logging in`,
        "log in again, and restart the service",
      )
      : wrong(
        `user ${name} is not in the group ${group}`,
        `sudo usermod -aG ${group} ${name}, then log in again`,
      )
  );
}
