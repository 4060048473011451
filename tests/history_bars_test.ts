import assert from "node:assert/strict";
import fc from "fast-check";
import type { DayAnswer, StatsAnswer } from "../lib/query/wire.ts";
import { createNumbers } from "../functions/page/history/numbers.ts";
import { isMissing } from "../functions/page/history/bars.ts";
import { heatScale, shade, SHADES } from "../functions/page/history/heat.ts";
import { monthMeasured, paceKWh, unmeasuredKWh } from "../functions/page/history/measured.ts";
import { byDate, monthBars, yearBars } from "../functions/page/history/period_bars.ts";
import { HISTORY_TEXTS } from "../functions/page/history/texts.ts";

const voice = { texts: HISTORY_TEXTS.en, format: createNumbers("en") };
const TODAY = "2026-11-23";

function day(date: string, kWh: number, change: Partial<DayAnswer> = {}): DayAnswer {
  const watts = { meanWatts: 300, minWatts: 100, maxWatts: 900, maxAt: 0, baseLoadWatts: null };
  return { date, kWh, ...watts, coverage: 1, source: "measured", bandsKWh: null, ...change };
}

const NO_STATS: StatsAnswer = {
  days: 0,
  max: null,
  min: null,
  mean: null,
  std: null,
  sum: 0,
  months: [],
  bandsKWh: null,
};

Deno.test("half a day has the other half hatched above it, an imported one has none", () => {
  assert.equal(unmeasuredKWh({ kWh: 4, coverage: 0.5 }), 4);
  assert.equal(unmeasuredKWh({ kWh: 4, coverage: 0.995 }), 0);
  assert.equal(unmeasuredKWh({ kWh: 4, coverage: null }), 0);
  assert.equal(unmeasuredKWh({ kWh: 0, coverage: 0 }), 0);
});

Deno.test("the pace of a day is at most twice what was measured, so that a moment is not taken for a day", () => {
  assert.equal(paceKWh({ kWh: 4, coverage: 0.8 }), 5);
  assert.equal(paceKWh({ kWh: 4, coverage: 0.5 }), 8);
  assert.equal(paceKWh({ kWh: 0.05, coverage: 0.0005 }), 0.1);
  assert.equal(paceKWh({ kWh: 4, coverage: null }), 4);
});

Deno.test("a month's days are named, and tell what is to be known of them", () => {
  const days = [
    day("2026-11-21", 8.53, { source: "origin", coverage: null }),
    day("2026-11-22", 4.25, { coverage: 0.5 }),
    day(TODAY, 3),
  ];
  const bars = monthBars({ year: 2026, month: 11 }, days, TODAY, voice);
  assert.equal(bars.length, 30);
  const told = bars.slice(19, 24).map(({ label, href, marks }) => ({ label, href, marks }));
  assert.deepEqual(told, [
    { label: "Friday 20 November: nothing measured", href: null, marks: [] },
    {
      label: "Saturday 21 November: 8.53 kWh, imported from the Python origin",
      href: "/history?day=2026-11-21",
      marks: ["weekend", "origin"],
    },
    {
      label: "Sunday 22 November: 4.25 kWh, 50% measured",
      href: "/history?day=2026-11-22",
      marks: ["weekend"],
    },
    {
      label: "Monday 23 November: 3.00 kWh, so far",
      href: "/history?day=2026-11-23",
      marks: ["now"],
    },
    { label: "Tuesday 24 November", href: null, marks: ["future"] },
  ]);
  assert.deepEqual(bars[21]?.name, ["Sun", "22"]);
  assert.deepEqual(bars[21]?.values, ["4.25", "50%"]);
});

Deno.test("a year's months tell their share and the year before, and what of them was not measured", () => {
  const days = Array.from({ length: 15 }, (_, i) => day(`2026-09-${i + 11}`, 10));
  const stats = {
    ...NO_STATS,
    days: 15,
    sum: 150,
    months: [{ month: 9, kWh: 150, share: 1 }],
  };
  const before = { ...NO_STATS, months: [{ month: 9, kWh: 280, share: 1 }] };
  const span = { timeZone: "Europe/Rome", firstDate: "2025-01-01", lastDate: TODAY, today: TODAY };
  const bars = yearBars({ year: 2026, days, stats, before, span }, voice);
  const { label, href, kWh, unmeasuredKWh, beforeKWh, values } = bars[8]!;
  assert.deepEqual({ label, href, kWh, unmeasuredKWh, beforeKWh, values }, {
    label: "September: 150.00 kWh, 100.0% of the year, 50% measured, 2025: 280.00 kWh",
    href: "/history?month=2026-09",
    kWh: 150,
    unmeasuredKWh: 150,
    beforeKWh: 280,
    values: ["150.00", "100.0%", "50% measured"],
  });
  assert.equal(bars[0]?.label, "January: nothing measured");
  assert.deepEqual(bars.map(({ marks }) => marks[0]).slice(9), [undefined, "now", "future"]);
});

Deno.test("a month of which no day is over, or today alone is known, tells today so far and is not missing", () => {
  const days = [day("2026-12-01", 3)];
  const before = { ...NO_STATS, months: [{ month: 12, kWh: 280, share: 1 }] };
  for (const today of ["2026-12-01", "2026-12-09"]) {
    const span = { timeZone: "Europe/Rome", firstDate: today, lastDate: today, today };
    const known = days.map((one) => ({ ...one, date: today }));
    const figures = { year: 2026, days: known, stats: NO_STATS, before, span };
    const bars = yearBars(figures, voice);
    const { label, href, kWh, marks } = bars[11]!;
    assert.deepEqual({ label, href, kWh, marks }, {
      label: "December: today so far: 3.00 kWh, 2025: 280.00 kWh",
      href: "/history?month=2026-12",
      kWh: null,
      marks: ["now"],
    });
    assert.equal(isMissing(bars[11]!), false);
    assert.equal(isMissing(bars[10]!), true);
    const nothing = yearBars({ ...figures, days: [] }, voice)[11]!;
    assert.match(nothing.label, /^December: nothing measured/);
  }
});

Deno.test("a month in progress is measured as far as its days are over", () => {
  const days = byDate([day("2026-11-01", 5), day("2026-11-02", 5, { coverage: 0.5 })]);
  assert.deepEqual(monthMeasured(2026, 11, days, "2026-11-04"), { coverage: 0.5, isNow: true });
  assert.equal(monthMeasured(2026, 11, days, "2026-11-01"), null);
});

Deno.test("shades of the calendar begin at round energies and rise with it", () => {
  assert.deepEqual(heatScale([4.4, 14.4]), [6, 8, 10, 12, 14]);
  assert.deepEqual(heatScale([7]), []);
  assert.deepEqual(heatScale([]), []);
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: 0, max: 200, noNaN: true }), { minLength: 1 }),
      (kWh) => {
        const scale = heatScale(kWh);
        assert.ok(scale.length < SHADES);
        const shades = kWh.toSorted((a, b) => a - b).map((one) => shade(one, scale));
        assert.deepEqual(shades, shades.toSorted((a, b) => a - b));
      },
    ),
  );
});
