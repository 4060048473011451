import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { type Channel, type Reply, ReplyParser, REQUEST } from "../lib/meter/reply.ts";

/** A record of the reply, byte by byte as meter-protocol tells it; written apart from the simulator's on purpose. */
interface RecordBytes {
  id: [number, number];
  power: [number, number];
  flag: number;
}

const UNPAIRED: RecordBytes = { id: [0xff, 0xff], power: [0, 0], flag: 0x32 };
const MAINS: RecordBytes = { id: [0x32, 0x32], power: [0xcf, 0x07], flag: 0x31 };

/** Sixteen records and the unknown last byte; channels that are not given were never paired. */
function reply(records: Record<number, RecordBytes>, lastByte = 0x00): Uint8Array {
  const bytes: number[] = [];
  for (let number = 1; number <= 16; number++) {
    const { id, power, flag } = records[number] ?? UNPAIRED;
    const digits = String(number).padStart(2, "0");
    bytes.push(0x53, digits.charCodeAt(0), digits.charCodeAt(1), ...id, ...power, flag);
  }
  return Uint8Array.from([...bytes, lastByte]);
}

const HOUSE = reply({ 2: MAINS });

function parse(...chunks: Uint8Array[]): Reply[] {
  const parser = new ReplyParser();
  return chunks.flatMap((chunk) => parser.push(chunk));
}

function join(...parts: Uint8Array[]): Uint8Array {
  return Uint8Array.from(parts.flatMap((part) => [...part]));
}

function wattsOf(replies: Reply[]): (number | string)[] {
  return replies.map((one) =>
    one.kind === "right" ? one.channels.find(({ active }) => active)!.watts : one.reason
  );
}

Deno.test("the request is the one for instantaneous readings", () => {
  deepEqual([...REQUEST], [0xaa, 0x02, 0x00, 0xad]);
});

Deno.test("a whole reply gives its sixteen channels", () => {
  const [only, ...others] = parse(HOUSE);
  ok(only?.kind === "right");
  deepEqual(others, []);
  const channel2: Channel = { number: 2, paired: true, active: true, watts: 1999 };
  deepEqual(only.channels[1], channel2);
  deepEqual(only.channels.map(({ number }) => number), Array.from({ length: 16 }, (_, i) => i + 1));
  deepEqual(
    only.channels.filter(({ paired }) => !paired).length,
    15,
    "channels without a transmitter are not paired",
  );
});

Deno.test("the origin's own parser reads the same reply as the same watts", () => {
  // day_loop.py: the hexadecimal text between `S0222` and `1S03`, its two bytes swapped.
  const hex = HOUSE.toHex();
  const between = /5330323232(.*?)31533033/.exec(hex)?.[1];
  equal(between, "cf07");
  equal(parseInt(between!.slice(2) + between!.slice(0, 2), 16), 1999);
  deepEqual(wattsOf(parse(HOUSE)), [1999]);
});

Deno.test("watts stand where the other readers hard-code them", () => {
  for (const [channel, offset] of [[2, 13], [9, 69], [16, 125]] as const) {
    const bytes = reply({ [channel]: MAINS });
    equal(bytes[offset]! + 256 * bytes[offset + 1]!, 1999);
    deepEqual(wattsOf(parse(bytes)), [1999]);
  }
});

Deno.test("a reply split at every byte is the same reply", () => {
  for (let cut = 0; cut <= HOUSE.length; cut++) {
    deepEqual(wattsOf(parse(HOUSE.subarray(0, cut), HOUSE.subarray(cut))), [1999], `cut at ${cut}`);
  }
});

Deno.test("a reply that comes byte by byte is complete with its last record, before the unknown byte", () => {
  const parser = new ReplyParser();
  const completeAt = [...HOUSE].findIndex((byte) => parser.push(Uint8Array.of(byte)).length > 0);
  equal(completeAt, 127);
});

Deno.test("glued replies are each read, whatever the byte between them", () => {
  for (const lastByte of [0x00, 0x53, 0x30, 0x31, 0xff]) {
    const first = reply({ 2: MAINS }, lastByte);
    const second = reply({ 2: { ...MAINS, power: [0x01, 0x00] } }, lastByte);
    deepEqual(wattsOf(parse(join(first, second))), [1999, 1]);
  }
});

Deno.test("replies without the unknown last byte are read too", () => {
  const bare = HOUSE.subarray(0, 128);
  deepEqual(wattsOf(parse(join(bare, bare, bare))), [1999, 1999, 1999]);
});

Deno.test("a reply cut short gives nothing and is known by its bytes", () => {
  for (let length = 1; length < 128; length++) {
    const parser = new ReplyParser();
    deepEqual(parser.push(HOUSE.subarray(0, length)), []);
    equal(parser.leftoverBytes, length);
  }
});

Deno.test("a whole reply leaves nothing over, with or without its last byte", () => {
  const parser = new ReplyParser();
  parser.push(HOUSE.subarray(0, 128));
  equal(parser.leftoverBytes, 0);
  parser.push(HOUSE.subarray(128));
  equal(parser.leftoverBytes, 0);
  parser.push(Uint8Array.of(7));
  equal(parser.leftoverBytes, 1);
});

Deno.test("a reply behind the rest of an older one is wrong, and the next one is right", () => {
  for (let length = 1; length < 129; length++) {
    const rest = HOUSE.subarray(129 - length);
    const [first, second, ...others] = parse(join(rest, HOUSE, HOUSE));
    deepEqual(first, { kind: "wrong", reason: `${length} other bytes before it` });
    equal(second?.kind, "right");
    deepEqual(others, []);
  }
});

Deno.test("a reply cut short, then whole ones: one wrong, and the structure finds the rest", () => {
  for (let length = 1; length < 128; length++) {
    const [first, ...others] = parse(join(HOUSE.subarray(0, length), HOUSE, HOUSE, HOUSE));
    equal(first?.kind, "wrong");
    // Cut within the last record, it seems whole with the next reply's first bytes for its end: that one is right then.
    deepEqual(wattsOf(others), length > 122 ? [1999, 1999, 1999] : [1999, 1999]);
  }
});

Deno.test("bytes behind a reply do not touch it", () => {
  deepEqual(wattsOf(parse(join(HOUSE, Uint8Array.of(0x53, 0x30, 0x31, 9, 9)))), [1999]);
});

Deno.test("a reset forgets what came before, so that the next reply stands alone", () => {
  const parser = new ReplyParser();
  parser.push(HOUSE.subarray(60));
  parser.reset();
  equal(parser.leftoverBytes, 0);
  deepEqual(wattsOf(parser.push(HOUSE)), [1999]);
});

Deno.test("ids and powers may hold any byte, those of the structure too", () => {
  const looksLikeStructure = fc.constantFrom(0x53, 0x30, 0x31, 0x32, 0x36, 0x00, 0xff);
  const record = fc.record({
    id: fc.tuple(looksLikeStructure, fc.constantFrom(0x53, 0x30, 0x31, 0x32)),
    power: fc.tuple(looksLikeStructure, fc.constantFrom(0x53, 0x30, 0x31, 0x32, 0x00)),
  });
  fc.assert(
    fc.property(fc.array(record, { minLength: 16, maxLength: 16 }), fc.nat(400), (records, cut) => {
      const all = Object.fromEntries(records.map((one, i) => [i + 1, { ...one, flag: 0x31 }]));
      const bytes = reply(all, 0x53);
      const twice = join(bytes, bytes);
      const replies = parse(twice.subarray(0, cut), twice.subarray(cut));
      equal(replies.length, 2);
      for (const one of replies) {
        ok(one.kind === "right");
        deepEqual(
          one.channels.map(({ watts }) => watts),
          records.map(({ power: [low, high] }) => low + 256 * high),
        );
      }
    }),
    { numRuns: 300 },
  );
});

Deno.test("what the protocol calls wrong gives a reason and no channels", () => {
  const wrong: [RecordBytes, string][] = [
    [{ id: [1, 2], power: [0x00, 0x80], flag: 0x31 }, "channel 2: bit 15 of the power is set"],
    [{ id: [1, 2], power: [0xff, 0xff], flag: 0x31 }, "channel 2: bit 15 of the power is set"],
    [{ id: [1, 2], power: [1, 0], flag: 0x32 }, "channel 2: not active, yet with power"],
    [{ id: [0xff, 0xff], power: [1, 0], flag: 0x32 }, "channel 2: not active, yet with power"],
    [{ id: [0xff, 0xff], power: [0, 0], flag: 0x31 }, "channel 2: active, yet never paired"],
    [{ id: [1, 2], power: [1, 0], flag: 0x33 }, "channel 2: a flag other than 1 or 2"],
    [{ id: [1, 2], power: [0, 0], flag: 0x32 }, "no active channel"],
  ];
  for (const [record, reason] of wrong) {
    deepEqual(parse(reply({ 2: record })), [{ kind: "wrong", reason }]);
  }
});

Deno.test("a wrong channel makes the whole reply wrong, whichever it is", () => {
  for (let number = 3; number <= 16; number++) {
    const bytes = reply({ 2: MAINS, [number]: { id: [1, 1], power: [5, 0], flag: 0x32 } });
    equal(parse(bytes)[0]?.kind, "wrong");
  }
});

Deno.test("one byte of the structure changed: no reply", () => {
  for (let offset = 0; offset < 128; offset++) {
    if (offset % 8 > 2) continue;
    const bytes = HOUSE.slice();
    bytes[offset]! ^= 0x04;
    deepEqual(parse(bytes), [], `byte ${offset}`);
  }
});

Deno.test("10 MB of random bytes: no crash, nothing accepted, no more held than one reply", () => {
  const parser = new ReplyParser();
  const chunk = new Uint8Array(65_536);
  let strays = 0;
  for (let sent = 0; sent < 10_000_000; sent += chunk.length) {
    crypto.getRandomValues(chunk);
    deepEqual(parser.push(chunk), []);
    strays += chunk.length;
    equal(parser.leftoverBytes, strays);
  }
  const [behind, next] = parser.push(join(HOUSE, HOUSE));
  equal(behind?.kind, "wrong");
  equal(next?.kind, "right");
});

Deno.test("random bytes of the structure's own alphabet: whatever is accepted has the structure", () => {
  const alphabet = [0x53, 0x30, 0x31, 0x32, 0x36, 0x07];
  const bytes = fc.array(
    fc.oneof(fc.constantFrom(...alphabet).map((b) => [b]), fc.constant([...HOUSE])),
  );
  fc.assert(fc.property(bytes, (parts) => {
    const stream = Uint8Array.from(parts.flat());
    // What is right must stand in the stream as sixteen records in a row.
    const hex = new TextDecoder("latin1").decode(stream);
    const whole = [
      ...hex.matchAll(/(?=S01.{5}S02.{5}S03.{5}S04.{5}S05.{5}S06.{5}S07.{5}S08.{5}S09)/gs),
    ];
    ok(parse(stream).length <= whole.length);
  }));
});
