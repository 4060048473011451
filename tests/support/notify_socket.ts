/** The part of systemd that listens: a Unix datagram socket, which Deno itself opens only as an unstable feature. */
const { symbols: c } = Deno.dlopen(
  `/lib/${Deno.build.arch}-linux-gnu/libc.so.6`,
  {
    socket: { parameters: ["i32", "i32", "i32"], result: "i32" },
    bind: { parameters: ["i32", "buffer", "u32"], result: "i32" },
    recv: { parameters: ["i32", "buffer", "usize", "i32"], result: "isize" },
    close: { parameters: ["i32"], result: "i32" },
  },
);

const [AF_UNIX, SOCK_DGRAM, MSG_DONTWAIT] = [1, 2, 0x40];

/** Receives what `NOTIFY_SOCKET` is told. */
export class NotifySocket implements Disposable {
  readonly #fd = c.socket(AF_UNIX, SOCK_DGRAM, 0);
  readonly #received: string[] = [];

  /** @param address a path, or `@` and an abstract name */
  constructor(readonly address: string) {
    const name = new TextEncoder().encode(address.replace(/^@/, "\0"));
    const bytes = new Uint8Array(2 + name.length);
    bytes[0] = AF_UNIX;
    bytes.set(name, 2);
    if (c.bind(this.#fd, bytes, bytes.length) !== 0) throw new Error(`cannot bind ${address}`);
  }

  /** Every datagram so far. */
  get received(): readonly string[] {
    const buffer = new Uint8Array(4096);
    for (;;) {
      const length = Number(c.recv(this.#fd, buffer, 4096n, MSG_DONTWAIT));
      if (length < 0) return this.#received;
      this.#received.push(new TextDecoder().decode(buffer.subarray(0, length)));
    }
  }

  /** How many of them were signs of life. */
  get signs(): number {
    return this.received.filter((lines) => lines.split("\n").includes("WATCHDOG=1")).length;
  }

  [Symbol.dispose](): void {
    c.close(this.#fd);
  }
}
