import assert from "node:assert/strict";
import fc from "fast-check";
import { dayBounds, type LocalDay } from "../lib/calendar.ts";
import { DAY_LINES, parseDaysText as parseBytes } from "../lib/import/days_text.ts";
import { OriginError } from "../lib/import/origin_day.ts";
import { houseDay } from "./support/house_day.ts";
import { adjusted, daysText } from "./support/origin_installation.ts";

const DAY = dayBounds("2024-02-10", "Europe/Rome");
const parseDaysText = (text: string, day: LocalDay) =>
  parseBytes(new TextEncoder().encode(text), day);
const houseWatts = (hours: number) =>
  houseDay({ startMs: DAY.startMs, hours, jitterMs: 0 }).map(({ watts }) => watts);

Deno.test("a line stands for every 5 seconds from local midnight", () => {
  const { readings, holdMs, remarks } = parseDaysText("310\n0\n32767\n", DAY);
  assert.deepEqual(readings, [
    { at: DAY.startMs, watts: 310 },
    { at: DAY.startMs + 5_000, watts: 0 },
    { at: DAY.startMs + 10_000, watts: 32_767 },
  ]);
  assert.equal(holdMs, 15_000);
  assert.deepEqual(remarks, []);
});

Deno.test("a file that the origin has closed gives the day's 17,280 readings and no remark", () => {
  const values = adjusted([...houseWatts(24), 200]);
  assert.equal(values.length, DAY_LINES);
  const { readings, remarks } = parseDaysText(daysText(values), DAY);
  assert.deepEqual(readings.map(({ watts }) => watts), values.slice(0, -1));
  assert.equal(readings.at(-1)!.at, DAY.endMs - 5_000);
  assert.deepEqual(remarks, []);
});

Deno.test("line ends of Windows and the origin's decimals are read as well", () => {
  const watts = (text: string) => parseDaysText(text, DAY).readings.map(({ watts }) => watts);
  assert.deepEqual(watts("310\r\n311\r\n"), [310, 311]);
  assert.deepEqual(watts("310.0\n311.0\n"), [310, 311]);
});

Deno.test("a broken line leaves its time empty and is named", () => {
  const broken = ["", "-3", "12a", "65000", "310.5", "\0\0\0", " "];
  for (const line of broken) {
    const { readings, remarks } = parseDaysText(`310\n${line}\n312\n313\n`, DAY);
    assert.deepEqual(readings.map(({ at }) => at - DAY.startMs), [0, 10_000, 15_000]);
    assert.deepEqual(remarks, [`1 broken line left out: 2 (${JSON.stringify(line)})`]);
  }
});

Deno.test("a last line that was cut off is no reading, since its last digits may be missing", () => {
  const { readings, remarks } = parseDaysText("310\n311\n31", DAY);
  assert.equal(readings.length, 2);
  assert.deepEqual(remarks, ['1 broken line left out: 3 ("31", cut off)']);
});

Deno.test("of many broken lines the first three are named, the others counted", () => {
  const { remarks } = parseDaysText("1\n2\n3\n4\n5\nx\nx\nx\ny\n", DAY);
  assert.deepEqual(remarks, ['4 broken lines left out: 6 ("x"), 7 ("x"), 8 ("x") …']);
});

Deno.test("a file that is no list of watts is refused", () => {
  for (const text of ["", "310", "a\nb\n1\n", "\0".repeat(500), "watts\n"]) {
    assert.throws(() => parseDaysText(text, DAY), OriginError);
  }
});

Deno.test("whatever the bytes, a reading lies in the day, on the grid, and none comes twice", () => {
  const line = fc.oneof(fc.nat({ max: 70_000 }).map(String), fc.string({ maxLength: 8 }));
  fc.assert(fc.property(fc.array(line, { maxLength: 200 }), (lines) => {
    try {
      const { readings } = parseDaysText(lines.join("\n"), DAY);
      let previous = DAY.startMs - 5_000;
      for (const { at, watts } of readings) {
        assert.ok(at > previous && at < DAY.endMs && (at - DAY.startMs) % 5_000 === 0);
        assert.ok(Number.isInteger(watts) && watts >= 0 && watts <= 32_767);
        previous = at;
      }
    } catch (error) {
      assert.ok(error instanceof OriginError);
    }
  }));
});

Deno.test("the origin's padding of a short day is named with its length", () => {
  const { readings, remarks } = parseDaysText(daysText(adjusted(houseWatts(20))), DAY);
  assert.equal(readings.length, 17_280);
  assert.deepEqual(remarks, [
    "the last 2881 lines (4 h 0 min) repeat those before them: not measured",
  ]);
});

Deno.test("a day of less than 12 hours, which the origin doubles, is named too", () => {
  const { readings, remarks } = parseDaysText(daysText(adjusted(houseWatts(5))), DAY);
  assert.equal(readings.length, 7_200);
  assert.deepEqual(remarks, [
    "the last 3600 lines (5 h 0 min) repeat those before them: not measured",
  ]);
});

Deno.test("a tail of equal values, which the origin writes while the meter is silent, is named", () => {
  const watts = [...houseWatts(22).slice(0, -1), ...Array(1_441).fill(245)];
  const { remarks } = parseDaysText(daysText(watts), DAY);
  assert.deepEqual(remarks, ["the last 1441 lines (2 h 0 min) all say 245 W: hardly measured"]);
});

Deno.test("the few lines by which the origin's loop is late each day are no news", () => {
  assert.deepEqual(parseDaysText(daysText(adjusted(houseWatts(24).slice(0, -9))), DAY).remarks, []);
});

Deno.test("on the day of 23 hours the lines past its end are left out and named", () => {
  const spring = dayBounds("2026-03-29", "Europe/Rome");
  const { readings, remarks } = parseDaysText(daysText(adjusted(houseWatts(23))), spring);
  assert.equal(readings.length, 16_560);
  assert.ok(readings.every(({ at }) => at < spring.endMs));
  assert.deepEqual(remarks, [
    "the last 721 lines (1 h 0 min) repeat those before them: not measured",
    "721 lines past the day's end left out",
  ]);
});

Deno.test("on the day of 25 hours all lines count, and an uncut file fills it", () => {
  const autumn = dayBounds("2026-10-25", "Europe/Rome");
  const cut = parseDaysText(daysText(adjusted(houseWatts(25))), autumn);
  assert.equal(cut.readings.length, 17_281);
  const whole = parseDaysText(daysText(houseWatts(25)), autumn);
  assert.equal(whole.readings.at(-1)!.at, autumn.endMs - 5_000);
  assert.deepEqual([cut.remarks, whole.remarks], [[], []]);
});

Deno.test("in every zone a full file fills the day from its first instant, however long it is", () => {
  const days = [
    ["Africa/Cairo", "2026-04-24", 23],
    ["Australia/Lord_Howe", "2026-10-04", 23.5],
    ["Australia/Lord_Howe", "2026-04-05", 24.5],
    ["America/Sao_Paulo", "2018-11-04", 23],
    ["America/Sao_Paulo", "2018-02-17", 25],
  ] as const;
  for (const [zone, date, hours] of days) {
    const day = dayBounds(date, zone);
    const { readings } = parseDaysText(daysText(adjusted(houseWatts(hours))), day);
    assert.equal(readings[0]!.at, day.startMs);
    assert.equal(readings.length, Math.min(hours * 720, 17_281), zone);
  }
});
