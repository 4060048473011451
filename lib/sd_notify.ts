import { C, cString, libc, unwrap } from "./libc.ts";

/** Offset and room of the name in `struct sockaddr_un` (unix(7)). */
const NAME_OFFSET = 2;
const NAME_BYTES = 108;

/** Tells systemd lines of `NAME=value`, such as `READY=1` (sd_notify(3)). Never waits and never throws. */
export type Notify = (lines: string) => void;

/**
 * Opens systemd's socket for signs of life, `NOTIFY_SOCKET`: a datagram socket, which Deno itself opens only as an unstable
 * feature.
 * @param address a path, or `@` and an abstract name
 * @throws SystemError when there are no descriptors left.
 */
export function openNotifySocket(address: string): Notify & Disposable {
  const to = socketAddress(address);
  const fd = unwrap(libc().socket(C.AF_UNIX, C.SOCK_DGRAM | C.SOCK_CLOEXEC, 0), "socket");
  const notify = (lines: string) => {
    const bytes = new TextEncoder().encode(lines);
    const flags = C.MSG_DONTWAIT | C.MSG_NOSIGNAL;
    // A systemd that does not listen now is no fault of the service's; for a sign of life there is a next one.
    libc().sendto(fd, bytes, BigInt(bytes.length), flags, to, to.length);
  };
  return Object.assign(notify, { [Symbol.dispose]: () => void libc().close(fd) });
}

/** A `struct sockaddr_un`: an abstract name starts with a zero byte and ends where the address does. */
function socketAddress(address: string): Uint8Array<ArrayBuffer> {
  const isAbstract = address.startsWith("@");
  const name = isAbstract ? cString(`\0${address.slice(1)}`).slice(0, -1) : cString(address);
  const bytes = new Uint8Array(NAME_OFFSET + Math.min(name.length, NAME_BYTES));
  bytes[0] = C.AF_UNIX;
  bytes.set(name.subarray(0, NAME_BYTES), NAME_OFFSET);
  return bytes;
}
