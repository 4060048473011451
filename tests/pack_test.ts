import assert from "node:assert/strict";
import { crc32 } from "node:zlib";
import fc from "fast-check";
import { localHouseLoad } from "../lib/meter/simulator/house_meter.ts";
import { type Reading, roundAt } from "../lib/reading.ts";
import { holds, pack, PACK_LIMIT, PackError, unpack, unpackColumns } from "../lib/store/pack.ts";
import { houseDay, randomNumbers } from "./support/house_day.ts";

const START = Date.UTC(2026, 10, 21);

/** Readings in order of time from any times and watts. */
const readingsOf = (at: fc.Arbitrary<number>, watts: fc.Arbitrary<number>) =>
  fc.uniqueArray(fc.tuple(at, watts).map(([at, watts]) => ({ at, watts })), {
    selector: ({ at }) => at,
    maxLength: 60,
  })
    .map((readings) => readings.sort((a, b) => a.at - b.at));

const tenths = fc.integer({ min: 0, max: 864_000 }).map((n) => START + n * 100);
const anyWhole = fc.oneof(
  fc.integer({ min: -PACK_LIMIT, max: PACK_LIMIT }),
  fc.constantFrom(-PACK_LIMIT, PACK_LIMIT, 0, 63, 64, -64, -65, 2 ** 31, 2 ** 32, 2 ** 32 + 1),
);
const day = readingsOf(tenths, fc.nat({ max: 65_535 }));
const anything = readingsOf(anyWhole, anyWhole);

const bytesPerReading = (readings: readonly Reading[]) => pack(readings).length / readings.length;

Deno.test("a pack gives back every reading of a day, irregular times and gaps included", () => {
  fc.assert(fc.property(day, (readings) => assert.deepEqual(unpack(pack(readings)), readings)));
});

Deno.test("a pack gives back times and watts of any size, to the limit", () => {
  fc.assert(
    fc.property(anything, (readings) => assert.deepEqual(unpack(pack(readings)), readings)),
  );
});

Deno.test("the columns of a pack are its readings", () => {
  fc.assert(fc.property(anything, (readings) => {
    const { at, watts } = unpackColumns(pack(readings));
    assert.deepEqual(Array.from(at, (at, i) => ({ at, watts: watts[i] })), readings);
  }));
  assert.throws(() => unpackColumns(pack([]).subarray(1)), PackError);
});

Deno.test("a pack holds any beat, restarts, shifts and missing replies", () => {
  const beat = fc.record({
    stepMs: fc.integer({ min: 1, max: 600 }).map((n) => n * 100),
    seed: fc.integer(),
    missing: fc.double({ min: 0, max: 0.9, noNaN: true }),
    shifts: fc.double({ min: 0, max: 0.1, noNaN: true }),
  });
  fc.assert(fc.property(beat, ({ stepMs, seed, missing, shifts }) => {
    const random = randomNumbers(seed);
    const readings: Reading[] = [];
    let at = START;
    for (let i = 0; i < 500; i++) {
      at += stepMs + (random() < shifts ? 100 * Math.floor(random() * 1000) : 0);
      if (random() >= missing) readings.push({ at, watts: Math.floor(random() * 9000) });
    }
    assert.deepEqual(unpack(pack(readings)), readings);
  }));
});

Deno.test("an empty day and a single reading have packs", () => {
  assert.deepEqual(unpack(pack([])), []);
  assert.deepEqual(unpack(pack([{ at: START, watts: 0 }])), [{ at: START, watts: 0 }]);
});

Deno.test("a house's day at 5 s with a display's jitter costs at most 1.1 byte a reading", () => {
  const costs = [1, 2, 3].flatMap((seed) => [
    bytesPerReading(houseDay({ startMs: START, seed })),
    bytesPerReading(houseDay({ startMs: START, seed, noiseWatts: 1 })),
    bytesPerReading(houseDay({ startMs: START, seed, noiseWatts: 12 })),
  ]);
  for (const cost of costs) assert.ok(cost <= 1.1, `${costs}`);
});

Deno.test("the simulator's day of a real house, its display up to 0.2 s early or late, costs at most 1.1 byte a reading", () => {
  const random = randomNumbers(3);
  const watts = localHouseLoad(1, "Europe/Rome");
  const readings = Array.from({ length: 17_280 }, (_, i): Reading => {
    const at = START + 2_300 + i * 5_000;
    return { at: roundAt(at + (random() * 2 - 1) * 200), watts: Math.round(watts(at)) };
  });
  assert.ok(bytesPerReading(readings) <= 1.1, `${bytesPerReading(readings)}`);
});

Deno.test("a pack is told from one that holds other readings", () => {
  const readings = houseDay({ startMs: START, hours: 1 });
  const packed = pack(readings);
  assert.ok(holds(packed, readings));
  const other = { at: readings[9]!.at, watts: readings[9]!.watts + 1 };
  const later = { at: readings[9]!.at + 100, watts: readings[9]!.watts };
  for (const changed of [readings.with(9, other), readings.with(9, later), readings.slice(1)]) {
    assert.ok(!holds(packed, changed));
  }
  assert.throws(() => holds(packed.subarray(1), readings), PackError);
});

Deno.test("restarts and missing replies do not lift a house's day over 1.1 byte a reading", () => {
  const random = randomNumbers(7);
  let shiftMs = 0;
  const readings = houseDay({ startMs: START }).flatMap(({ at, watts }) => {
    if (random() < 10 / 17_280) shiftMs += 100 * Math.floor(random() * 45);
    return random() < 0.01 ? [] : [{ at: at + shiftMs, watts }];
  });
  assert.deepEqual(unpack(pack(readings)), readings);
  assert.ok(bytesPerReading(readings) <= 1.1, `${bytesPerReading(readings)}`);
});

Deno.test("a day without jitter and noise costs next to nothing", () => {
  const readings = Array.from(
    { length: 17_280 },
    (_, i) => ({ at: START + i * 5_000, watts: 300 }),
  );
  assert.ok(pack(readings).length < 200);
});

Deno.test("readings that do not rise or are not whole are refused", () => {
  const at = START;
  assert.throws(() => pack([{ at, watts: 1 }, { at, watts: 1 }]), RangeError);
  assert.throws(() => pack([{ at, watts: 1 }, { at: at - 100, watts: 1 }]), RangeError);
  assert.throws(() => pack([{ at: at + 0.5, watts: 1 }]), RangeError);
  assert.throws(() => pack([{ at, watts: NaN }]), RangeError);
  assert.throws(() => pack([{ at, watts: PACK_LIMIT + 1 }]), RangeError);
});

Deno.test("a pack with any bit flipped is refused", () => {
  const bytes = pack(houseDay({ startMs: START, hours: 0.1 }));
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const damaged = bytes.slice();
    damaged[bit >> 3]! ^= 1 << (bit & 7);
    assert.throws(() => unpack(damaged), PackError, `bit ${bit}`);
  }
});

Deno.test("a pack cut anywhere is refused, and one with bytes behind it", () => {
  const bytes = pack(houseDay({ startMs: START, hours: 0.1 }));
  for (let length = 0; length < bytes.length; length++) {
    assert.throws(() => unpack(bytes.subarray(0, length)), PackError, `${length} bytes`);
  }
  for (const tail of [[0], [0, 0, 0, 0], [...bytes]]) {
    assert.throws(() => unpack(Uint8Array.from([...bytes, ...tail])), PackError);
  }
});

/** Bytes with the checksum that fits. */
function signed(body: readonly number[]): Uint8Array {
  const bytes = Uint8Array.from([...body, 0, 0, 0, 0]);
  new DataView(bytes.buffer).setUint32(body.length, crc32(Uint8Array.from(body)), true);
  return bytes;
}

Deno.test("bytes that make no sense are refused even when their checksum fits", () => {
  const body = [...pack(houseDay({ startMs: START, hours: 0.1 }))].slice(0, -4);
  fc.assert(
    fc.property(fc.nat({ max: body.length - 1 }), fc.integer({ min: 1, max: 255 }), (i, flip) => {
      const changed = signed(body.with(i, body[i]! ^ flip));
      try {
        const readings = unpack(changed);
        assert.ok(readings.every(({ at }, i) => i === 0 || at > readings[i - 1]!.at));
      } catch (error) {
        assert.ok(error instanceof PackError, `${error}`);
      }
    }),
  );
  fc.assert(fc.property(fc.array(fc.nat({ max: 255 })), (junk) => {
    assert.throws(() => unpack(signed([1, ...junk, 0xff])), PackError);
  }));
});

Deno.test("a pack of a later version is told as such", () => {
  const body = [...pack([])].slice(0, -4);
  assert.throws(() => unpack(signed(body.with(0, 2))), /version 2; this program reads 1/);
});
