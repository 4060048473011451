import { deepEqual, equal, ok } from "node:assert/strict";
import fc from "fast-check";
import { dayBounds } from "../lib/calendar.ts";
import { type DayPlaces, daysOf, historyRowsOf } from "../lib/export/days.ts";
import type { ExportFormat } from "../lib/export/frame.ts";
import { type Cell, type Table, tableText } from "../lib/export/table_text.ts";
import { DAY_TABLE, historyTable } from "../lib/export/tables.ts";
import type { PowerRow } from "../lib/minute_sums.ts";
import type { DayAnswer } from "../lib/query/wire.ts";
import { parseCsv } from "./support/csv.ts";
import { ROME } from "./support/year_fixture.ts";

const DAY: DayAnswer = {
  date: "2026-10-25",
  kWh: 7.4125,
  meanWatts: 296.5,
  minWatts: 200,
  maxWatts: 4210,
  maxAt: 1_792_900_000_000,
  coverage: 0.99983,
  source: "measured",
  bandsKWh: { f1: 2.6, f2: 2, f3: 2.8125 },
  baseLoadWatts: null,
};

async function written<Row>(
  rows: readonly Row[],
  table: Table<Row>,
  format: ExportFormat,
): Promise<{ readonly text: string; readonly pieces: number }> {
  async function* all() {
    yield* rows;
  }
  const pieces = await Array.fromAsync(tableText(all(), table, format));
  return {
    text: pieces.map((piece) => new TextDecoder().decode(piece)).join(""),
    pieces: pieces.length,
  };
}

Deno.test("a table's CSV gives back every value, whatever stands in it (RFC 4180)", async () => {
  const text = fc.string({ unit: fc.constantFrom(...'a,"\r\n; é') });
  const cell = fc.oneof(text, fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }));
  const row = fc.array(fc.oneof(cell, fc.constant(null)), { minLength: 2, maxLength: 4 });
  const table: Table<readonly Cell[]> = {
    columns: ["one", "two"],
    cells: (cells) => cells,
    object: (cells) => ({ ...cells }),
  };
  await fc.assert(fc.asyncProperty(fc.array(row), async (rows) => {
    const { text } = await written(rows, table, "csv");
    const wanted = rows.map((cells) => cells.map((one) => one === null ? "" : String(one)));
    deepEqual(parseCsv(text), [["one", "two"], ...wanted]);
    const json = rows.map((cells) => JSON.parse(JSON.stringify({ ...cells })));
    deepEqual(JSON.parse((await written(rows, table, "json")).text), json);
    const lines = (await written(rows, table, "ndjson")).text.split("\n").slice(0, -1);
    deepEqual(lines.map((line) => JSON.parse(line)), json);
  }));
});

Deno.test("a day has its keys of /query/days in JSON, and a column for each of its values in CSV", async () => {
  const day = { answer: DAY, historyRows: () => Promise.resolve([]) };
  const rough = { ...day, answer: { ...DAY, coverage: null, bandsKWh: null } };
  deepEqual(JSON.parse((await written([day, rough], DAY_TABLE, "json")).text), [DAY, rough.answer]);
  equal(
    (await written([day, rough], DAY_TABLE, "csv")).text,
    "date,kWh,meanWatts,minWatts,maxWatts,maxAt,coverage,source,f1KWh,f2KWh,f3KWh,baseLoadWatts\r\n" +
      "2026-10-25,7.4125,296.5,200,4210,1792900000000,0.99983,measured,2.6,2,2.8125,\r\n" +
      "2026-10-25,7.4125,296.5,200,4210,1792900000000,,measured,,,,\r\n",
  );
});

/** Days of a row an hour each; which of them were asked for, by year. */
function hourly(): { places: DayPlaces; asked: [from: string, to: string][] } {
  const asked: [string, string][] = [];
  const days: DayPlaces["days"] = (from, to) => {
    asked.push([from, to]);
    const dates = ["2025-12-31", "2026-03-29", "2026-10-25"].filter((date) =>
      date >= from && date <= to
    );
    return Promise.resolve(dates.map((date) => ({
      answer: { ...DAY, date },
      historyRows: () => Promise.resolve(hours(date)),
    })));
  };
  const years = () => [2025, 2027];
  const journalDates = () => Promise.resolve(["2026-03-29"]);
  return { places: { timeZone: ROME, years, journalDates, days }, asked };
}

function hours(date: string): PowerRow[] {
  const { startMs, endMs } = dayBounds(date, ROME);
  return Array.from({ length: (endMs - startMs) / 3_600_000 }, (_, hour) => ({
    startMs: startMs + hour * 3_600_000,
    endMs: startMs + (hour + 1) * 3_600_000,
    meanWatts: 100.005,
    minWatts: 90,
    maxWatts: 110,
    coveredS: 1800,
  }));
}

Deno.test("history rows carry their own offset where the clocks change, and how much of them was measured", async () => {
  const { places } = hourly();
  const { endMs } = dayBounds("2026-12-31", ROME);
  const rows = await Array.fromAsync(historyRowsOf({ startMs: 0, endMs }, places));
  const { text } = await written(rows, historyTable(ROME), "csv");
  const records = parseCsv(text);
  equal(records.length, 1 + 24 + 23 + 25);
  deepEqual(records[0], ["time", "meanWatts", "minWatts", "maxWatts", "coverage"]);
  deepEqual(records[1], ["2025-12-31T00:00:00.0+01:00", "100.01", "90", "110", "0.5"]);
  const times = records.slice(1).map(([time]) => Date.parse(time!));
  deepEqual(times, rows.map(({ startMs }) => startMs));
  ok(records.some(([time]) => time === "2026-10-25T02:00:00.0+02:00"));
  ok(records.some(([time]) => time === "2026-10-25T02:00:00.0+01:00"));
  const [first] = JSON.parse((await written(rows, historyTable(ROME), "json")).text);
  deepEqual(Object.keys(first), records[0]);
});

Deno.test("days are taken a year at a time, and only those that the span touches; rows only where they start in it", async () => {
  const { places, asked } = hourly();
  const span = { startMs: Date.UTC(2025, 11, 31, 20, 30), endMs: Date.UTC(2026, 2, 29, 1, 30) };
  const days = await Array.fromAsync(daysOf(span, places));
  deepEqual(days.map(({ answer }) => answer.date), ["2025-12-31", "2026-03-29"]);
  deepEqual(asked, [["2025-12-31", "2025-12-31"], ["2026-01-01", "2026-03-29"]]);
  const rows = await Array.fromAsync(historyRowsOf(span, places));
  deepEqual(
    rows.map(({ startMs }) => startMs),
    [21, 22].map((hour) => Date.UTC(2025, 11, 31, hour))
      .concat([23, 24, 25].map((hour) => Date.UTC(2026, 2, 28, hour))),
  );
  deepEqual(await Array.fromAsync(daysOf({ startMs: 5, endMs: 5 }, places)), []);
});

Deno.test("of all the years that a span has, only those are taken of which anything is known", async () => {
  const { places, asked } = hourly();
  const all = { startMs: 0, endMs: Date.parse("9999-12-31T23:59:59Z") };
  equal((await Array.fromAsync(daysOf(all, places))).length, 3);
  deepEqual(asked.map(([from]) => from), ["2025-01-01", "2026-01-01", "2027-01-01"]);
});

Deno.test("many rows come in many pieces", async () => {
  const day = { answer: DAY, historyRows: () => Promise.resolve([]) };
  const { pieces } = await written(Array(1000).fill(day), DAY_TABLE, "ndjson");
  ok(pieces > 10, `${pieces} pieces`);
});
