import assert from "node:assert/strict";
import fc from "fast-check";
import type { Reading } from "../lib/reading.ts";
import { formatLine, mergeReadings, parseLines } from "../lib/store/journal_lines.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

const someReading = fc.record({
  at: fc.nat({ max: 99_999_999_999_999 }),
  watts: fc.nat({ max: 9_999_999 }),
}, { noNullPrototype: true });

Deno.test("a line is the time in epoch milliseconds and whole watts", () => {
  assert.equal(formatLine({ at: 1795387806100, watts: 1999 }), "1795387806100,1999\n");
  assert.deepEqual(parseLines(bytes("1795387806100,1999\n")), {
    readings: [{ at: 1795387806100, watts: 1999 }],
    bad: [],
  });
});

Deno.test("any other line is kept as bad, and costs no reading beside it", () => {
  const odd = [
    ..."x|,|1|1,|,1|1,2,3| 1,2|1,2 |1, 2|-1,2|1,-2|1.5,2|1,2.5|1e3,2|0x1,2|+1,2".split("|"),
    ..."1;2|at,watts|1,2\r|١,٢|1,12345678|100000000000000,1|\u0000|1,2\u0000|NaN,1".split("|"),
    "9".repeat(5_000),
  ];
  const { readings, bad } = parseLines(bytes(odd.map((line) => `10,1\n${line}\n`).join("")));
  assert.deepEqual(bad, odd);
  assert.deepEqual(readings, odd.map(() => ({ at: 10, watts: 1 })));
});

Deno.test("an empty line is nothing", () => {
  assert.deepEqual(parseLines(bytes("\n\n10,1\n\n")), {
    readings: [{ at: 10, watts: 1 }],
    bad: [],
  });
  assert.deepEqual(parseLines(bytes("")), { readings: [], bad: [] });
});

Deno.test("bytes that are no text are bad lines", () => {
  const junk = Uint8Array.of(0xff, 0xfe, 0x0a, 0xc3, 0x0a, 0x00, 0x00, 0x0a);
  const { readings, bad } = parseLines(Uint8Array.of(...junk, ...bytes("10,1\n")));
  assert.deepEqual(readings, [{ at: 10, watts: 1 }]);
  assert.equal(bad.length, 3);
});

Deno.test("what is written is read back, whatever the readings", () => {
  fc.assert(fc.property(fc.array(someReading), (readings) => {
    const text = readings.map(formatLine).join("");
    assert.deepEqual(parseLines(bytes(text)), { readings, bad: [] });
  }));
});

Deno.test("cut at any byte, the lines before the cut are read and nothing is made up", () => {
  fc.assert(fc.property(fc.array(someReading, { minLength: 1, maxLength: 6 }), (readings) => {
    const whole = bytes(readings.map(formatLine).join(""));
    for (let cut = 0; cut <= whole.length; cut++) {
      const kept = whole.subarray(0, cut);
      const lines = kept.filter((byte) => byte === 0x0a).length;
      assert.deepEqual(parseLines(kept), { readings: readings.slice(0, lines), bad: [] });
    }
  }));
});

Deno.test("random bytes are read without an error, each line once, as a reading only when it is one", () => {
  const likely = fc.constantFrom(...bytes("0123456789,\n"));
  const byte = fc.oneof(likely, fc.nat({ max: 255 }));
  fc.assert(fc.property(fc.array(byte, { maxLength: 300 }), (values) => {
    const junk = Uint8Array.from(values);
    const { readings, bad } = parseLines(junk);
    const lines = new TextDecoder("latin1").decode(junk).split("\n").slice(0, -1);
    const matches = lines.flatMap((line) => /^(\d{1,14}),(\d{1,7})$/.exec(line) ?? []);
    assert.deepEqual(
      readings.flatMap(({ at, watts }) => [at, watts]),
      matches.filter((_, i) => i % 3 > 0).map(Number),
    );
    assert.equal(readings.length + bad.length, lines.filter((line) => line !== "").length);
  }));
});

Deno.test("readings come in the order of their times, each time once; the first stays and others are counted", () => {
  const arrivals = [[30, 1], [10, 2], [30, 3], [20, 4], [10, 2], [30, 1], [30, 9]]
    .map(([at, watts]) => ({ at: at!, watts: watts! }));
  assert.deepEqual(mergeReadings(arrivals), {
    readings: [{ at: 10, watts: 2 }, { at: 20, watts: 4 }, { at: 30, watts: 1 }],
    conflicts: 2,
  });
});

Deno.test("the union holds every time, once, with the watts that came first", () => {
  const crowded = fc.record({ at: fc.nat({ max: 20 }), watts: fc.nat({ max: 3 }) });
  fc.assert(fc.property(fc.array(crowded), (arrivals) => {
    const first = new Map<number, Reading>();
    for (const one of arrivals) if (!first.has(one.at)) first.set(one.at, one);
    const { readings, conflicts } = mergeReadings(arrivals);
    assert.deepEqual(readings, [...first.values()].sort((a, b) => a.at - b.at));
    assert.equal(
      conflicts,
      arrivals.filter(({ at, watts }) => first.get(at)!.watts !== watts).length,
    );
    assert.deepEqual(mergeReadings([...arrivals, ...arrivals]).readings, readings);
  }));
});
