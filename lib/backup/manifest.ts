/** A file of a backup, as it has to be. */
export interface ManifestFile {
  /** In the backup's folder. */
  readonly path: string;
  readonly bytes: number;
  /** Hexadecimal, as `sha256sum` prints it. */
  readonly sha256: string;
}

/** What lies in a backup, as its `manifest.json` tells it. */
export interface Manifest {
  /** ISO 8601, UTC. */
  readonly made: string;
  /** IANA name of the zone whose days the files hold. */
  readonly timeZone: string;
  readonly files: readonly ManifestFile[];
  /** What could not be copied, and why. */
  readonly missing: readonly { readonly path: string; readonly reason: string }[];
}

/** Describes a file by its bytes. */
export async function describe(
  path: string,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<ManifestFile> {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return { path, bytes: bytes.length, sha256: digest.toHex() };
}
