import assert from "node:assert/strict";
import { addDays, dayBounds, localTime } from "../lib/calendar.ts";
import { dayView } from "../lib/store/year_schema.ts";
import { YearFile } from "../lib/store/year_file.ts";
import { localHouseDay, query, ROME, store } from "./support/year_fixture.ts";

/** Stores a day in a file of its own and runs pwrApp's two queries on it. */
function pwrApp(date: string, zone = ROME, minTimeRes = 15) {
  const folder = Deno.makeTempDirSync();
  try {
    using file = YearFile.open(`${folder}/mcce.${date.slice(0, 4)}`);
    const stored = store(file, date, localHouseDay(date, zone), { zone, minTimeRes });
    return {
      day: stored!.day,
      rows: [...file.rows("history", 0, 1e15)],
      avg: query(file.path, "select * from avg"),
      table: query(file.path, `select * from "${date}"`),
    };
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

const round2 = (value: number) => Math.round(value * 100) / 100;

Deno.test("pwrApp's two queries find columns, times and values as the origin wrote them", () => {
  const { day, rows, avg, table } = pwrApp("2026-11-21");
  assert.deepEqual(avg, [{ index: "2026-11-21", kWh: round2(day.wh / 1000) }]);
  assert.equal(table.length, 96);
  assert.deepEqual(table[0], { index: "2026-11-21 00:00:00", Wh: round2(rows[0]!.meanWatts) });
  assert.deepEqual(table[95], { index: "2026-11-21 23:45:00", Wh: round2(rows[95]!.meanWatts) });
  for (const { index, Wh } of table) {
    assert.match(`${index}`, /^2026-11-21 \d\d:(00|15|30|45):00$/);
    assert.equal(typeof Wh, "number");
  }
});

Deno.test("days of 23 to 25 hours have a row for each piece of real time, labelled by the clock on the wall", () => {
  const days: [zone: string, date: string, labels: Record<number, string>, count: number][] = [
    [ROME, "2026-03-29", { 0: "00:00", 7: "01:45", 8: "03:00", 91: "23:45" }, 92],
    [ROME, "2026-10-25", { 0: "00:00", 11: "02:45", 12: "02:00", 16: "03:00", 99: "23:45" }, 100],
    ["Africa/Cairo", "2026-04-24", { 0: "01:00", 91: "23:45" }, 92],
    ["Africa/Cairo", "2026-10-29", { 95: "23:45", 96: "23:00", 99: "23:45" }, 100],
    ["Australia/Lord_Howe", "2026-10-04", { 7: "01:45", 8: "02:30", 93: "23:45" }, 94],
    ["Australia/Lord_Howe", "2026-04-05", { 7: "01:45", 8: "01:30", 97: "23:45" }, 98],
    ["America/Sao_Paulo", "2018-11-04", { 0: "01:00", 91: "23:45" }, 92],
    ["America/Sao_Paulo", "2018-02-17", { 95: "23:45", 96: "23:00", 99: "23:45" }, 100],
  ];
  for (const [zone, date, labels, count] of days) {
    const { day, rows, table, avg } = pwrApp(date, zone);
    assert.equal(table.length, count, `${zone} ${date}`);
    for (const [i, label] of Object.entries(labels)) {
      assert.equal(table[Number(i)]!.index, `${date} ${label}:00`, zone);
    }
    rows.forEach(({ startMs }, i) => assert.equal(table[i]!.index, localTime(startMs, zone)));
    assert.deepEqual(avg, [{ index: date, kWh: round2(day.wh / 1000) }]);
    const hours = (day.endMs - day.startMs) / 3_600_000;
    assert.ok(Math.abs(day.wh - day.meanWatts * hours) < 1, `${day.coveredS}`);
  }
});

Deno.test("each day has its view, which ends where the next begins", () => {
  const folder = Deno.makeTempDirSync();
  try {
    using file = YearFile.open(`${folder}/mcce.2026`);
    for (let date = "2026-10-23"; date <= "2026-10-27"; date = addDays(date, 1)) {
      store(file, date, localHouseDay(date));
    }
    assert.equal(query(file.path, 'select * from "2026-10-24"').length, 96);
    assert.equal(query(file.path, 'select * from "2026-10-25"').length, 100);
    assert.equal(query(file.path, 'select * from "2026-10-26"').length, 96);
    assert.equal(query(file.path, "select * from avg").length, 5);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
});

Deno.test("only a date becomes the name of a view", () => {
  const names = [
    '2026-11-21" AS SELECT 1; --',
    "2026-11-31",
    "26-11-21",
    "",
    "days",
    "2026-11-21\n",
  ];
  for (const name of names) assert.throws(() => dayView(name), RangeError);
});

Deno.test("a house that corrects its TIME_ZONE keeps every reading once, and counts it once", () => {
  for (
    const [before, after] of [["UTC", ROME], [ROME, "UTC"], ["America/New_York", ROME]] as const
  ) {
    const folder = Deno.makeTempDirSync();
    try {
      using file = YearFile.open(`${folder}/mcce.2026`);
      const [first, second] = ["2026-11-20", "2026-11-21"];
      const change = dayBounds(second, ROME).startMs + 12 * 3_600_000;
      const all = ["2026-11-20", "2026-11-21"].flatMap((date) => localHouseDay(date, before))
        .filter(({ at }) => at < change);
      const later = localHouseDay("2026-11-21", after).filter(({ at }) => at >= change);
      const of = (date: string, zone: string) => {
        const { startMs, endMs } = dayBounds(date, zone);
        return ({ at }: { at: number }) => at >= startMs && at < endMs;
      };
      store(file, first, all.filter(of(first, before)), { zone: before });
      // Those that an earlier zone put in this day's journal belong to one of the two by the later zone.
      const rest = [...all.filter((one) => !of(first, before)(one)), ...later];
      store(file, first, rest.filter(of(first, after)), { zone: after });
      store(file, second, rest.filter(of(second, after)), { zone: after });
      const days = file.days(first, second);
      const kept = days.flatMap(({ date }) => file.readings(date)!.readings);
      assert.deepEqual(kept, [...all, ...later], `${before} to ${after}`);
      assert.ok(days[0]!.endMs <= days[1]!.startMs);
      const rows = [...file.rows("history", 0, 1e15)];
      const wh = rows.reduce((sum, { meanWatts, coveredS }) => sum + meanWatts * coveredS, 0) /
        3600;
      assert.ok(Math.abs(wh - days[0]!.wh - days[1]!.wh) < 1e-6);
    } finally {
      Deno.removeSync(folder, { recursive: true });
    }
  }
});
