import assert from "node:assert/strict";
import { dayBounds } from "../lib/calendar.ts";
import { digestDay } from "../lib/store/digest.ts";
import { YearFile } from "../lib/store/year_file.ts";
import { contents, localHouseDay, query, ROME, store } from "./support/year_fixture.ts";

const DATE = "2026-11-21";
const READINGS = localHouseDay(DATE);

/** Runs a test on a yearly file in a folder of its own. */
function withFile(test: (file: YearFile, folder: string) => void, name = "mcce.2026"): void {
  const folder = Deno.makeTempDirSync();
  try {
    using file = YearFile.open(`${folder}/years/${name}`);
    test(file, `${folder}/years`);
  } finally {
    Deno.removeSync(folder, { recursive: true });
  }
}

const names = (folder: string) => [...Deno.readDirSync(folder)].map(({ name }) => name);

Deno.test("a stored day gives back its row, its rows and every reading", () => {
  withFile((file) => {
    const stored = store(file, DATE, READINGS);
    const digest = digestDay({
      day: dayBounds(DATE, ROME),
      zone: ROME,
      measured: { readings: READINGS, holdMs: 15_000 },
      carriedIn: null,
      minTimeRes: 15,
    });
    assert.deepEqual({ ...stored!.day }, { ...digest!.day, zone: ROME });
    assert.equal(stored!.added, READINGS.length);
    assert.deepEqual(
      [...file.rows("history", 0, 1e15)].map((row) => ({ ...row })),
      digest!.history,
    );
    assert.deepEqual(
      [...file.rows("sixHourly", 0, 1e15)].map((row) => ({ ...row })),
      digest!.sixHourly,
    );
    assert.deepEqual(file.readings(DATE), { holdMs: 15_000, readings: READINGS });
    assert.deepEqual({ ...file.lastReading(DATE) }, READINGS.at(-1));
  });
});

Deno.test("a day without readings has no row", () => {
  withFile((file) => {
    assert.equal(store(file, DATE, []), null);
    assert.equal(file.day(DATE), null);
    assert.equal(file.readings(DATE), null);
    assert.equal(file.lastReading(DATE), null);
  });
});

Deno.test("a day of zeros is stored", () => {
  withFile((file) => {
    const at = dayBounds(DATE, ROME).startMs;
    assert.equal(store(file, DATE, [{ at, watts: 0 }])?.day.wh, 0);
  });
});

Deno.test("storing a day again changes nothing", () => {
  withFile((file) => {
    store(file, DATE, READINGS);
    const before = contents(file.path);
    const again = store(file, DATE, READINGS);
    assert.equal(again?.added, 0);
    assert.deepEqual(contents(file.path), before);
    assert.equal(store(file, DATE, [])?.added, 0);
    assert.deepEqual(contents(file.path), before);
  });
});

Deno.test("a day is the union of what is stored and what comes, whichever part comes late", () => {
  const parts = [0, 1, 2].map((part) => READINGS.filter((_, i) => i % 3 === part || i % 7 === 0));
  const all: unknown[] = [];
  for (const order of [[0, 1, 2], [2, 1, 0], [1, 1, 0, 2, 0]]) {
    withFile((file) => {
      for (const part of order) store(file, DATE, parts[part]!.toReversed());
      assert.deepEqual(file.readings(DATE)?.readings, READINGS);
      all.push(contents(file.path));
    });
  }
  withFile((file) => {
    store(file, DATE, READINGS);
    for (const one of all) assert.deepEqual(one, contents(file.path));
  });
});

Deno.test("of two readings at one time the stored one stays, and the other is counted", () => {
  withFile((file) => {
    store(file, DATE, READINGS);
    const other = READINGS.slice(0, 3).map(({ at, watts }, i) => ({ at, watts: watts + i }));
    const { added, conflicts } = store(file, DATE, other)!;
    assert.deepEqual({ added, conflicts }, { added: 0, conflicts: 2 });
    assert.deepEqual(file.readings(DATE)?.readings, READINGS);
  });
});

Deno.test("a reading stored under a longer SAMPLE_SECONDS holds as long as it did", () => {
  withFile((file) => {
    const { startMs } = dayBounds(DATE, ROME);
    store(file, DATE, [{ at: startMs, watts: 600 }], { holdMs: 180_000 });
    const { day } = store(file, DATE, [{ at: startMs + 3_600_000, watts: 600 }])!;
    assert.equal(day.coveredS, 360);
  });
});

Deno.test("rows of another MIN_TIME_RES take the place of the old", () => {
  withFile((file) => {
    store(file, DATE, READINGS);
    store(file, DATE, [], { minTimeRes: 60 });
    assert.equal([...file.rows("history", 0, 1e15)].length, 24);
  });
});

Deno.test("days and rows come in order, from the first to the last that was asked for", () => {
  withFile((file) => {
    const dates = ["2026-03-03", "2026-03-01", "2026-03-02", "2026-03-04"];
    for (const date of dates) {
      store(file, date, localHouseDay(date).slice(0, 5_000), { minTimeRes: 1 });
    }
    assert.deepEqual(
      file.days("2026-03-02", "2026-03-03").map(({ date }) => date),
      ["2026-03-02", "2026-03-03"],
    );
    const { startMs } = dayBounds("2026-03-02", ROME);
    const times = [...file.rows("history", startMs, dayBounds("2026-03-04", ROME).endMs)]
      .map((row) => row.startMs);
    // More than one statement's worth, in order, none twice.
    assert.equal(times.length, 3 * 417);
    assert.deepEqual(times, [...new Set(times)].sort((a, b) => a - b));
    assert.equal(times[0], startMs);
  });
});

Deno.test("another connection can write between two rows of a reader", () => {
  withFile((file) => {
    store(file, DATE, READINGS);
    const rows = file.rows("history", 0, 1e15);
    rows.next();
    using other = YearFile.open(file.path);
    store(other, "2026-11-22", localHouseDay("2026-11-22").slice(0, 100));
    assert.equal([...rows].length, 95);
    assert.equal(file.days("2026-01-01", "2026-12-31").length, 2);
  });
});

Deno.test("nothing but the yearly file lies in its folder, and SQLite finds it whole", () => {
  withFile((file, folder) => {
    store(file, DATE, READINGS);
    assert.deepEqual(names(folder), ["mcce.2026"]);
    assert.deepEqual(query(file.path, "PRAGMA integrity_check"), [{ integrity_check: "ok" }]);
    assert.deepEqual(query(file.path, "PRAGMA journal_mode"), [{ journal_mode: "delete" }]);
  });
});

Deno.test("a day of another year is refused", () => {
  withFile((file) => assert.throws(() => store(file, "2025-11-21", []), RangeError));
});

Deno.test("a year of every reading at 15-minute history stays within 9.5 MB", () => {
  withFile((file) => {
    const dates = Array.from({ length: 20 }, (_, i) => `2026-05-${String(i + 1).padStart(2, "0")}`);
    const pages = () => Number(query(file.path, "PRAGMA page_count")[0]!.page_count);
    const empty = pages();
    for (const [i, date] of dates.entries()) store(file, date, localHouseDay(date, ROME, i));
    const year = 4096 * (empty + (pages() - empty) * 365 / dates.length);
    assert.ok(year <= 9.5e6, `${year} bytes`);
  });
});
