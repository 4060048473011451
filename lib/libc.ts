import { errnoName } from "./errno_names.ts";
import { UserError } from "./user_error.ts";

const SYMBOLS = {
  __errno_location: { parameters: [], result: "pointer" },
  memcpy: { parameters: ["buffer", "pointer", "usize"], result: "pointer" },
  open: { parameters: ["buffer", "i32", "u32"], result: "i32" },
  close: { parameters: ["i32"], result: "i32" },
  read: { parameters: ["i32", "buffer", "usize"], result: "isize" },
  write: { parameters: ["i32", "buffer", "usize"], result: "isize" },
  pwrite: { parameters: ["i32", "buffer", "usize", "i64"], result: "isize" },
  getdents64: { parameters: ["i32", "buffer", "usize"], result: "isize" },
  // The one call that waits, and so the one on another thread, where its errno cannot be read.
  poll: { parameters: ["buffer", "u64", "i32"], result: "i32", nonblocking: true },
  flock: { parameters: ["i32", "i32"], result: "i32" },
  eventfd: { parameters: ["u32", "i32"], result: "i32" },
  tcgetattr: { parameters: ["i32", "buffer"], result: "i32" },
  tcsetattr: { parameters: ["i32", "i32", "buffer"], result: "i32" },
  tcflush: { parameters: ["i32", "i32"], result: "i32" },
  cfmakeraw: { parameters: ["buffer"], result: "void" },
  cfsetspeed: { parameters: ["buffer", "u32"], result: "i32" },
  posix_openpt: { parameters: ["i32"], result: "i32" },
  grantpt: { parameters: ["i32"], result: "i32" },
  unlockpt: { parameters: ["i32"], result: "i32" },
  ptsname_r: { parameters: ["i32", "buffer", "usize"], result: "i32" },
  clock_gettime: { parameters: ["i32", "buffer"], result: "i32" },
  // Holds up its thread: for the tone's own only.
  clock_nanosleep: { parameters: ["i32", "i32", "buffer", "buffer"], result: "i32" },
  prctl: { parameters: ["i32", "u64"], result: "i32" },
  statvfs: { parameters: ["buffer", "buffer"], result: "i32" },
  getsockopt: { parameters: ["i32", "i32", "i32", "buffer", "buffer"], result: "i32" },
  setsockopt: { parameters: ["i32", "i32", "i32", "buffer", "u32"], result: "i32" },
  malloc_trim: { parameters: ["usize"], result: "i32" },
  getsockname: { parameters: ["i32", "buffer", "buffer"], result: "i32" },
  getpeername: { parameters: ["i32", "buffer", "buffer"], result: "i32" },
  shutdown: { parameters: ["i32", "i32"], result: "i32" },
  socket: { parameters: ["i32", "i32", "i32"], result: "i32" },
  sendto: { parameters: ["i32", "buffer", "usize", "i32", "buffer", "u32"], result: "isize" },
} as const;

const PATHS: Readonly<Record<string, string>> = {
  x86_64: "/lib/x86_64-linux-gnu/libc.so.6",
  aarch64: "/lib/aarch64-linux-gnu/libc.so.6",
};

/** Where it lies on this machine, `undefined` on one that is not supported: the path that `--allow-ffi` has to name. */
export const LIBC_PATH = Deno.build.os === "linux" ? PATHS[Deno.build.arch] : undefined;

/**
 * Numbers of the kernel's interface that are the same on x86_64 and aarch64: both use the kernel's asm-generic fcntl.h,
 * termbits.h, poll.h, socket.h and errno.h for these (aarch64 has its own only for O_DIRECTORY, O_NOFOLLOW, O_DIRECT, O_LARGEFILE).
 */
export const C = {
  O_RDONLY: 0,
  O_WRONLY: 0o1,
  O_RDWR: 0o2,
  O_NOCTTY: 0o400,
  O_TRUNC: 0o1000,
  O_NONBLOCK: 0o4000,
  O_CLOEXEC: 0o2000000,
  LOCK_EX: 2,
  LOCK_NB: 4,
  LOCK_UN: 8,
  POLLIN: 0x1,
  POLLOUT: 0x4,
  POLLERR: 0x8,
  POLLHUP: 0x10,
  POLLNVAL: 0x20,
  EFD_NONBLOCK: 0o4000,
  EFD_CLOEXEC: 0o2000000,
  TCSANOW: 0,
  TCIFLUSH: 0,
  TCIOFLUSH: 2,
  CLOCK_MONOTONIC: 1,
  CLOCK_BOOTTIME: 7,
  TIMER_ABSTIME: 1,
  PR_SET_TIMERSLACK: 29,
  AF_UNIX: 1,
  SOCK_DGRAM: 2,
  SOCK_CLOEXEC: 0o2000000,
  MSG_DONTWAIT: 0x40,
  MSG_NOSIGNAL: 0x4000,
  SOL_SOCKET: 1,
  SO_SNDBUF: 7,
  SO_ACCEPTCONN: 30,
  SHUT_RDWR: 2,
  IPPROTO_TCP: 6,
  TCP_INFO: 11,
  TCP_USER_TIMEOUT: 18,
} as const;

type Libc = Deno.DynamicLibrary<typeof SYMBOLS>["symbols"];
let opened: Libc | undefined;

/**
 * The C library's functions as it names them, opened at the first use so that pure code runs without FFI permission.
 * Results are raw: pass them through `unwrap` before anything else is called.
 * @throws UserError where there is no glibc of a supported machine, or no permission for it.
 */
export function libc(): Libc {
  return opened ??= openLibc(SYMBOLS);
}

/** Further functions of the C library, for a command that needs some: each costs whoever opens it 0.3 ms. Throws as {@linkcode libc}. */
export function openLibc<const Symbols extends Deno.ForeignLibraryInterface>(
  symbols: Symbols,
): Deno.DynamicLibrary<Symbols>["symbols"] {
  const path = LIBC_PATH;
  if (path === undefined) {
    const here = `${Deno.build.os} on ${Deno.build.arch}`;
    throw new UserError(`MCCE needs 64-bit Linux on x86_64 or aarch64; this is ${here}.`);
  }
  try {
    return Deno.dlopen(path, symbols).symbols;
  } catch (cause) {
    throw new UserError(
      cause instanceof Deno.errors.NotCapable
        ? `The C library may not be used: run Deno with --allow-ffi=${path}, as "deno task start" does.`
        : `The C library cannot be opened at ${path}: MCCE needs a Debian-like system with glibc.`,
    );
  }
}

/** A failed call of the C library: `errno` and its name in `code` (`ENOENT`), the name of the action in the message. */
export class SystemError extends Error {
  override readonly name = "SystemError";
  readonly code: string;

  constructor(readonly errno: number, action: string) {
    const code = errnoName(errno);
    super(`${action}: ${code}`);
    this.code = code;
  }
}

/** Why the call just made failed; right only straight after it, on the same thread. */
export function errno(): number {
  const value = new Int32Array(1);
  libc().memcpy(value, libc().__errno_location(), 4n);
  return value[0] ?? 0;
}

/**
 * The result of the call just made, as a number.
 * @throws SystemError when it is negative.
 */
export function unwrap(result: number | bigint, action: string): number {
  if (result < 0) throw new SystemError(errno(), action);
  return Number(result);
}

/** A string as C takes it: UTF-8 with a zero byte at its end. */
export function cString(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`${text}\0`);
}

/** Milliseconds since the machine started, sleep included; no step of the wall clock reaches it (CLOCK_BOOTTIME). */
export function bootMs(): number {
  const timespec = new BigInt64Array(2);
  unwrap(libc().clock_gettime(C.CLOCK_BOOTTIME, timespec), "clock_gettime");
  const [seconds = 0n, nanoseconds = 0n] = timespec;
  return Number(seconds) * 1000 + Number(nanoseconds) / 1e6;
}

/**
 * A whole file of /proc or /sys, which Deno's own reading refuses; such files tell no size, so it is read until the end.
 * @throws SystemError such as ENOENT.
 */
export function readFile(path: string): Uint8Array<ArrayBuffer> {
  const fd = unwrap(libc().open(cString(path), C.O_RDONLY | C.O_CLOEXEC, 0), `open ${path}`);
  try {
    let bytes = new Uint8Array(4096);
    for (let length = 0;;) {
      const room = bytes.subarray(length);
      const count = unwrap(libc().read(fd, room, BigInt(room.length)), `read ${path}`);
      if (count === 0) return bytes.slice(0, length);
      length += count;
      if (length === bytes.length) bytes = grown(bytes);
    }
  } finally {
    libc().close(fd);
  }
}

function grown(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const larger = new Uint8Array(bytes.length * 2);
  larger.set(bytes);
  return larger;
}

/** The text of a file of /proc or /sys; see `readFile`. */
export function readText(path: string): string {
  return new TextDecoder().decode(readFile(path));
}
