import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { ReplyParser } from "../lib/meter/reply.ts";
import { HOUSE, join, MAINS, parse, reply, wattsOf } from "./support/reply_bytes.ts";

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
