import assert from "node:assert/strict";
import { dayBounds } from "../lib/calendar.ts";
import type { Reading } from "../lib/reading.ts";
import { YearFile } from "../lib/store/year_file.ts";
import { contents, query, ROME, store } from "./support/year_fixture.ts";

const DATE = "2025-06-10";
const HOUR = 3_600_000;

const every = (stepMs: number, fromHour: number, toHour: number, watts: number): Reading[] =>
  Array.from(
    { length: (toHour - fromHour) * HOUR / stepMs },
    (_, i) => ({ at: dayBounds(DATE, ROME).startMs + fromHour * HOUR + i * stepMs, watts }),
  );

/** What an installation of the origin may have of a day, and what was measured after the change-over. */
const PARTS = {
  daysFile: { source: "origin", readings: every(5_000, 0, 24, 500), holdMs: 15_000 },
  table: { source: "origin", readings: every(HOUR, 0, 24, 700), holdMs: HOUR },
  measured: { source: "measured", readings: every(5_000, 18, 24, 1_000), holdMs: 15_000 },
} as const;

/** A file after these parts have been stored in this order. */
function after<T>(parts: (keyof typeof PARTS)[], look: (file: YearFile) => T): T {
  const folder = Deno.makeTempDirSync();
  try {
    using file = YearFile.open(`${folder}/mcce.2025`);
    for (const part of parts) store(file, DATE, PARTS[part].readings, PARTS[part]);
    return look(file);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

const rowCount = (file: YearFile) => [...file.rows("history", 0, 1e15)].length;

Deno.test("a day of the origin is marked so, and its table keeps its rows in the views", () => {
  after(["table"], (file) => {
    const day = file.day(DATE)!;
    assert.deepEqual([day.source, day.wh, day.readings], ["origin", 24 * 700, 24]);
    assert.equal(rowCount(file), 24);
    assert.equal(query(file.path, `select * from "${DATE}"`).length, 24);
    assert.equal(file.readings(DATE), null);
    assert.equal(file.lastReading(DATE), null);
    assert.equal(file.readings(DATE, "origin")?.holdMs, HOUR);
  });
});

Deno.test("a days/ file beats the yearly table of its day, whichever comes first and however often", () => {
  const alone = after(["daysFile"], ({ path }) => contents(path));
  const orders = [["table", "daysFile"], ["daysFile", "table"], [
    "table",
    "daysFile",
    "table",
  ]] as const;
  for (const order of orders) {
    assert.deepEqual(after([...order], ({ path }) => contents(path)), alone, order.join(", "));
  }
});

Deno.test("the day of the change-over joins both, in any order, nothing twice", () => {
  const expected = after(["daysFile", "measured"], (file) => {
    const day = file.day(DATE)!;
    assert.deepEqual([day.source, day.wh], ["origin", 18 * 500 + 6 * 1_000]);
    assert.equal(rowCount(file), 96);
    assert.equal(file.readings(DATE)?.readings.length, 6 * 720);
    assert.equal(file.readings(DATE, "origin")?.readings.length, 24 * 720);
    return contents(file.path);
  });
  const orders = [["measured", "daysFile"], ["table", "measured", "daysFile"]] as const;
  for (const order of orders) {
    assert.deepEqual(after([...order], ({ path }) => contents(path)), expected, order.join(", "));
  }
});

Deno.test("a table of the origin beside readings of our own takes their rows' length", () => {
  after(["table", "measured"], (file) => {
    assert.equal(rowCount(file), 96);
    assert.equal(file.day(DATE)!.wh, 18 * 700 + 6 * 1_000);
  });
});
