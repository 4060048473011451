import { host } from "./values.ts";
import { shown } from "./variables.ts";

/** What no variable can tell alone, a sentence each. It works on texts, so that it is told together with all other problems. */
export function contradictions(set: Readonly<Record<string, string | undefined>>): string[] {
  const problems: string[] = [];
  const { HOST = "127.0.0.1", ACCESS_TOKEN, ALLOW_OPEN, TLS_CERT, TLS_KEY } = set;
  if (host(HOST) && !isLoopback(HOST) && ACCESS_TOKEN === undefined && ALLOW_OPEN !== "1") {
    problems.push(
      `${shown("HOST", HOST)} lets other machines in: it takes an ACCESS_TOKEN of 16 or more ` +
        "characters beside it, or ALLOW_OPEN=1 if everyone may see the house's power.",
    );
  }
  if ((TLS_CERT === undefined) !== (TLS_KEY === undefined)) {
    const [given, other] = TLS_CERT === undefined
      ? ["TLS_KEY", "TLS_CERT"]
      : ["TLS_CERT", "TLS_KEY"];
    problems.push(`${shown(given, set[given] ?? "")} is set alone: HTTPS takes ${other} too.`);
  }
  const { ALARM_POWER_PIN = "17", ALARM_TONE_PIN = "18" } = set;
  if (Number(ALARM_POWER_PIN) === Number(ALARM_TONE_PIN)) {
    problems.push(
      `${shown("ALARM_TONE_PIN", ALARM_TONE_PIN)} is the power pin too: it takes a pin of its own.`,
    );
  }
  return problems;
}

function isLoopback(host: string): boolean {
  return host.toLowerCase() === "localhost" || host === "::1" || /^127(\.\d+){3}$/.test(host);
}
