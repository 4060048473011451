const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "no room is left on the disk",
  EDQUOT: "the disk quota is used up",
  EROFS: "the disk is read-only",
  EIO: "the disk has an input/output error",
  EACCES: "the user of the service may not write there",
  EPERM: "the user of the service may not write there",
};

/** Why the disk refused, in one sentence that names the path. */
export function diskProblem(path: string, error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  const reason = REASONS[code] ?? (error instanceof Error ? error.message : String(error));
  return `${path}: ${reason}`;
}
