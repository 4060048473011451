import { cString, errno, SystemError, unwrap } from "../libc.ts";
import { machineCalls } from "./machine_calls.ts";

/** What the kernel says of a file; device numbers as `major:minor`. */
export interface FileStatus {
  readonly isCharDevice: boolean;
  /** Permission bits, as chmod takes them. */
  readonly mode: number;
  readonly groupId: number;
  /** What it lies on. */
  readonly device: string;
  readonly inode: number;
  /** Of a device node: the device behind it. */
  readonly node: string;
  /** As in the first column of /proc/self/mountinfo. */
  readonly mountId: number;
}

const AT_FDCWD = -100;
const PATH_BYTES = 4096;
const S_IFMT = 0o170000;
const S_IFCHR = 0o020000;
// struct statx of linux/stat.h, the same on every machine; STATX_BASIC_STATS and STATX_MNT_ID.
const STATX_BYTES = 256;
const STATX_MASK = 0x7ff | 0x1000;

/** The status of what a path leads to, `null` when nothing is there. Throws SystemError such as EACCES. */
export function fileStatus(path: string): FileStatus | null {
  const bytes = new Uint8Array(STATX_BYTES);
  if (machineCalls().statx(AT_FDCWD, cString(path), 0, STATX_MASK, bytes) < 0) {
    return absent(new SystemError(errno(), `look at ${path}`));
  }
  const view = new DataView(bytes.buffer);
  const number = (at: number) => view.getUint32(at, true);
  const long = (at: number) => Number(view.getBigUint64(at, true));
  const mode = view.getUint16(28, true);
  return {
    isCharDevice: (mode & S_IFMT) === S_IFCHR,
    mode: mode & 0o7777,
    groupId: number(24),
    inode: long(32),
    node: `${number(128)}:${number(132)}`,
    device: `${number(136)}:${number(140)}`,
    mountId: long(144),
  };
}

/** Whether this user may do so much with what lies there: `R_OK` and `W_OK` of access(2). */
export function mayUse(path: string, ...ways: ("read" | "write")[]): boolean {
  const mode = (ways.includes("read") ? 4 : 0) | (ways.includes("write") ? 2 : 0);
  return machineCalls().access(cString(path), mode) === 0;
}

/** The absolute path without links, `null` when nothing is there. Throws SystemError such as EACCES. */
export function realPath(path: string): string | null {
  const bytes = new Uint8Array(PATH_BYTES);
  if (machineCalls().realpath(cString(path), bytes) === null) {
    return absent(new SystemError(errno(), `look for ${path}`));
  }
  return new TextDecoder().decode(bytes.subarray(0, bytes.indexOf(0)));
}

/** What a link says; nothing behind it is touched. Throws SystemError. */
export function linkTarget(path: string): string {
  const bytes = new Uint8Array(PATH_BYTES);
  const count = machineCalls().readlink(cString(path), bytes, BigInt(bytes.length));
  return new TextDecoder().decode(bytes.subarray(0, unwrap(count, `read ${path}`)));
}

const ABSENT = ["ENOENT", "ENOTDIR", "ESRCH"];

function absent(error: SystemError): null {
  if (ABSENT.includes(error.code)) return null;
  throw error;
}
