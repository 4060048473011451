const encoder = new TextEncoder();

/**
 * One Server-Sent Event whose data is JSON, which never holds a newline (WHATWG HTML, section 9.2).
 *
 * @param retryMs how long a browser is to wait before it connects anew
 */
export function encodeEvent(
  event: string,
  data: unknown,
  id?: number | null,
  retryMs?: number,
): Uint8Array<ArrayBuffer> {
  const idLine = id === undefined || id === null ? "" : `id: ${id}\n`;
  const retryLine = retryMs === undefined ? "" : `retry: ${retryMs}\n`;
  return encoder.encode(`event: ${event}\n${idLine}${retryLine}data: ${JSON.stringify(data)}\n\n`);
}

/** A comment: keeps proxies from closing a quiet stream and tells a lost browser from a quiet house. */
export const HEARTBEAT: Uint8Array<ArrayBuffer> = encoder.encode(":\n\n");
