import { C, cString, libc, readText, unwrap } from "./libc.ts";

/** What is done with the files below /sys, which Deno's own functions refuse. Each call throws a SystemError; tests pass their own. */
export interface Sysfs {
  /** The text of a file, without its line's end. */
  read(path: string): string;
  write(path: string, text: string): void;
  /** The names in a folder. */
  list(path: string): string[];
  /** Opens a file that is written many times. */
  open(path: string): SysfsFile;
}

/** A file that is held open for writing. */
export interface SysfsFile {
  readonly fd: number;
  write(text: string): void;
  /** Locks it for this process, until it is closed; `false` when another holds it. */
  lock(): boolean;
  close(): void;
}

/** The kernel's own. */
export const sysfs: Sysfs = {
  read: (path) => readText(path).trimEnd(),
  write(path, text) {
    // As the shell's `>`: sysfs takes no notice of O_TRUNC, a plain file would keep the end of a longer text.
    const file = openFile(path, C.O_WRONLY | C.O_TRUNC);
    try {
      file.write(text);
    } finally {
      file.close();
    }
  },
  list,
  open: (path) => openFile(path, C.O_WRONLY),
};

function openFile(path: string, flags: number): SysfsFile {
  const fd = unwrap(libc().open(cString(path), flags | C.O_CLOEXEC, 0), `open ${path}`);
  return {
    fd,
    write(text) {
      const bytes = new TextEncoder().encode(text);
      unwrap(libc().pwrite(fd, bytes, BigInt(bytes.length), 0n), `write ${path}`);
    },
    lock: () => libc().flock(fd, C.LOCK_EX | C.LOCK_NB) === 0,
    close: () => libc().close(fd),
  };
}

// struct linux_dirent64 of getdents64(2): inode and offset of 8 bytes each, the entry's length, a byte of type, the name up to a zero.
const ENTRY_LENGTH = 16;
const ENTRY_NAME = 19;

function list(path: string): string[] {
  const fd = unwrap(libc().open(cString(path), C.O_RDONLY | C.O_CLOEXEC, 0), `open ${path}`);
  const names: string[] = [];
  try {
    const bytes = new Uint8Array(32_768);
    const view = new DataView(bytes.buffer);
    for (;;) {
      const length = unwrap(libc().getdents64(fd, bytes, BigInt(bytes.length)), `list ${path}`);
      if (length === 0) return names.filter((name) => name !== "." && name !== "..");
      for (let at = 0; at < length; at += view.getUint16(at + ENTRY_LENGTH, true)) {
        const end = bytes.indexOf(0, at + ENTRY_NAME);
        names.push(new TextDecoder().decode(bytes.subarray(at + ENTRY_NAME, end)));
      }
    }
  } finally {
    libc().close(fd);
  }
}
