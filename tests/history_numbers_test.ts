import assert from "node:assert/strict";
import fc from "fast-check";
import { createNumbers } from "../functions/page/history/numbers.ts";

const en = createNumbers("en");
const it = createNumbers("it");

Deno.test("numbers of years and months read as Intl would write them", () => {
  for (const [numbers, locale] of [[en, "en-GB"], [it, "it-IT"]] as const) {
    const intl = (options: Intl.NumberFormatOptions) =>
      new Intl.NumberFormat(locale, { useGrouping: false, ...options });
    const two = intl({ minimumFractionDigits: 2, maximumFractionDigits: 2 });
    const some = intl({ maximumFractionDigits: 2 });
    fc.assert(fc.property(fc.double({ min: 0, max: 1e6, noNaN: true }), (value) => {
      assert.equal(numbers.kWh(value), two.format(value));
      assert.equal(numbers.number(value), some.format(value));
    }));
    const tenths = intl({ style: "percent", minimumFractionDigits: 1, maximumFractionDigits: 1 });
    fc.assert(fc.property(fc.integer({ min: 0, max: 1000 }), (perMille) => {
      assert.equal(numbers.share(perMille / 1000), tenths.format(perMille / 1000));
    }));
  }
});

Deno.test("a change tells its direction, and none where there is none", () => {
  assert.equal(en.change(0.0391), "+3.9%");
  assert.equal(it.change(-0.1204), "−12,0%");
  assert.equal(en.change(-0.0001), "0.0%");
});

Deno.test("a measured part is rounded down, and a round number has no decimals", () => {
  assert.equal(en.percent(0.9999), "99%");
  assert.equal(it.number(20), "20");
  assert.equal(it.number(0.5), "0,5");
  assert.equal(en.number(100), "100");
});
