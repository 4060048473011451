import { type Finding, listed, note, ok, wrong } from "./finding.ts";

/** The memory of the machine, in bytes. */
export interface MemoryFacts {
  readonly total: number;
  /** What programs can have without any giving way. */
  readonly available: number;
}

/** What the service takes, with everything on. */
const SERVICE_BYTES = 85e6;
/** What a service that runs already must find besides, for a digest. */
const SPARE_BYTES = 30e6;

export function judgeMemory({ total, available }: MemoryFacts, serviceRuns: boolean): Finding[] {
  const of = `${megabytes(available)} of ${megabytes(total)} MB free`;
  return available < (serviceRuns ? SPARE_BYTES : SERVICE_BYTES)
    ? [wrong(`memory: ${of}`, "end programs that are not needed; top names the largest")]
    : [ok(`memory: ${of}`)];
}

function megabytes(bytes: number): string {
  return (bytes / 1e6).toFixed(0);
}

/** The release that every test runs on; it exists for x64 and arm64. */
export const DENO_VERSION = "2.9.5";

export function judgeDeno(version: string): Finding[] {
  if (version === DENO_VERSION) return [ok(`Deno: ${version}`)];
  const minor = (text: string) => text.split(".").slice(0, 2).join(".");
  const problem = `Deno: ${version}, where MCCE is tried on ${DENO_VERSION}`;
  return minor(version) === minor(DENO_VERSION) ? [note(problem)] : [
    wrong(
      problem,
      `deno upgrade --version ${DENO_VERSION}, or install MCCE by deploy/install.sh`,
    ),
  ];
}

/** Permissions by the names of their flags, `true` where they are granted for everything. */
export type PermissionFacts = Readonly<Record<string, boolean>>;

/** What this program asks for, and what no part of MCCE does. */
const NEEDED = ["ffi", "read", "net", "env"];
const NEVER = ["run", "sys"];

/** @param service the words by which the running service was started, none when it is not known */
export function judgePermissions(own: PermissionFacts, service: readonly string[]): Finding[] {
  const flags = (names: readonly string[]) => names.map((name) => `--allow-${name}`).join(" ");
  const missing = NEEDED.filter((name) => !own[name]);
  const surplus = NEVER.filter((name) => own[name]);
  const findings: Finding[] = [];
  if (missing.length > 0) {
    findings.push(wrong(
      `permissions: ${flags(missing)} missing, so what needs ${
        missing.length === 1 ? "it" : "them"
      } is not seen`,
      "run deno task doctor, which grants what it takes",
    ));
  }
  if (surplus.length > 0) {
    findings.push(wrong(
      `permissions: ${flags(surplus)} granted, which nothing here needs`,
      "run the tasks as deno.json has them, without -A",
    ));
  }
  const end = service.findIndex((word) => /main\.[jt]s$/.test(word));
  const broad = service.slice(0, end + 1).filter((word) =>
    /^(-\w*[AS]\w*|--allow-(all|run|sys)(=.*)?)$/.test(word)
  );
  if (broad.length > 0) {
    findings.push(wrong(
      `permissions: the service runs with ${broad.join(" ")}, which it does not need`,
      "start it by deno task start or by deploy/mcce.service",
    ));
  }
  return findings.length > 0 ? findings : [ok(`permissions: ${listed(NEEDED)}, none too many`)];
}
