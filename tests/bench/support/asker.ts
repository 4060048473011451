const HEAD_END = new TextEncoder().encode("\r\n\r\n");
/** The answer about ten years of days has 0.8 MB. */
const MOST_BYTES = 4_000_000;

/**
 * Asks one question after the other over a connection that stays open, and only counts the bytes of the answers: what a
 * client makes of them, as `fetch` does, takes longer than most answers.
 */
export class Asker implements Disposable {
  readonly #connection: Deno.Conn;
  readonly #host: string;
  readonly #buffer = new Uint8Array(MOST_BYTES);

  private constructor(connection: Deno.Conn, host: string) {
    this.#connection = connection;
    this.#host = host;
  }

  static async open(url: string): Promise<Asker> {
    const { hostname, port, host } = new URL(url);
    return new Asker(await Deno.connect({ hostname, port: Number(port) }), host);
  }

  /** Milliseconds from the request to the answer's last byte. Throws for any answer but 200. */
  async askedMs(path: string, encoding: "identity" | "gzip"): Promise<number> {
    const lines = [`GET ${path} HTTP/1.1`, `Host: ${this.#host}`, `Accept-Encoding: ${encoding}`];
    const request = new TextEncoder().encode(`${lines.join("\r\n")}\r\n\r\n`);
    const startMs = performance.now();
    await this.#connection.write(request);
    const head = await this.#readAnswer();
    const tookMs = performance.now() - startMs;
    if (!head.startsWith("HTTP/1.1 200 ")) throw new Error(`${path}: ${head.split("\r\n")[0]}`);
    return tookMs;
  }

  /** Reads a whole answer; gives its head. */
  async #readAnswer(): Promise<string> {
    let head: string | undefined;
    let length = Infinity;
    for (let end = 0; end < length;) {
      const read = await this.#connection.read(this.#buffer.subarray(end));
      if (read === null) throw new Error("the service closed the connection");
      end += read;
      if (head !== undefined) continue;
      const bodyAt = afterHead(this.#buffer.subarray(0, end));
      if (bodyAt === null) continue;
      head = new TextDecoder().decode(this.#buffer.subarray(0, bodyAt));
      const [, bytes] = head.match(/^content-length: *(\d+)/im) ?? [];
      if (bytes === undefined) throw new Error("an answer does not tell its length");
      length = bodyAt + Number(bytes);
    }
    return head ?? "";
  }

  [Symbol.dispose](): void {
    this.#connection.close();
  }
}

function afterHead(bytes: Uint8Array): number | null {
  for (let i = 0; i + HEAD_END.length <= bytes.length; i++) {
    if (HEAD_END.every((byte, k) => bytes[i + k] === byte)) return i + HEAD_END.length;
  }
  return null;
}
