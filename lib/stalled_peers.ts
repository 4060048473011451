import { C, libc, unwrap } from "./libc.ts";

/** The service listens early, and the kernel gives the lowest number that is free. */
const DESCRIPTORS = 256;
const SOCKADDR_BYTES = 128;
const PORT_OFFSET = 2;
/** What the kernel takes for a connection before it pushes back: by itself up to 4 MB. */
const SEND_BUFFER_BYTES = 65_536;
/** Long enough for a home network that hangs, short enough for who has left it. */
const STALLED_AFTER_MS = 60_000;

/**
 * Has the kernel close each connection to the TCP `port` that this process listens on when its peer takes nothing for
 * `stalledAfterMs` although there is something for it. Deno.serve sees the end of a stream only once there is room to
 * send, so that a viewer which never reads would keep its connection for good.
 * @returns whether there is such a port
 * @throws SystemError
 */
export function dropStalledPeers(port: number, stalledAfterMs = STALLED_AFTER_MS): boolean {
  const fd = listeningOn(port);
  if (fd === undefined) return false;
  // Whoever is accepted has the listening socket's options (socket(7), tcp(7)).
  setOption(fd, C.IPPROTO_TCP, C.TCP_USER_TIMEOUT, stalledAfterMs);
  setOption(fd, C.SOL_SOCKET, C.SO_SNDBUF, SEND_BUFFER_BYTES);
  return true;
}

function listeningOn(port: number): number | undefined {
  for (let fd = 0; fd < DESCRIPTORS; fd++) {
    if (isListening(fd) && portOf(fd) === port) return fd;
  }
  return undefined;
}

/** `false` also for what is no socket, or not open. */
function isListening(fd: number): boolean {
  const value = new Int32Array(1);
  const length = Uint32Array.of(value.byteLength);
  return libc().getsockopt(fd, C.SOL_SOCKET, C.SO_ACCEPTCONN, value, length) === 0 &&
    value[0] === 1;
}

/** Of an IPv4 or IPv6 socket: both have it at the same place. */
function portOf(fd: number): number {
  const address = new DataView(new ArrayBuffer(SOCKADDR_BYTES));
  unwrap(libc().getsockname(fd, address, Uint32Array.of(SOCKADDR_BYTES)), "getsockname");
  return address.getUint16(PORT_OFFSET);
}

function setOption(fd: number, level: number, name: number, value: number): void {
  const bytes = Int32Array.of(value);
  unwrap(libc().setsockopt(fd, level, name, bytes, bytes.byteLength), "setsockopt");
}
