/** Bytes of the longest varint: 8 times 7 bits hold every safe integer. */
const MAX_BYTES = 8;

/**
 * Whole numbers as zigzag varints: 0, -1, 1, -2 … become 0, 1, 2, 3 …, seven bits a byte from the lowest, the high bit
 * set on all but a number's last byte. Numbers up to 2^52 either way.
 */
export function encodeVarints(values: ArrayLike<number>): Uint8Array {
  const bytes = new Uint8Array(values.length * MAX_BYTES);
  let end = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    // No bit operators: they cut numbers to 32 bits.
    let rest = value < 0 ? -2 * value - 1 : 2 * value;
    for (; rest >= 0x80; rest = Math.floor(rest / 0x80)) bytes[end++] = 0x80 + (rest % 0x80);
    bytes[end++] = rest;
  }
  return bytes.slice(0, end);
}

/** Reads `count` numbers from the start of `bytes` and tells how many bytes they took. Throws RangeError when there are not as many. */
export function decodeVarints(
  bytes: Uint8Array,
  count: number,
): { readonly values: Float64Array; readonly bytesRead: number } {
  if (count > bytes.length) throw new RangeError(`${bytes.length} bytes hold no ${count} varints`);
  const values = new Float64Array(count);
  let at = 0;
  for (let i = 0; i < count; i++) {
    const start = at;
    const first = bytes[at]!;
    // Most numbers are one byte.
    if (first < 0x80) {
      values[i] = first % 2 === 0 ? first / 2 : -(first + 1) / 2;
      at++;
      continue;
    }
    let folded = 0;
    let scale = 1;
    for (;; scale *= 0x80) {
      if (at === bytes.length || at === start + MAX_BYTES) {
        throw new RangeError("a varint has no end");
      }
      const byte = bytes[at++]!;
      if (byte < 0x80) {
        folded += byte * scale;
        break;
      }
      folded += (byte - 0x80) * scale;
    }
    values[i] = folded % 2 === 0 ? folded / 2 : -(folded + 1) / 2;
  }
  return { values, bytesRead: at };
}
