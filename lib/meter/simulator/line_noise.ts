/**
 * What a noisy line makes of a reply, each a kind of wrong reply seen in the field: `negative` bit 15 of the power
 * set, `cut` short, `inactive` a power on a channel that is not active, `unpaired` an active channel with id FF FF,
 * `flag` neither `1` nor `2`, `zero` 0 W once, `junk` bytes before a reply that is whole.
 */
export const FAULTS = ["negative", "cut", "inactive", "unpaired", "flag", "zero", "junk"] as const;
export type Fault = typeof FAULTS[number];

const RECORD_BYTES = 8;

/** The reply with this fault in the record of `channel` (1 to 16); `random` gives numbers in [0, 1). */
export function withFault(
  reply: Uint8Array<ArrayBuffer>,
  fault: Fault,
  channel: number,
  random: () => number,
): Uint8Array<ArrayBuffer> {
  const record = (channel - 1) * RECORD_BYTES;
  const spoilt = reply.slice();
  switch (fault) {
    case "negative":
      spoilt[record + 6]! |= 0x80;
      return spoilt;
    case "cut":
      return spoilt.subarray(0, 1 + Math.floor(random() * (reply.length - 2)));
    case "inactive":
      spoilt[record + 7] = "2".charCodeAt(0);
      return spoilt;
    case "unpaired":
      spoilt.fill(0xff, record + 3, record + 5);
      return spoilt;
    case "flag":
      spoilt[record + 7] = "3".charCodeAt(0);
      return spoilt;
    case "zero":
      spoilt.fill(0, record + 5, record + 7);
      return spoilt;
    case "junk": {
      const junk = Array.from({ length: 1 + Math.floor(random() * 40) }, () => random() * 256);
      return Uint8Array.from([...junk, ...reply]);
    }
  }
}
