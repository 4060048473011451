import { dirname } from "node:path";
import { cString, libc, SystemError, unwrap } from "./libc.ts";

/** The room of a disk. */
export interface DiskRoom {
  readonly totalBytes: number;
  /** For users other than root. */
  readonly freeBytes: number;
}

/**
 * The room of the disk that `path` lies on, or will lie on: what is not there yet has its parent's.
 *
 * @throws SystemError
 */
export function diskRoom(path: string): DiskRoom {
  // struct statvfs of glibc on x86_64 and aarch64: 11 words of 8 bytes, then 24 bytes that are spare.
  const words = new BigUint64Array(14);
  try {
    unwrap(libc().statvfs(cString(path), words), `look at the disk of ${path}`);
  } catch (error) {
    const isAbsent = error instanceof SystemError && error.code === "ENOENT";
    if (!isAbsent || dirname(path) === path) throw error;
    return diskRoom(dirname(path));
  }
  const [, unit = 0n, total = 0n, , available = 0n] = words;
  return { totalBytes: Number(unit * total), freeBytes: Number(unit * available) };
}
