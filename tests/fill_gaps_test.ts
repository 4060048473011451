import assert from "node:assert/strict";
import fc from "fast-check";
import { fillGaps, type PowerSpan } from "../lib/held_spans.ts";

/** `10-20:5` is 5 W from 10 to 20. */
const spans = (text: string): PowerSpan[] =>
  text.split(" ").filter(Boolean).map((span) => {
    const [startMs = 0, endMs = 0, watts = 0] = span.split(/[-:]/).map(Number);
    return { startMs, endMs, watts };
  });

const shown = (list: readonly PowerSpan[]) =>
  list.map(({ startMs, endMs, watts }) => `${startMs}-${endMs}:${watts}`).join(" ");

Deno.test("the second source fills the time before, between and after the first's", () => {
  const filled = fillGaps(spans("10-20:1 30-40:2"), spans("0-50:9"));
  assert.equal(shown(filled), "0-10:9 10-20:1 20-30:9 30-40:2 40-50:9");
});

Deno.test("where the first source has everything, nothing is filled", () => {
  const first = "0-20:1 20-50:2";
  assert.equal(shown(fillGaps(spans(first), spans("0-5:9 5-30:8 30-50:7"))), first);
});

Deno.test("a source alone stays as it is", () => {
  const alone = "0-10:1 10-20:2 25-30:3";
  assert.equal(shown(fillGaps(spans(alone), [])), alone);
  assert.equal(shown(fillGaps([], spans(alone))), alone);
});

Deno.test("at each moment stands what the first source says, else what the second says", () => {
  const moments = 60;
  const source = fc.uniqueArray(fc.nat({ max: moments }), { maxLength: 20 }).chain((cuts) =>
    fc.array(fc.nat({ max: 3 }), { minLength: cuts.length, maxLength: cuts.length }).map((watts) =>
      // Every span with 0 W is left out, so that there are gaps.
      cuts.sort((a, b) => a - b).map((startMs, i) => ({
        startMs,
        endMs: cuts[i + 1] ?? moments + 1,
        watts: watts[i]!,
      })).filter(({ watts }) => watts > 0)
    )
  );
  const at = (list: readonly PowerSpan[], moment: number) =>
    list.filter(({ startMs, endMs }) => startMs <= moment && moment < endMs)
      .map(({ watts }) => watts);
  fc.assert(fc.property(source, source, (first, second) => {
    const filled = fillGaps(first, second);
    for (let moment = 0; moment <= moments; moment++) {
      const own = at(first, moment);
      assert.deepEqual(at(filled, moment), own.length > 0 ? own : at(second, moment));
    }
    assert.deepEqual(filled, filled.toSorted((a, b) => a.startMs - b.startMs));
  }));
});
