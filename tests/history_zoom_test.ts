import assert from "node:assert/strict";
import fc from "fast-check";
import type { Span } from "../functions/page/history/place.ts";
import { between, isWhole, moved, partOf, within, zoomed } from "../functions/page/history/zoom.ts";

const WHOLE: Span = { fromMs: 1_000_000, toMs: 87_400_000 };
const inside = fc.integer({ min: WHOLE.fromMs, max: WHOLE.toMs });
const spans = fc.tuple(inside, inside).map(([a, b]) => between(a, b, WHOLE));

Deno.test("whatever is done, the span stays within the day, of whole milliseconds and not too short", () => {
  fc.assert(
    fc.property(
      spans,
      fc.double({ min: 0.001, max: 1000, noNaN: true }),
      fc.integer({ min: -1e9, max: 1e9 }),
      inside,
      (span, factor, byMs, aroundMs) => {
        for (const next of [zoomed(span, WHOLE, factor, aroundMs), moved(span, WHOLE, byMs)]) {
          assert.ok(next.fromMs >= WHOLE.fromMs && next.toMs <= WHOLE.toMs);
          assert.ok(next.toMs - next.fromMs >= 60_000);
          assert.ok(Number.isInteger(next.fromMs) && Number.isInteger(next.toMs));
        }
      },
    ),
  );
});

Deno.test("the moment that is zoomed around stays in its place", () => {
  const span = { fromMs: 10_000_000, toMs: 20_000_000 };
  assert.deepEqual(zoomed(span, WHOLE, 0.5, 12_500_000), {
    fromMs: 11_250_000,
    toMs: 16_250_000,
  });
});

Deno.test("a part of a day that reaches beyond it is moved into it, and all of it is no part", () => {
  assert.deepEqual(partOf({ fromMs: 87_000_000, toMs: 88_000_000 }, WHOLE), {
    fromMs: 86_400_000,
    toMs: 87_400_000,
  });
  const inside = { fromMs: 2_000_000, toMs: 3_000_000 };
  assert.deepEqual(partOf(inside, WHOLE), inside);
  assert.equal(partOf({ fromMs: 0, toMs: 1e12 }, WHOLE), null);
  assert.equal(partOf(null, WHOLE), null);
});

Deno.test("moving stops at the day's end, zooming out at the whole day", () => {
  const span = { fromMs: 80_000_000, toMs: 87_000_000 };
  assert.deepEqual(moved(span, WHOLE, 5_000_000), { fromMs: 80_400_000, toMs: 87_400_000 });
  assert.deepEqual(zoomed(span, WHOLE, 100, 85_000_000), WHOLE);
  assert.ok(isWhole(within({ fromMs: 0, toMs: 1e12 }, WHOLE), WHOLE));
  assert.equal(isWhole(span, WHOLE), false);
});
