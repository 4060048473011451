import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { type Channel, REQUEST } from "../lib/meter/reply.ts";
import {
  HOUSE,
  join,
  MAINS,
  parse,
  type RecordBytes,
  reply,
  wattsOf,
} from "./support/reply_bytes.ts";

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
