import { ConfigError, examineConfig } from "../config.ts";
import { counted, type Finding, findingLine, note } from "../doctor/finding.ts";
import { judgePermissions } from "../doctor/machine.ts";
import { readPermissions } from "../doctor/machine_facts.ts";
import { SystemError } from "../libc.ts";
import { UserError } from "../user_error.ts";
import { type Check, CHECKS, patientOf } from "./doctor_checks.ts";

/** Without these nothing can be looked at. */
const VITAL = ["ffi", "read", "env"];

/**
 * `deno task doctor`: looks at this machine and prints a line for each finding; nothing is changed, and nothing taken from
 * a running service. `--port-holders=PID,…`: who has the port open, as the command `mcce` has seen while it was root.
 * Throws UserError when anything is wrong, ConfigError for bad use.
 */
export async function runDoctor(
  args: readonly string[],
  print: (line: string) => void,
  checks: readonly Check[] = CHECKS,
): Promise<void> {
  const portHolders = parseWords(args);
  let problems = 0;
  const tell = (findings: readonly Finding[]) => {
    for (const finding of findings) {
      print(findingLine(finding));
      if (finding.level === "wrong") problems++;
    }
  };
  const permissions = await readPermissions();
  if (VITAL.some((name) => !permissions[name])) tell(judgePermissions(permissions, []));
  else {
    const { config, problems: refused } = await examineConfig();
    tell(refused.map((text) => ({ level: "wrong", text })));
    const patient = await patientOf(config, permissions, portHolders);
    for (const { about, look } of checks) {
      tell(await look(patient).catch((error) => [notSeen(about, error)]));
    }
  }
  if (problems > 0) throw new UserError(`${counted(problems, "problem")} found.`);
  print("Nothing is wrong.");
}

/** Who has the port open; `null`: it is for the doctor to find out. */
function parseWords(args: readonly string[]): number[] | null {
  if (args.length === 0) return null;
  const [, pids] = /^--port-holders=(\d+(?:,\d+)*|)$/.exec(args.join(" ")) ?? [];
  if (pids !== undefined) return pids.split(",").filter(Boolean).map(Number);
  throw new ConfigError([`${args.join(" ")} is not understood: doctor takes no words.`]);
}

/** A machine on which something cannot be looked at need not be ill. Throws what is no refusal of the system's. */
function notSeen(about: string, error: unknown): Finding {
  const isRefusal = error instanceof SystemError || error instanceof UserError ||
    error instanceof Deno.errors.NotCapable || (error instanceof Error && "code" in error);
  if (!isRefusal) throw error;
  return note(`${about}: cannot be looked at here (${error.message})`);
}
