/** What came back over one connection. */
export interface RawAnswer {
  /** `0`: no status line came before the end or the patience was over. */
  readonly status: number;
  /** Status line, headers and body as they came. */
  readonly text: string;
}

/**
 * Sends bytes as they are to a port of this machine, part by part, and reads what comes until the other side has closed,
 * a whole answer with a `Content-Length` is there, or `patienceMs` is over.
 */
export async function rawHttp(
  port: number,
  parts: readonly string[],
  patienceMs = 5_000,
): Promise<RawAnswer> {
  using connection = await Deno.connect({ hostname: "127.0.0.1", port });
  const late = setTimeout(() => closeQuietly(connection), patienceMs);
  const sent = sendAll(connection, parts);
  let text = "";
  const buffer = new Uint8Array(16_384);
  try {
    while (!isWhole(text)) {
      const length = await connection.read(buffer);
      if (length === null) break;
      text += String.fromCharCode(...buffer.subarray(0, length));
    }
  } catch { // reset, or closed by the patience
  }
  clearTimeout(late);
  closeQuietly(connection);
  await sent;
  return { status: Number(/^HTTP\/1\.\d (\d{3})/.exec(text)?.[1] ?? 0), text };
}

async function sendAll(connection: Deno.Conn, parts: readonly string[]): Promise<void> {
  try {
    for (const part of parts) {
      const bytes = Uint8Array.from(part, (character) => character.charCodeAt(0));
      for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
      if (parts.length > 1) await new Promise((resolve) => setTimeout(resolve, 5));
    }
  } catch { // the other side refused before all was sent
  }
}

function isWhole(text: string): boolean {
  const end = text.indexOf("\r\n\r\n");
  if (end < 0) return false;
  const length = /\r\ncontent-length: *(\d+)/i.exec(text.slice(0, end))?.[1];
  return length !== undefined && text.length >= end + 4 + Number(length);
}

function closeQuietly(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch { // it is closed
  }
}
