import assert from "node:assert/strict";
import { dayBounds } from "../lib/calendar.ts";
import { digestDay } from "../lib/store/digest.ts";
import { close, digest, exactDay, ROME_DAY, START } from "./support/digested.ts";

Deno.test("a reading holds 15 s, then there is a gap that has no rows", () => {
  const { day, history } = digest([
    { at: START + 60_000, watts: 1000 },
    { at: START + 3_600_000, watts: 2000 },
    { at: START + 3_605_000, watts: 3000 },
  ]);
  close(day.wh, (15 * 1000 + 5 * 2000 + 15 * 3000) / 3600);
  assert.equal(day.coveredS, 35);
  assert.equal(day.meanWatts, 2000);
  assert.deepEqual(
    history.map(({ startMs, coveredS }) => [(startMs - START) / 900_000, coveredS]),
    [[0, 15], [4, 20]],
  );
});

Deno.test("the last reading of the day before holds into the day, and the day's last not beyond it", () => {
  const { day } = digest([{ at: START + 2_000, watts: 500 }, {
    at: ROME_DAY.endMs - 1_000,
    watts: 700,
  }], {
    carriedIn: { at: START - 3_000, watts: 900 },
  });
  close(day.wh, (2 * 900 + 15 * 500 + 1 * 700) / 3600);
  assert.equal(day.readings, 2);
  assert.equal(day.maxWatts, 900);
  assert.equal(day.maxAt, START);
});

Deno.test("a reading carried in from long before says nothing of the day", () => {
  const carriedIn = { at: START - 15_000, watts: 900 };
  const input = {
    day: ROME_DAY,
    zone: "Europe/Rome",
    measured: { readings: [], holdMs: 15_000 },
    carriedIn,
    minTimeRes: 15,
  };
  assert.equal(digestDay(input), null);
  const { day } = digest([], { carriedIn: { ...carriedIn, at: START - 14_900 } });
  assert.equal(day.coveredS, 0.1);
  assert.equal(day.readings, 0);
});

Deno.test("the time of the maximum is the first at which it was drawn", () => {
  const watts = [300, 4000, 200, 4000];
  const { day } = digest(watts.map((watts, i) => ({ at: START + i * 5_000, watts })));
  assert.equal(day.maxAt, START + 5_000);
  assert.equal(day.minWatts, 200);
});

Deno.test("a day of zeros is a day", () => {
  const { day } = digest([{ at: START, watts: 0 }]);
  assert.equal(day.wh, 0);
  assert.equal(day.maxWatts, 0);
});

Deno.test("days of 23, 23.5, 24.5 and 25 hours have as many rows, and their energy", () => {
  const days: [zone: string, date: string, rows: number, hourly: number, sixHourly: number][] = [
    ["Europe/Rome", "2026-03-29", 92, 23, 4],
    ["Europe/Rome", "2026-10-25", 100, 25, 5],
    ["Africa/Cairo", "2026-04-24", 92, 23, 4],
    ["Africa/Cairo", "2026-10-29", 100, 25, 5],
    ["Australia/Lord_Howe", "2026-10-04", 94, 24, 4],
    ["Australia/Lord_Howe", "2026-04-05", 98, 25, 5],
    ["America/Sao_Paulo", "2018-11-04", 92, 23, 4],
    ["America/Sao_Paulo", "2018-02-17", 100, 25, 5],
  ];
  for (const [zone, date, rows, hourly, sixHourly] of days) {
    const day = dayBounds(date, zone);
    const readings = exactDay(day);
    const quarters = digest(readings, { day });
    close(quarters.day.wh, readings.reduce((sum, { watts }) => sum + watts, 0) * 5 / 3600);
    assert.equal(quarters.day.coveredS, (day.endMs - day.startMs) / 1000);
    assert.equal(quarters.history.length, rows, `${zone} ${date}`);
    assert.equal(quarters.sixHourly.length, sixHourly);
    assert.equal(digest(readings, { day, minTimeRes: 60 }).history.length, hourly);
    assert.equal(quarters.sixHourly.at(-1)?.endMs, day.endMs);
  }
});

Deno.test("a reading of another day is refused", () => {
  assert.throws(() => digest([{ at: START - 100, watts: 1 }]), RangeError);
  assert.throws(() => digest([{ at: ROME_DAY.endMs, watts: 1 }]), RangeError);
});
