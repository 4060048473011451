import { type Reply, ReplyParser } from "../../lib/meter/reply.ts";

/** A record of the reply, byte by byte as meter-protocol tells it; written apart from the simulator's on purpose. */
export interface RecordBytes {
  id: [number, number];
  power: [number, number];
  flag: number;
}

export const UNPAIRED: RecordBytes = { id: [0xff, 0xff], power: [0, 0], flag: 0x32 };
export const MAINS: RecordBytes = { id: [0x32, 0x32], power: [0xcf, 0x07], flag: 0x31 };

/** Sixteen records and the unknown last byte; channels that are not given were never paired. */
export function reply(records: Record<number, RecordBytes>, lastByte = 0x00): Uint8Array {
  const bytes: number[] = [];
  for (let number = 1; number <= 16; number++) {
    const { id, power, flag } = records[number] ?? UNPAIRED;
    const digits = String(number).padStart(2, "0");
    bytes.push(0x53, digits.charCodeAt(0), digits.charCodeAt(1), ...id, ...power, flag);
  }
  return Uint8Array.from([...bytes, lastByte]);
}

export const HOUSE = reply({ 2: MAINS });

export function parse(...chunks: Uint8Array[]): Reply[] {
  const parser = new ReplyParser();
  return chunks.flatMap((chunk) => parser.push(chunk));
}

export function join(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

export function wattsOf(replies: Reply[]): (number | string)[] {
  return replies.map((one) =>
    one.kind === "right" ? one.channels.find(({ active }) => active)!.watts : one.reason
  );
}
