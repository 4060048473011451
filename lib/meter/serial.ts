import { FdPoll } from "../fd_poll.ts";
import { C, cString, errno, libc, SystemError, unwrap } from "../libc.ts";
import { hangUpError, type MeterPort, serialError } from "./port.ts";
import { PortStream } from "./port_stream.ts";

// struct termios of glibc on x86_64 and aarch64: four 32-bit words (input, output, control, local modes), then the rest.
const TERMIOS_BYTES = 60;
const INPUT_MODES = 0;
const CONTROL_MODES = 2;
// bits/termios-c_cflag.h and bits/termios-c_iflag.h of both.
const IXON_IXANY_IXOFF = 0o16000;
const CSTOPB = 0o100;
const CREAD = 0o200;
const HUPCL = 0o2000;
const CLOCAL = 0o4000;
const CRTSCTS = 0o20000000000;
const BAUD = 9600;

// A reply is 129 bytes; a reader that falls behind takes the rest at its next read.
const READ_BYTES = 512;
const LOST = C.POLLERR | C.POLLHUP | C.POLLNVAL;

/**
 * Opens the tty at `path` for this program alone, as the meter speaks: 9600 baud, 8N1, raw, no flow control.
 * @throws PortError; nothing stays open then.
 */
export function openSerial(path: string): MeterPort {
  let fd = -1;
  try {
    const flags = C.O_RDWR | C.O_NOCTTY | C.O_NONBLOCK | C.O_CLOEXEC;
    fd = unwrap(libc().open(cString(path), flags, 0), "open");
    // TIOCEXCL would not stop root, and the lock must come before the first change to the line.
    unwrap(libc().flock(fd, C.LOCK_EX | C.LOCK_NB), "flock");
    setLine(fd);
    unwrap(libc().tcflush(fd, C.TCIFLUSH), "tcflush");
    return new SerialPort(path, fd, new FdPoll(fd));
  } catch (error) {
    if (fd >= 0) libc().close(fd);
    throw error instanceof SystemError ? serialError(path, error.code) : error;
  }
}

function setLine(fd: number): void {
  const termios = new Uint8Array(TERMIOS_BYTES);
  unwrap(libc().tcgetattr(fd, termios), "tcgetattr");
  libc().cfmakeraw(termios); // 8 bits, no parity, a read returns from one byte on
  const modes = new Uint32Array(termios.buffer, 0, 4);
  modes[INPUT_MODES]! &= ~IXON_IXANY_IXOFF;
  // Without HUPCL the line's DTR stays as it is on close, so a restart does not disturb the display.
  modes[CONTROL_MODES]! &= ~(CSTOPB | CRTSCTS | HUPCL);
  modes[CONTROL_MODES]! |= CLOCAL | CREAD;
  // Not cfsetispeed and cfsetospeed: they take the constant B9600, 13 up to glibc 2.41 and 9600 from 2.42 on (its NEWS,
  // "speed_t is redefined"). This one has always taken the plain number (termios/cfsetspeed.c of both).
  unwrap(libc().cfsetspeed(termios, BAUD), "cfsetspeed");
  unwrap(libc().tcsetattr(fd, C.TCSANOW, termios), "tcsetattr");
}

class SerialPort implements MeterPort {
  readonly #stream: PortStream;
  readonly #buffer = new Uint8Array(READ_BYTES);

  constructor(readonly path: string, readonly fd: number, readonly poll: FdPoll) {
    this.#stream = new PortStream(path, () => this.#next(), () => this.#release());
  }

  get readable(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return this.#stream.readable;
  }

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    for (let rest = bytes; rest.length > 0;) {
      if (this.#stream.ended) throw this.#stream.ended;
      const count = Number(libc().write(this.fd, rest, BigInt(rest.length)));
      if (count > 0) rest = rest.subarray(count);
      else if (count === 0 || this.#tryAgain(errno())) await this.#ready(C.POLLOUT);
    }
  }

  discard(): void {
    if (!this.#stream.ended) libc().tcflush(this.fd, C.TCIFLUSH);
  }

  close(): void {
    this.#stream.close();
  }

  async #next(): Promise<Uint8Array<ArrayBuffer> | null> {
    while (!this.#stream.ended) {
      const count = Number(libc().read(this.fd, this.#buffer, BigInt(READ_BYTES)));
      if (count > 0) return this.#buffer.slice(0, count);
      if (count === 0) this.#stream.lose(hangUpError(this.path));
      else if (this.#tryAgain(errno())) await this.#ready(C.POLLIN);
    }
    return null;
  }

  /** Whether the call that gave this errno is to be made anew later; if not, the port is lost. */
  #tryAgain(number: number): boolean {
    const { code } = new SystemError(number, "");
    if (code === "EAGAIN" || code === "EINTR") return true;
    this.#stream.lose(serialError(this.path, code));
    return false;
  }

  /** Waits until the tty is ready for `events`, lost, or closed by us. */
  async #ready(events: number): Promise<void> {
    const ready = await this.poll.wait(events);
    if ((ready & LOST) !== 0) this.#stream.lose(hangUpError(this.path));
  }

  #release(): void {
    this.poll.end();
    // Bytes that no cable takes any more: close would wait for them, up to 30 s (closing_wait of setserial(8)).
    libc().tcflush(this.fd, C.TCIOFLUSH);
    // A wait that is still ending holds the open file for a moment: without this, and its lock with it.
    libc().flock(this.fd, C.LOCK_UN);
    libc().close(this.fd);
  }
}
