import { type MeterPort, PortError } from "./port.ts";
import { PortStream } from "./port_stream.ts";

const CONNECT_MS = 2_000;
const READ_BYTES = 512;

/**
 * Connects to a serial port that another machine shares (ser2net in raw mode, 9600 8N1 set there) at `tcp://host:port`.
 * @param signal gives the attempt up; the error is its reason then
 * @throws PortError; nothing stays open then.
 */
export async function openTcp(address: string, signal?: AbortSignal): Promise<MeterPort> {
  const { hostname, port } = new URL(address);
  const timeout = AbortSignal.timeout(CONNECT_MS);
  let connection: Deno.TcpConn | null = null;
  try {
    connection = await Deno.connect({
      hostname: hostname.replace(/^\[(.*)\]$/, "$1"), // an IPv6 literal
      port: Number(port),
      signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
    });
    connection.setNoDelay(true);
    return new TcpPort(address, connection);
  } catch (error) {
    connection?.close();
    signal?.throwIfAborted();
    throw connectError(address, error);
  }
}

function connectError(address: string, error: unknown): PortError {
  const code = codeOf(error);
  if (error instanceof Deno.errors.NotCapable) {
    return new PortError("denied", `${address} may not be reached: ${error.message}.`, code);
  }
  if (error instanceof DOMException && error.name === "TimeoutError") {
    return new PortError(
      "absent",
      `${address} does not answer: check that the machine is on, and no firewall in between.`,
      "ETIMEDOUT",
    );
  }
  if (code === "ECONNREFUSED") {
    return new PortError(
      "absent",
      `Nothing listens at ${address}: start ser2net there, or set SERIAL_PORT to its port.`,
      code,
    );
  }
  return new PortError(
    "absent",
    `${address} cannot be reached: check the host's name in SERIAL_PORT and the network.`,
    code,
  );
}

function codeOf(error: unknown): string | null {
  const code = error instanceof Error && "code" in error ? error.code : null;
  return typeof code === "string" ? code : null;
}

class TcpPort implements MeterPort {
  readonly #stream: PortStream;
  readonly #buffer = new Uint8Array(READ_BYTES);

  constructor(readonly address: string, readonly connection: Deno.TcpConn) {
    this.#stream = new PortStream(address, () => this.#next(), () => connection.close());
  }

  get readable(): ReadableStream<Uint8Array<ArrayBuffer>> {
    return this.#stream.readable;
  }

  async write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    for (let rest = bytes; rest.length > 0;) {
      if (this.#stream.ended) throw this.#stream.ended;
      try {
        rest = rest.subarray(await this.connection.write(rest));
      } catch (error) {
        this.#stream.lose(this.#gone(codeOf(error)));
      }
    }
  }

  /** Does nothing: bytes wait on the way as well, where no call reaches them; a read that is always pending leaves none here. */
  discard(): void {}

  close(): void {
    this.#stream.close();
  }

  async #next(): Promise<Uint8Array<ArrayBuffer> | null> {
    try {
      const count = await this.connection.read(this.#buffer);
      if (count !== null) return this.#buffer.slice(0, count);
      this.#stream.lose(this.#gone(null));
    } catch (error) {
      // Our own close interrupts the read as well; the stream has ended then, and nothing is lost.
      this.#stream.lose(this.#gone(codeOf(error)));
    }
    return null;
  }

  #gone(code: string | null): PortError {
    return new PortError(
      "unplugged",
      `${this.address} has ended the connection: check ser2net there, and that nobody else uses the port.`,
      code,
    );
  }
}
