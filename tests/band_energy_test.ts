import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { type BandsWh, energyByBand, rowsByBand } from "../lib/band_energy.ts";
import { addDays, buckets, dayBounds } from "../lib/calendar.ts";
import type { PowerSpan } from "../lib/held_spans.ts";
import { digestDay } from "../lib/store/digest.ts";
import { bandAt, bandSpans } from "../lib/tariff.ts";
import { localHouseDay, ROME } from "./support/year_fixture.ts";

const HOUR = 3_600_000;
/** A Monday. */
const DAY = dayBounds("2026-11-23", ROME);
const BANDS = bandSpans(DAY, ROME);

const total = (bands: BandsWh | null) => bands!.f1 + bands!.f2 + bands!.f3;

function close(actual: number, expected: number): void {
  ok(Math.abs(actual - expected) < 1e-6, `${actual} is not ${expected}`);
}

/** What a table of the origin has of the day, `minutes` a row. */
function table(minutes: number) {
  const readings = buckets(DAY, minutes).map(({ startMs }, i) => ({ at: startMs, watts: 100 * i }));
  const origin = { readings, holdMs: minutes * 60_000 };
  const measured = { readings: [], holdMs: 15_000 };
  return digestDay({ day: DAY, zone: ROME, measured, origin, carriedIn: null, minTimeRes: 15 })!;
}

Deno.test("a kilowatt all day is 11 kWh of F1, 5 of F2 and 8 of F3", () => {
  const all = { startMs: DAY.startMs, endMs: DAY.endMs, watts: 1000 };
  deepEqual(energyByBand([all], BANDS), { f1: 11_000, f2: 5_000, f3: 8_000 });
});

Deno.test("each tenth of a second counts in its own band", () => {
  const sevenMs = DAY.startMs + 7 * HOUR;
  const span = { startMs: sevenMs - 100, endMs: sevenMs + 300, watts: 3600 };
  deepEqual(energyByBand([span], BANDS), { f1: 0, f2: 0.3, f3: 0.1 });
});

Deno.test("the bands of any spans add up to their energy", () => {
  const cuts = fc.uniqueArray(fc.nat({ max: 864_000 }), { minLength: 2, maxLength: 60 });
  fc.assert(fc.property(cuts, (tenths) => {
    const times = tenths.sort((a, b) => a - b).map((tenth) => DAY.startMs + 100 * tenth);
    const spans: PowerSpan[] = times.slice(1).map((endMs, i) => (
      { startMs: times[i]!, endMs, watts: 37 * i }
    )).filter((_, i) => i % 3 !== 1);
    const wattMs = spans.reduce(
      (sum, { startMs, endMs, watts }) => sum + watts * (endMs - startMs),
      0,
    );
    close(total(energyByBand(spans, BANDS)), wattMs / HOUR);
  }));
});

Deno.test("a digested day's bands are those of its readings, also when the clocks change", () => {
  // A Monday; the Saturdays before, and the Sundays on which the clocks change; New York's hours.
  for (
    const [date, zone] of [
      ["2026-11-23", ROME],
      ["2026-03-28", ROME],
      ["2026-03-29", ROME],
      ["2026-10-25", ROME],
      ["2026-10-26", "America/New_York"],
    ] as const
  ) {
    const day = dayBounds(date, zone);
    const readings = localHouseDay(date, zone);
    const measured = { readings, holdMs: 15_000 };
    const digest = digestDay({ day, zone, measured, carriedIn: null, minTimeRes: 15 })!;
    const expected = { f1: 0, f2: 0, f3: 0 };
    readings.forEach(({ at, watts }, i) => {
      const { hour } = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
      const endMs = readings[i + 1]?.at ?? day.endMs;
      expected[bandAt(date, hour)] += watts * (endMs - at) / HOUR;
    });
    const { bandsWh, wh } = digest.day;
    close(total(bandsWh), wh);
    // A reading that holds over a border counts on both sides.
    for (const band of ["f1", "f2", "f3"] as const) {
      ok(Math.abs(bandsWh![band] - expected[band]) < 10, `${date} ${band}`);
    }
    const rows = rowsByBand(digest.history, bandSpans(day, zone))!;
    for (const band of ["f1", "f2", "f3"] as const) close(rows[band], bandsWh![band]);
  }
});

Deno.test("a table of the origin tells the bands as long as no row lies in two of them", () => {
  for (const minutes of [15, 30, 60]) {
    close(total(table(minutes).day.bandsWh), table(minutes).day.wh);
  }
  for (const minutes of [120, 360, 1440]) equal(table(minutes).day.bandsWh, null);
  const { history } = table(120);
  equal(rowsByBand(history, BANDS), null);
  // A Sunday is F3 whatever its rows.
  const sunday = bandSpans(dayBounds(addDays(DAY.date, -1), ROME), ROME);
  const rows = history.map((row) => ({
    ...row,
    startMs: row.startMs - 24 * HOUR,
    endMs: row.endMs - 24 * HOUR,
  }));
  close(rowsByBand(rows, sunday)!.f3, table(120).day.wh);
});

Deno.test("a row counts by what was covered of it", () => {
  const row = { startMs: DAY.startMs, endMs: DAY.startMs + HOUR, meanWatts: 1000, coveredS: 900 };
  deepEqual(rowsByBand([row], BANDS), { f1: 0, f2: 0, f3: 250 });
});
