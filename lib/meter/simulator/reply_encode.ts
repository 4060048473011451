/** One channel as the simulated display tells it. */
export interface ChannelRecord {
  /** 1 to 16. */
  readonly number: number;
  /** The transmitter's two bytes, each 0 to 255, in the order in which they are sent. */
  readonly id: readonly [number, number];
  /** 0 to 65535. */
  readonly watts: number;
  readonly active: boolean;
}

const CHANNELS = 16;
const RECORD_BYTES = 8;
const NEVER_PAIRED = [0xff, 0xff] as const;
const ACTIVE = "1";
const INACTIVE = "2";

/**
 * The 129 bytes that answer `AA 02 00 AD`: sixteen records (`S`, two digits, id, watts with the low byte first, flag) and a
 * last byte without a known meaning. Channels that are not named were never paired.
 */
export function encodeReply(
  channels: readonly ChannelRecord[],
  lastByte = 0,
): Uint8Array<ArrayBuffer> {
  const reply = new Uint8Array(CHANNELS * RECORD_BYTES + 1);
  for (let number = 1; number <= CHANNELS; number++) {
    const channel = channels.find((c) => c.number === number);
    const { id = NEVER_PAIRED, watts = 0, active = false } = channel ?? {};
    const tag = new TextEncoder().encode(`S${String(number).padStart(2, "0")}`);
    const flag = (active ? ACTIVE : INACTIVE).charCodeAt(0);
    reply.set([...tag, ...id, watts & 0xff, watts >> 8, flag], (number - 1) * RECORD_BYTES);
  }
  reply[reply.length - 1] = lastByte;
  return reply;
}
