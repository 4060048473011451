import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { addDays } from "../lib/calendar.ts";
import { type CountedDay, statsOf } from "../lib/query/stats.ts";
import type { StatsAnswer } from "../lib/query/wire.ts";
import { evenDay } from "./support/digest_house.ts";
import { QueryHouse } from "./support/query_house.ts";

const BANDS = { f1: 500, f2: 300, f3: 200 };

/** The kWh of made-up days: each 3 to 15, by a generator that takes two lines in any language. */
function madeUp(count: number, start: number): number[] {
  let state = BigInt(start);
  return Array.from({ length: count }, () => {
    state = (state * 1103515245n + 12345n) % 2147483648n;
    return (3000 + Number(state % 12000n)) / 1000;
  });
}

/** The year 2025 without three days of April. */
const YEAR: readonly CountedDay[] = madeUp(365, 20250101)
  .map((kWh, i) => ({ date: addDays("2025-01-01", i), wh: 1000 * kWh, bandsWh: BANDS }))
  .filter((_, i) => i < 100 || i > 102);

/**
 * What pandas 3.0.6 says of the same, where `kwh` are the days and `index` their dates:
 * `s = pd.Series(kwh, index=index); s.count(), s.max(), s.min(), s.mean(), s.std(), s.sum()`, of a month
 * `s[s.index.month == 4]`, and `s.groupby(s.index.month).sum()`.
 */
const PANDAS = {
  year: [362, 14.984, 3.002, 9.2808591160221, 3.4787250561244134, 3359.671],
  february: [28, 14.944, 3.535, 9.2885, 3.2179855845267897, 260.078],
  april: [27, 14.984, 3.83, 10.77637037037037, 3.368342175521366, 290.962],
  months: [
    ...[307.043, 260.078, 254.552, 290.962, 299.355, 301.317],
    ...[283.314, 314.167, 276.621, 261.79, 263.487, 246.985],
  ],
};

function figures({ days, max, min, mean, std, sum }: StatsAnswer) {
  return [days, max, min, mean, std, sum];
}

function close(actual: readonly (number | null)[], expected: readonly number[]): void {
  equal(actual.length, expected.length);
  expected.forEach((one, i) => ok(Math.abs(actual[i]! - one) < 1e-6, `${actual[i]} not ${one}`));
}

Deno.test("a year's and a month's statistics are those of pandas", () => {
  close(figures(statsOf(YEAR, null)), PANDAS.year);
  close(figures(statsOf(YEAR, 2)), PANDAS.february);
  close(figures(statsOf(YEAR, 4)), PANDAS.april);
  const { months } = statsOf(YEAR, null);
  close(months.map(({ kWh }) => kWh), PANDAS.months);
  deepEqual(months.map(({ month }) => month), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
});

Deno.test("shares are of the year, also when a month is asked for", () => {
  const { months } = statsOf(YEAR, null);
  close([months.reduce((sum, { share }) => sum + share, 0)], [1]);
  deepEqual(statsOf(YEAR, 4).months, [{ month: 4, kWh: 290.962, share: 0.0866 }]);
  deepEqual(months[3], { month: 4, kWh: 290.962, share: 0.0866 });
});

Deno.test("few days have no deviation, none have nothing, and a month without any is absent", () => {
  const [first] = YEAR;
  deepEqual(statsOf([], null), {
    ...{ days: 0, max: null, min: null, mean: null, std: null, sum: 0, months: [] },
    bandsKWh: null,
  });
  deepEqual(statsOf([first!], null), {
    ...{ days: 1, max: 8.098, min: 8.098, mean: 8.098, std: null, sum: 8.098 },
    months: [{ month: 1, kWh: 8.098, share: 1 }],
    bandsKWh: { f1: 0.5, f2: 0.3, f3: 0.2 },
  });
  equal(statsOf(YEAR.slice(0, 40), 5).days, 0);
  deepEqual(statsOf([{ ...first!, wh: 0 }], null).months, [{ month: 1, kWh: 0, share: 0 }]);
});

Deno.test("equal days have a deviation of 0, whatever they are", () => {
  fc.assert(fc.property(fc.integer({ min: 2, max: 40 }), fc.nat({ max: 90_000 }), (count, wh) => {
    const days = Array.from({ length: count }, (_, i) => ({ ...YEAR[i]!, wh }));
    equal(statsOf(days, null).std, 0);
    equal(statsOf(days, null).mean, Math.round(wh * 1000) / 1e6);
  }));
});

Deno.test("bands are those of the days that have them", () => {
  const days = YEAR.slice(0, 3).map((day, i) => ({ ...day, bandsWh: i === 1 ? null : BANDS }));
  deepEqual(statsOf(days, null).bandsKWh, { f1: 1, f2: 0.6, f3: 0.4 });
  deepEqual(statsOf(days.slice(1, 2), null).bandsKWh, null);
});

Deno.test("the house's complete days count, stored or pending, and today does not", async () => {
  await using one = new QueryHouse({ wall: "2026-11-21T13:30:00Z" });
  one.store("2025-12-31", evenDay("2025-12-31", { watts: 9000 }));
  one.store("2026-10-30", evenDay("2026-10-30", { watts: 1000 }));
  one.house.write("2026-11-20", evenDay("2026-11-20", { watts: 2000 }));
  const today = evenDay("2026-11-21", { watts: 9000 });
  one.show(today.slice(0, 3_000));
  const year = await one.query.stats(2026, null);
  close(figures(year), [2, 48, 24, 36, Math.sqrt(288), 72]);
  deepEqual(year.months, [
    { month: 10, kWh: 24, share: 0.33333 },
    { month: 11, kWh: 48, share: 0.66667 },
  ]);
  deepEqual(figures(await one.query.stats(2026, 11)), [1, 48, 48, 48, null, 48]);
  equal((await one.query.stats(2025, null)).sum, 216);
  equal((await one.query.stats(1999, null)).days, 0);
});
