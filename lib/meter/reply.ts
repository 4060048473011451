/** What one record of the reply says of its channel. */
export interface Channel {
  /** 1 to 16. */
  readonly number: number;
  /** Whether a transmitter was ever paired (its id is not `FF FF`). */
  readonly paired: boolean;
  readonly active: boolean;
  readonly watts: number;
}

/** A reply whose structure is whole: its sixteen channels, or why it must not be believed. */
export type Reply =
  | { readonly kind: "right"; readonly channels: readonly Channel[] }
  | { readonly kind: "wrong"; readonly reason: string };

/** Asks for the instantaneous readings. */
export const REQUEST: Uint8Array<ArrayBuffer> = Uint8Array.of(0xaa, 0x02, 0x00, 0xad);

const CHANNELS = 16;
const RECORD_BYTES = 8;
/** The records; the one byte that follows them has no known meaning and is not waited for. */
const STRUCTURE_BYTES = CHANNELS * RECORD_BYTES;
const TAIL_BYTES = 1;

const LETTER_S = 0x53;
const DIGIT_0 = 0x30;
const FLAG_ACTIVE = 0x31;
const FLAG_INACTIVE = 0x32;

const ANY = -1;

/** The byte that the structure demands at each offset. */
const DEMANDED = Int16Array.from({ length: STRUCTURE_BYTES }, (_, offset) => {
  const number = Math.floor(offset / RECORD_BYTES) + 1;
  if (offset % RECORD_BYTES === 0) return LETTER_S;
  if (offset % RECORD_BYTES === 1) return DIGIT_0 + Math.floor(number / 10);
  if (offset % RECORD_BYTES === 2) return DIGIT_0 + number % 10;
  return ANY;
});

/**
 * Cuts a byte stream into replies, whatever its chunks. Only the whole structure (sixteen records, each at its place)
 * tells where a reply starts: ids and powers may hold any byte. Holds at most one reply.
 */
export class ReplyParser {
  readonly #held = new Uint8Array(STRUCTURE_BYTES);
  #length = 0;
  #strays = 0;
  #tailAllowed = 0;

  /** Bytes since the last reply or reset that do not make up a reply (yet); a reply's last byte is none of them. */
  get leftoverBytes(): number {
    return Math.max(0, this.#strays + this.#length - this.#tailAllowed);
  }

  /** Forgets all that came: what follows belongs to a new request. */
  reset(): void {
    this.#length = this.#strays = this.#tailAllowed = 0;
  }

  /** Takes the next bytes and gives the replies that they complete. */
  push(bytes: Uint8Array): Reply[] {
    const replies: Reply[] = [];
    for (const byte of bytes) {
      const demanded = DEMANDED[this.#length];
      this.#held[this.#length++] = byte;
      if (demanded !== ANY && demanded !== byte) this.#resynchronise();
      if (this.#length === STRUCTURE_BYTES) replies.push(this.#complete());
    }
    return replies;
  }

  /** Drops bytes until what is left could again be the beginning of a reply. */
  #resynchronise(): void {
    let start = 1;
    while (start < this.#length && !fits(this.#held, start, this.#length)) start++;
    this.#held.copyWithin(0, start, this.#length);
    this.#length -= start;
    this.#strays += start;
  }

  #complete(): Reply {
    const before = this.#strays - this.#tailAllowed;
    // What precedes it is noise or the rest of an older reply; whose answer this is, is then a guess.
    const reply: Reply = before > 0
      ? { kind: "wrong", reason: `${before} other bytes before it` }
      : judge(this.#held);
    // A reply cut short within its last record took the beginning of the next one for its end.
    if (reply.kind === "wrong") this.#resynchronise();
    else this.#length = 0;
    this.#strays = 0;
    this.#tailAllowed = TAIL_BYTES;
    return reply;
  }
}

/** Whether `held[start..end)` could be the beginning of a reply. */
function fits(held: Uint8Array, start: number, end: number): boolean {
  for (let offset = 0; offset < end - start; offset++) {
    const demanded = DEMANDED[offset];
    if (demanded !== ANY && demanded !== held[start + offset]) return false;
  }
  return true;
}

/** Applies what is known of wrong replies to sixteen well-placed records. */
function judge(records: Uint8Array): Reply {
  const view = new DataView(records.buffer, records.byteOffset, STRUCTURE_BYTES);
  const channels: Channel[] = [];
  for (let number = 1; number <= CHANNELS; number++) {
    const offset = (number - 1) * RECORD_BYTES;
    const paired = view.getUint16(offset + 3) !== 0xffff;
    const watts = view.getUint16(offset + 5, true);
    const flag = view.getUint8(offset + 7);
    const active = flag === FLAG_ACTIVE;
    const fault = faultOf(paired, watts, flag);
    if (fault) return { kind: "wrong", reason: `channel ${number}: ${fault}` };
    channels.push({ number, paired, active, watts });
  }
  if (!channels.some((channel) => channel.active)) {
    return { kind: "wrong", reason: "no active channel" };
  }
  return { kind: "right", channels };
}

function faultOf(paired: boolean, watts: number, flag: number): string | null {
  if (flag !== FLAG_ACTIVE && flag !== FLAG_INACTIVE) return "a flag other than 1 or 2";
  if (watts & 0x8000) return "bit 15 of the power is set";
  if (flag === FLAG_ACTIVE && !paired) return "active, yet never paired";
  if (flag === FLAG_INACTIVE && watts !== 0) return "not active, yet with power";
  return null;
}
