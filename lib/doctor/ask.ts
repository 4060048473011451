/** Where a service listens, and how long it may take. */
export interface Address {
  readonly hostname: string;
  readonly port: number;
  readonly patienceMs: number;
  /** Certificates to trust besides the machine's, as PEM; `null`: plain HTTP. */
  readonly trusted: readonly string[] | null;
}

/** What came back: the status of HTTP and the body as far as it was read. */
export interface Answer {
  readonly status: number;
  readonly body: string;
}

const MOST_BYTES = 65_536;

/**
 * One GET as HTTP/1.0, until its end or until `isEnough` of the body. Not `fetch`, which refuses some ports and any
 * certificate without this machine's address in it. Throws what the connection does.
 */
export async function ask(
  address: Address,
  path: string,
  token: string | null,
  isEnough: (body: string) => boolean = () => false,
): Promise<Answer | null> {
  const connection = await connect(address);
  const late = setTimeout(() => connection.close(), address.patienceMs);
  try {
    const { hostname, port } = address;
    const host = `${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
    const authorization = token === null ? "" : `authorization: Bearer ${token}\r\n`;
    const request = `GET ${path} HTTP/1.0\r\nhost: ${host}\r\n${authorization}\r\n`;
    await connection.write(new TextEncoder().encode(request));
    return parse(await read(connection, isEnough));
  } finally {
    clearTimeout(late);
    closeOnce(connection);
  }
}

async function connect({ hostname, port, patienceMs, trusted }: Address): Promise<Deno.Conn> {
  const signal = AbortSignal.timeout(patienceMs);
  if (trusted === null) return await Deno.connect({ hostname, port, signal });
  // The certificate is for the name by which the house knows this machine.
  const options = { caCerts: [...trusted], unsafelyDisableHostnameVerification: true };
  return await Deno.connectTls({ hostname, port, ...options });
}

async function read(connection: Deno.Conn, isEnough: (body: string) => boolean): Promise<string> {
  const decoder = new TextDecoder();
  const buffer = new Uint8Array(8192);
  let text = "";
  while (text.length < MOST_BYTES) {
    const count = await connection.read(buffer);
    if (count === null) break;
    text += decoder.decode(buffer.subarray(0, count), { stream: true });
    if (isEnough(text.split("\r\n\r\n").slice(1).join("\r\n\r\n"))) break;
  }
  return text;
}

function parse(text: string): Answer | null {
  const match = /^HTTP\/1\.\d (\d{3})[^]*?\r\n\r\n([^]*)$/.exec(text);
  return match && { status: Number(match[1]), body: match[2] ?? "" };
}

function closeOnce(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch {
    // It was too slow, and is closed already.
  }
}
