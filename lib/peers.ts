import { C, libc } from "./libc.ts";

const SOCKADDR_BYTES = 128;
const PORT_OFFSET = 2;
/** Of `sockaddr_in` and `sockaddr_in6` (netinet/in.h). */
const ADDRESS = { 2: { offset: 4, bytes: 4 }, 10: { offset: 8, bytes: 16 } } as const;
/** Of `tcp_info` (linux/tcp.h): milliseconds since data went out, and since data came in. */
const LAST_SENT_OFFSET = 44;
const LAST_RECEIVED_OFFSET = 52;
const TCP_INFO_BYTES = 104;
/** The kernel gives the lowest number that is free, so that after so many others there is no connection any more. */
const LONGEST_GAP = 256;
/** Longer than any answer takes; a viewer of `/live` is sent something every 15 s. */
const IDLE_MS = 5 * 60_000;

/**
 * Ends each connection to the TCP `port` of this process on which nothing has come or gone for `idleMs`: half-sent
 * headers, and phones that went out of the door. Deno.serve waits for both for good.
 * @returns how many
 */
export function dropIdlePeers(port: number, idleMs = IDLE_MS): number {
  let dropped = 0;
  for (const fd of connections()) {
    if (portOf(nameOf(fd, "getsockname")) !== port || idleTimeMs(fd) < idleMs) continue;
    libc().shutdown(fd, C.SHUT_RDWR);
    dropped++;
  }
  return dropped;
}

/** Ends the connection with a peer; its other end reads the end of the stream. */
export function hangUp({ hostname, port }: { hostname: string; port: number }): void {
  const host = canonical(hostname);
  for (const fd of connections()) {
    const name = nameOf(fd, "getpeername");
    if (portOf(name) === port && addressOf(name) === host) libc().shutdown(fd, C.SHUT_RDWR);
  }
}

/** Every connected TCP socket of this process. */
function* connections(): Generator<number> {
  for (let fd = 3, last = fd; fd - last < LONGEST_GAP; fd++) {
    if (nameOf(fd, "getpeername") === null) continue;
    last = fd;
    yield fd;
  }
}

/** `null` for what is no socket, is not connected, or is not of the internet. */
function nameOf(fd: number, side: "getsockname" | "getpeername"): DataView<ArrayBuffer> | null {
  const name = new DataView(new ArrayBuffer(SOCKADDR_BYTES));
  if (libc()[side](fd, name, Uint32Array.of(SOCKADDR_BYTES)) < 0) return null;
  return family(name) in ADDRESS ? name : null;
}

function family(name: DataView): number {
  return name.getUint16(0, true);
}

function portOf(name: DataView | null): number | undefined {
  return name?.getUint16(PORT_OFFSET);
}

function addressOf(name: DataView<ArrayBuffer> | null): string | null {
  if (name === null) return null;
  const { offset, bytes } = ADDRESS[family(name) === 2 ? 2 : 10];
  if (bytes === 4) return Array.from({ length: 4 }, (_, i) => name.getUint8(offset + i)).join(".");
  const groups = Array.from({ length: 8 }, (_, i) => name.getUint16(offset + 2 * i).toString(16));
  return canonical(groups.join(":"));
}

/** One spelling for each address: the one that URLs have. */
function canonical(address: string): string {
  const host = address.replace(/%.*$/, "");
  return host.includes(":") ? URL.parse(`http://[${host}]`)?.hostname ?? host : host;
}

function idleTimeMs(fd: number): number {
  const info = new DataView(new ArrayBuffer(TCP_INFO_BYTES));
  const length = Uint32Array.of(TCP_INFO_BYTES);
  if (libc().getsockopt(fd, C.IPPROTO_TCP, C.TCP_INFO, info, length) < 0) return 0;
  return Math.min(
    info.getUint32(LAST_SENT_OFFSET, true),
    info.getUint32(LAST_RECEIVED_OFFSET, true),
  );
}
