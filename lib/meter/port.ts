/**
 * A way to the meter: bytes both ways, no buffer of its own. A lost port is noticed only while a read or a write is pending, so
 * keep one read pending: a fd that stays open after an unplug makes the cable come back under another name.
 */
export interface MeterPort {
  /**
   * What the meter sends, as it arrives. Errors with a `PortError` once the port is lost, with everything already closed;
   * ends after `close`. Cancelling it closes the port.
   */
  readonly readable: ReadableStream<Uint8Array<ArrayBuffer>>;
  /** Sends all bytes; one call at a time. @throws PortError */
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Drops what has been received and nobody has read. */
  discard(): void;
  /** Gives everything back at once and ends `readable`; closing twice does nothing. */
  close(): void;
}

/**
 * `absent`: nothing there to open. `denied`: no permission. `held`: another program has it. `unplugged`: it was open and went
 * away. `failed`: anything else.
 */
export type PortErrorKind = "absent" | "denied" | "held" | "unplugged" | "failed";

/** A port that cannot be opened or is lost; the message is one sentence for the user, with the remedy. */
export class PortError extends Error {
  override readonly name = "PortError";

  /** `code`: the errno's name (`ENOENT`), `null` where the system gave none. */
  constructor(
    readonly kind: PortErrorKind,
    message: string,
    readonly code: string | null = null,
  ) {
    super(message);
  }
}

/** The error of a call that failed with this errno on the tty at `path`, before or after it was open. */
export function serialError(path: string, code: string): PortError {
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return new PortError(
        "absent",
        `There is no serial port at ${path}: plug in the meter's USB cable, or set SERIAL_PORT to the path of its port (ls /dev/serial/by-id shows it).`,
        code,
      );
    case "EACCES":
    case "EPERM":
      return new PortError(
        "denied",
        `${path} may not be opened: add the user to the dialout group (sudo usermod -aG dialout USER), then log in anew or restart the service.`,
        code,
      );
    // EBUSY: the other program set TIOCEXCL; EAGAIN: it holds the lock (flock).
    case "EBUSY":
    case "EAGAIN":
      return new PortError(
        "held",
        `${path} is held by another program: close that one first (fuser ${path} names it).`,
        code,
      );
    // What a driver gives once the device has gone; ENXIO and ENODEV also where a device node is left without its device.
    case "EIO":
    case "ENXIO":
    case "ENODEV":
      return new PortError("unplugged", unplugged(path), code);
    case "ENOTTY":
    case "EISDIR":
    case "EINVAL":
      return new PortError(
        "failed",
        `${path} is not a serial port: set SERIAL_PORT to the path of the meter's port (ls /dev/serial/by-id shows it).`,
        code,
      );
    default:
      return new PortError(
        "failed",
        `${path} cannot be used (${code}): unplug the meter's USB cable and plug it in again.`,
        code,
      );
  }
}

/** The error of a tty that hung up without any errno. */
export function hangUpError(path: string): PortError {
  return new PortError("unplugged", unplugged(path));
}

function unplugged(path: string): string {
  return `The serial port ${path} has gone: plug the meter's USB cable in again.`;
}

/** The error of a write to a port that this program has closed itself. */
export function closedError(address: string): PortError {
  return new PortError("failed", `${address} is closed.`);
}
