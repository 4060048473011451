import { FdPoll } from "../../fd_poll.ts";
import { C, cString, errno, libc, SystemError, unwrap } from "../../libc.ts";

const TERMIOS_BYTES = 60;
const PATH_BYTES = 64;

/** The far side of a pseudo-terminal: what a program that opens `path` writes is read here, and the other way round. */
export class Pty {
  /** Such as `/dev/pts/3`. */
  readonly path: string;
  readonly #master: number;
  // Kept open so that the master never sees a hang-up while nobody is connected.
  readonly #slave: number;
  readonly #poll: FdPoll;
  #closed = false;

  /** @throws SystemError; nothing stays open then. */
  constructor() {
    const opened: number[] = [];
    try {
      const flags = C.O_RDWR | C.O_NOCTTY | C.O_NONBLOCK | C.O_CLOEXEC;
      opened.push(this.#master = unwrap(libc().posix_openpt(flags), "posix_openpt"));
      unwrap(libc().grantpt(this.#master), "grantpt");
      unwrap(libc().unlockpt(this.#master), "unlockpt");
      this.path = slavePath(this.#master);
      opened.push(this.#slave = unwrap(libc().open(cString(this.path), flags, 0), this.path));
      setRaw(this.#slave);
      this.#poll = new FdPoll(this.#master);
    } catch (error) {
      for (const fd of opened) libc().close(fd);
      throw error;
    }
  }

  /** The next bytes that the other side wrote; `null` once closed. */
  async read(): Promise<Uint8Array<ArrayBuffer> | null> {
    const buffer = new Uint8Array(256);
    while (!this.#closed) {
      const count = Number(libc().read(this.#master, buffer, BigInt(buffer.length)));
      if (count > 0) return buffer.subarray(0, count);
      const number = errno();
      const { code } = new SystemError(number, "");
      if (code !== "EAGAIN" && code !== "EINTR") throw new SystemError(number, "read the pty");
      await this.#poll.wait(C.POLLIN);
    }
    return null;
  }

  /** Sends at once what the line takes; like a UART, drops what nobody has room for. */
  write(bytes: Uint8Array<ArrayBuffer>): void {
    if (!this.#closed) libc().write(this.#master, bytes, BigInt(bytes.length));
  }

  /** Hangs up: the other side sees its cable go. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#poll.end();
    libc().close(this.#master);
    libc().close(this.#slave);
  }
}

function slavePath(master: number): string {
  const buffer = new Uint8Array(PATH_BYTES);
  // Unlike its neighbours it gives the errno as its result.
  const failed = libc().ptsname_r(master, buffer, BigInt(PATH_BYTES));
  if (failed !== 0) throw new SystemError(failed, "ptsname_r");
  return new TextDecoder().decode(buffer.subarray(0, buffer.indexOf(0)));
}

/** No echo, no line editing: bytes as they are. */
function setRaw(fd: number): void {
  const termios = new Uint8Array(TERMIOS_BYTES);
  unwrap(libc().tcgetattr(fd, termios), "tcgetattr");
  libc().cfmakeraw(termios);
  unwrap(libc().tcsetattr(fd, C.TCSANOW, termios), "tcsetattr");
}
