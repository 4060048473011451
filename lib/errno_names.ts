/** Numbers 1 to 40 of the kernel's asm-generic/errno-base.h and errno.h, in their order; the same on x86_64 and aarch64. */
const FIRST_NAMES = (
  "EPERM ENOENT ESRCH EINTR EIO ENXIO E2BIG ENOEXEC EBADF ECHILD " +
  "EAGAIN ENOMEM EACCES EFAULT ENOTBLK EBUSY EEXIST EXDEV ENODEV ENOTDIR " +
  "EISDIR EINVAL ENFILE EMFILE ENOTTY ETXTBSY EFBIG ENOSPC ESPIPE EROFS " +
  "EMLINK EPIPE EDOM ERANGE EDEADLK ENAMETOOLONG ENOLCK ENOSYS ENOTEMPTY ELOOP"
).split(" ");

/** Others that files, ttys and sockets give. */
const OTHER_NAMES: Readonly<Record<number, string>> = {
  71: "EPROTO",
  75: "EOVERFLOW",
  95: "ENOTSUP",
  98: "EADDRINUSE",
  104: "ECONNRESET",
  107: "ENOTCONN",
  108: "ESHUTDOWN",
  110: "ETIMEDOUT",
  116: "ESTALE",
  121: "EREMOTEIO",
  122: "EDQUOT",
};

/** The name of an error number, `errno 77` for a rare one. node:util knows them all, but takes the tone's thread 10 ms to load. */
export function errnoName(errno: number): string {
  return FIRST_NAMES[errno - 1] ?? OTHER_NAMES[errno] ?? `errno ${errno}`;
}
