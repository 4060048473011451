import { UserError } from "../user_error.ts";

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "no room is left on the disk: remove what is not needed",
  EDQUOT: "the disk quota is used up: remove what is not needed",
  EROFS: "the disk is read-only: mount it for writing again, and mind that it may be failing",
  EIO: "the disk has an input/output error: it may be failing",
  EACCES: "the user of the service may not write there: give it that folder",
  EPERM: "the user of the service may not write there: give it that folder",
};

/** Why the disk refused, in one sentence that names the path. */
export function diskProblem(path: string, error: unknown): string {
  if (error instanceof UserError) return error.message;
  const message = error instanceof Error ? error.message : String(error);
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason = REASONS[code];
  return `${where(message) ?? path}: ${reason ?? message}`;
}

/** The path that Deno names itself: `Permission denied (os error 13): open '/data/journal/2026-11-22.csv'`. */
function where(message: string): string | undefined {
  return /\(os error \d+\): \w+ '([^']+)'/.exec(message)?.[1];
}
