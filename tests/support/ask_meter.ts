import type { MeterPort } from "../../lib/meter/port.ts";

/** Asks for the readings. */
export const ASK = Uint8Array.of(0xaa, 0x02, 0x00, 0xad);
/** Bytes of a whole reply. */
export const REPLY_BYTES = 129;

/** Asks once and gives the next `count` bytes that come, whatever their chunks. */
export async function askMeter(port: MeterPort, count = REPLY_BYTES): Promise<Uint8Array> {
  const reader = port.readable.getReader();
  const bytes: number[] = [];
  await port.write(ASK);
  while (bytes.length < count) {
    const { value, done } = await reader.read();
    if (done) break;
    bytes.push(...value);
  }
  reader.releaseLock();
  return Uint8Array.from(bytes);
}

/** The power in the record of channel 1. */
export function wattsOf(reply: Uint8Array): number {
  return new DataView(reply.buffer).getUint16(5, true);
}
