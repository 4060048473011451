import { addDays } from "../calendar.ts";
import { counted, type Finding, listed, ok, wrong } from "./finding.ts";

/** What lies in the journal's folder. */
export interface JournalFacts {
  /** The dates of days with a file, oldest first. */
  readonly dates: readonly string[];
  /** Files with lines that are no reading, and how many. */
  readonly bad: readonly { readonly name: string; readonly lines: number }[];
  /** Files that cannot be read, a sentence each. */
  readonly unreadable: readonly string[];
}

/** A day that ended longer ago is one whose digest fails. */
const PENDING_DAYS = 2;

/** @param task how a task is called, such as `mcce digest` */
export function judgeJournal(
  { dates, bad, unreadable }: JournalFacts,
  today: string,
  task: (words: string) => string,
): Finding[] {
  const findings: Finding[] = unreadable.map((text) => ({ level: "wrong", text }));
  for (const { name, lines } of bad) {
    findings.push(wrong(
      `journal: ${name} has ${counted(lines, "line")} that ${
        lines === 1 ? "is" : "are"
      } no reading`,
      name.endsWith(".bad")
        ? "look at it, then remove it"
        : "look at it; its other lines are not lost",
    ));
  }
  const late = dates.filter((date) => date < addDays(today, -PENDING_DAYS));
  if (late.length > 0) {
    const which = late.length > 3 ? `${late[0]} to ${late.at(-1)}` : listed(late);
    findings.push(wrong(
      `journal: ${counted(late.length, "day")} not digested yet (${which})`,
      `${task("digest")} does it, or tells why not`,
    ));
  }
  if (findings.length > 0) return findings;
  return [ok(`journal: ${counted(dates.length, "day")} in it, none late, no bad line`)];
}
