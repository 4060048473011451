import { type Finding, note, ok, wrong } from "./finding.ts";

/** What the address of the settings answers to `/health`. */
export type ServiceAnswer =
  | {
    readonly kind: "health";
    readonly version: string | null;
    /** What is not well, such as `meter: searching; …`. */
    readonly ailing: readonly string[];
  }
  /** `closed`: nothing listens. `silent`: no answer, for another reason. */
  | { readonly kind: "closed" | "silent" | "other program" | "refuses the token" }
  | { readonly kind: "refused certificate"; readonly reason: string };

/** The service on this machine. */
export interface ServiceFacts {
  /** `http://127.0.0.1:8000`. */
  readonly url: string;
  /** Who holds the folder of the journal, `null`: nobody. */
  readonly pid: number | null;
  /** `null`: any free port was asked for, so that it is not known where it listens. */
  readonly answer: ServiceAnswer | null;
  /** Whether systemd knows it, and whether it starts with the machine. */
  readonly unit: "enabled" | "disabled" | "absent";
  /** Of this program. */
  readonly version: string;
  /** Whether this program is the installed one. */
  readonly isInstalled: boolean;
}

export function judgeService(facts: ServiceFacts): Finding[] {
  const { unit, isInstalled } = facts;
  const findings = judgeRunning(facts);
  if (unit === "disabled") {
    findings.push(wrong("service: does not start with the machine", "sudo systemctl enable mcce"));
  }
  if (unit !== "absent" && !isInstalled) {
    findings.push(
      note("service: another MCCE is installed on this machine; mcce doctor looks at it"),
    );
  }
  return findings;
}

function judgeRunning(facts: ServiceFacts): Finding[] {
  const { url, pid, answer, isInstalled } = facts;
  const { log, restart } = remedies(isInstalled);
  const by = pid === null ? "" : ` (pid ${pid})`;
  switch (answer?.kind) {
    case undefined:
      return [
        ok(pid === null ? "service: not running" : `service: running${by}, on any free port`),
      ];
    case "health":
      return judgeHealth(facts, answer, by);
    case "closed":
      if (pid === null) return [notRunning(isInstalled)];
      return [wrong(`service: running${by}, but nothing listens at ${url}`, `${restart}; ${log}`)];
    case "silent":
      return [wrong(`service: ${url} gives no answer${by}`, `${restart}; ${log}`)];
    case "other program":
      return [
        wrong(`service: another program answers at ${url}`, "end that, or set PORT to a free one"),
      ];
    case "refuses the token":
      return [
        wrong(`service: ${url} does not take this ACCESS_TOKEN`, `${restart} if it was changed`),
      ];
    case "refused certificate": {
      const remedy = "renew what TLS_CERT names, or make this machine trust who issued it";
      return [wrong(`service: the certificate of ${url} is refused (${answer.reason})`, remedy)];
    }
  }
}

function judgeHealth(
  { url, pid, version, isInstalled }: ServiceFacts,
  answer: Extract<ServiceAnswer, { kind: "health" }>,
  by: string,
): Finding[] {
  const { log, restart } = remedies(isInstalled);
  const findings = answer.ailing.map((text) => wrong(`service: ${text}`, log));
  if (answer.version !== null && answer.version !== version) {
    findings.push(wrong(`service: runs version ${answer.version}, this is ${version}`, restart));
  }
  if (pid === null) findings.push(note(`service: ${url} answers, but for another JOURNAL_DIR`));
  if (findings.length > 0) return findings;
  return [ok(`service: ${url} answers, version ${version}${by}, all well`)];
}

function notRunning(isInstalled: boolean): Finding {
  const { log } = remedies(isInstalled);
  return isInstalled
    ? wrong("service: not running", `sudo systemctl start mcce; ${log}`)
    : note("service: not running; deno task start runs it");
}

/** How to look at the service and start it anew, where systemd runs it and where a person does. */
function remedies(isInstalled: boolean): { readonly log: string; readonly restart: string } {
  return isInstalled
    ? { log: "journalctl -u mcce -n 50 tells more", restart: "sudo systemctl restart mcce" }
    : { log: "its log tells more", restart: "start it anew" };
}
