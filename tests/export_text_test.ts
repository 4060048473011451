import { deepEqual, equal } from "node:assert/strict";
import fc from "fast-check";
import { dayBounds, isoWithOffset } from "../lib/calendar.ts";
import type { ExportFormat } from "../lib/export/frame.ts";
import { CHUNK_BYTES, rawText } from "../lib/export/raw_text.ts";
import { MOST_TIME_BYTES, TimeText } from "../lib/export/time_text.ts";
import { toColumns } from "../lib/export/union.ts";
import type { Reading } from "../lib/reading.ts";
import { PACK_LIMIT } from "../lib/store/pack.ts";
import { parseCsv } from "./support/csv.ts";
import { localHouseDay, ROME } from "./support/year_fixture.ts";

const ZONES = [
  ROME,
  "UTC",
  "Africa/Monrovia",
  "America/St_Johns",
  "Australia/Lord_Howe",
  "Asia/Kathmandu",
  "Pacific/Apia",
];

/** Years of four digits, which is more than the journal takes. */
const [OLDEST, LATEST] = [Date.UTC(1600, 0), Date.UTC(9999, 11, 31)];

/** The whole document, and the size of its largest piece. */
async function written(
  parts: readonly (readonly Reading[])[],
  format: ExportFormat,
  zone = ROME,
): Promise<{ readonly text: string; readonly largest: number }> {
  async function* columns() {
    for (const part of parts) yield toColumns(part);
  }
  const decoder = new TextDecoder();
  let [text, largest] = ["", 0];
  for await (const piece of rawText(columns(), format, zone)) {
    text += decoder.decode(piece, { stream: true });
    largest = Math.max(largest, piece.length);
  }
  return { text, largest };
}

const wanted = (readings: readonly Reading[], zone = ROME) =>
  readings.map(({ at, watts }) => ({ time: isoWithOffset(at, zone), watts }));

Deno.test("a time's bytes say what isoWithOffset says, in any zone and order", () => {
  const day = fc.integer({ min: -1e12, max: 4e12 });
  const times = fc.oneof(
    fc.array(day),
    fc.array(fc.constantFrom(-1, 0, 1, 99, 100, OLDEST, LATEST)),
    // About midnight in St. John's, where the clocks were set back at 00:01, and half an hour in Lord Howe.
    fc.array(fc.integer({ min: 1_162_085_000_000, max: 1_162_093_000_000 })),
    fc.array(fc.integer({ min: 1_775_311_000_000, max: 1_775_319_000_000 })),
  );
  fc.assert(fc.property(fc.constantFrom(...ZONES), times, (zone, times) => {
    const text = new TimeText(zone);
    for (const at of times) {
      const bytes = new Uint8Array(MOST_TIME_BYTES);
      const end = text.write(bytes, 0, at);
      equal(new TextDecoder().decode(bytes.subarray(0, end)), isoWithOffset(at, zone));
    }
  }));
});

Deno.test("a day of 25 hours and one of 23 carry each reading's own offset", async () => {
  for (const [date, offsets] of [["2026-10-25", 25], ["2026-03-29", 23]] as const) {
    const readings = localHouseDay(date);
    const rows = parseCsv((await written([readings], "csv")).text).slice(1);
    deepEqual(rows.map(([time]) => Date.parse(time!)), readings.map(({ at }) => at));
    deepEqual(new Set(rows.map(([time]) => time!.slice(21))), new Set(["+01:00", "+02:00"]));
    equal((dayBounds(date, ROME).endMs - dayBounds(date, ROME).startMs) / 3_600_000, offsets);
  }
});

Deno.test("CSV, JSON and NDJSON give back every reading that went in, however they are parted", async () => {
  const reading = fc.record({
    at: fc.integer({ min: OLDEST, max: LATEST }),
    watts: fc.oneof(fc.nat(20_000), fc.integer({ min: -PACK_LIMIT, max: PACK_LIMIT })),
  });
  const parts = fc.array(fc.array(reading, { maxLength: 30 }), { maxLength: 5 });
  await fc.assert(fc.asyncProperty(parts, fc.constantFrom(...ZONES), async (parts, zone) => {
    const rows = wanted(parts.flat(), zone);
    const csv = parseCsv((await written(parts, "csv", zone)).text);
    deepEqual(csv, [["time", "watts"], ...rows.map(({ time, watts }) => [time, String(watts)])]);
    deepEqual(JSON.parse((await written(parts, "json", zone)).text), rows);
    const lines = (await written(parts, "ndjson", zone)).text.split("\n");
    equal(lines.pop(), "");
    deepEqual(lines.map((line) => JSON.parse(line)), rows);
  }));
});

Deno.test("days of readings come in small pieces, none of them lost where one ends", async () => {
  const parts = ["2026-11-20", "2026-11-21"].map((date, seed) => localHouseDay(date, ROME, seed));
  for (const format of ["csv", "json", "ndjson"] as const) {
    const { text, largest } = await written(parts, format);
    equal(largest <= CHUNK_BYTES, true, `${largest}`);
    equal(text.match(/2026-11-2\dT/g)?.length, parts.flat().length);
  }
  deepEqual(JSON.parse((await written(parts, "json")).text), wanted(parts.flat()));
});

Deno.test("no reading at all is a document too", async () => {
  equal((await written([], "csv")).text, "time,watts\r\n");
  deepEqual(JSON.parse((await written([[]], "json")).text), []);
  equal((await written([], "ndjson")).text, "");
});
