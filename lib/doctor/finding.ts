/** What a check has found. */
export interface Finding {
  /** `wrong` has a remedy and is counted; `note` is worth knowing, and may be as it should. */
  readonly level: "ok" | "note" | "wrong";
  /** Names the thing; one line. */
  readonly text: string;
}

export function ok(text: string): Finding {
  return { level: "ok", text };
}

export function note(text: string): Finding {
  return { level: "note", text };
}

/** @param remedy what to do about it, best a command */
export function wrong(problem: string, remedy: string): Finding {
  return { level: "wrong", text: `${problem}: ${remedy}` };
}

const WORDS = { ok: "ok   ", note: "note ", wrong: "WRONG" };

/** A finding as it is printed. */
export function findingLine({ level, text }: Finding): string {
  return `${WORDS[level]} ${text}`;
}

/** `1 problem`, `2 problems`. */
export function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  return words.join(", ").replace(/, ([^,]+)$/, " and $1");
}
