import { nextTurn } from "../lib/turn.ts";

/** What is compressed in one piece of work: 2 to 3 milliseconds. */
const PIECE_BYTES = 65_536;

/** Whether the asker takes gzip (RFC 9110, 12.5.3): a coding with `q=0` is one that is not taken. */
export function takesGzip(acceptEncoding: string | undefined): boolean {
  const codings = (acceptEncoding ?? "").toLowerCase().split(",").map((one) => one.trim());
  return codings.some((one) => /^(gzip|x-gzip)\s*(;\s*q\s*=\s*(?!0(\.0*)?$).*)?$/.test(one));
}

/** Compresses in pieces, so that nothing else is held up. */
export async function gzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new CompressionStream("gzip");
  const compressed = new Response(stream.readable).bytes();
  const writer = stream.writable.getWriter();
  for (let from = 0; from < bytes.length; from += PIECE_BYTES) {
    if (from > 0) await nextTurn();
    await writer.write(bytes.subarray(from, from + PIECE_BYTES));
  }
  await writer.close();
  return await compressed;
}
