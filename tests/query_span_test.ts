import { deepEqual, equal, match, ok } from "node:assert/strict";
import fc from "fast-check";
import { dayAt, dayBounds } from "../lib/calendar.ts";
import type { Given } from "../lib/query/parameters.ts";
import { datesOf, type KnownDays, readSpan } from "../lib/query/span.ts";
import { anyText } from "./support/any_text.ts";

const ROME = "Europe/Rome";
/** Saturday 21 November 2026, 14:30 in Rome. */
const NOW = Date.UTC(2026, 10, 21, 13, 30);
const HOUSE: KnownDays = { timeZone: ROME, today: dayAt(NOW, ROME), firstDate: "2016-02-01" };

function read(given: Given, days = HOUSE) {
  const problems: string[] = [];
  const { startMs, endMs } = readSpan(given, days, problems);
  return { startMs, endMs, problems };
}

function problemsOf(given: Given): string[] {
  return read(given).problems;
}

const start = (date: string) => dayBounds(date, ROME).startMs;
const end = (date: string) => dayBounds(date, ROME).endMs;

Deno.test("dates are local days, both included", () => {
  deepEqual(read({ from: "2026-03-29", to: "2026-03-29" }), {
    startMs: Date.UTC(2026, 2, 28, 23),
    endMs: Date.UTC(2026, 2, 29, 22),
    problems: [],
  });
  const span = read({ from: "2025-12-31", to: "2026-01-02" });
  deepEqual([span.startMs, span.endMs], [start("2025-12-31"), end("2026-01-02")]);
});

Deno.test("times have an offset or are epoch milliseconds, and to is excluded", () => {
  const at = Date.UTC(2026, 10, 21, 9, 15);
  const ways = [
    "2026-11-21T10:15:00+01:00",
    "2026-11-21T10:15+01:00",
    "2026-11-21T10:15:00.000+0100",
    "2026-11-21T09:15:00Z",
    "2026-11-21t09:15z",
    "2026-11-21T04:45:00-04:30",
    // Whose plus sign was not escaped.
    "2026-11-21T10:15:00 01:00",
    String(at),
  ];
  for (const way of ways) {
    deepEqual(read({ from: way, to: String(at + 1) }), {
      startMs: at,
      endMs: at + 1,
      problems: [],
    });
    deepEqual(read({ from: "2026-11-21", to: way }).endMs, at, way);
  }
});

Deno.test("a date and a time go together", () => {
  const noon = "2026-11-21T12:00:00+01:00";
  deepEqual(read({ from: noon, to: "2026-11-21" }), {
    startMs: Date.parse(noon),
    endMs: end("2026-11-21"),
    problems: [],
  });
});

Deno.test("what is left open, or empty, is all that is known, today included", () => {
  for (const given of [{}, { from: "", to: "" }, { from: undefined }]) {
    const { startMs, endMs, problems } = read(given);
    deepEqual([startMs, endMs], [start("2016-02-01"), end("2026-11-21")]);
    deepEqual(problems, []);
  }
  const none = read({}, { ...HOUSE, firstDate: null });
  deepEqual([none.startMs, none.endMs], [start("2026-11-21"), end("2026-11-21")]);
  equal(read({ from: "0" }).startMs, 0);
});

Deno.test("what lies beyond the known days is an empty span or one of the future, and no mistake", () => {
  const future = read({ from: "2030-01-01" });
  deepEqual([future.startMs, future.endMs], [start("2030-01-01"), start("2030-01-01")]);
  const past = read({ to: "1999-12-31" });
  deepEqual([past.startMs, past.endMs], [end("1999-12-31"), end("1999-12-31")]);
  deepEqual([...future.problems, ...past.problems], []);
  const moment = String(NOW);
  deepEqual(read({ from: moment, to: moment }), { startMs: NOW, endMs: NOW, problems: [] });
});

Deno.test("a span that ends before it begins is refused", () => {
  const reversed = [
    ["2026-11-22", "2026-11-21"],
    ["2026-11-21", "2025-11-21"],
    ["2026-11-21T10:00:00Z", "2026-11-21T09:59:59Z"],
    ["2026-11-22", "2026-11-21T22:59:59Z"],
    ["2026-11-21T23:00:00Z", "2026-11-21"],
  ];
  for (const [from, to] of reversed) {
    const problems = problemsOf({ from: from!, to: to! });
    deepEqual(problems, [`from: "${from}" is refused, it takes a time before to="${to}"`]);
  }
});

Deno.test("anything else is refused by a sentence that names it and what it takes", () => {
  const odd = [
    ..."yesterday;21.11.2026;2026-02-30;2026-13-01;2026-1-1;20261121;1795387806;-1;1e12".split(";"),
    ..."2026-11-21T10:00:00;2026-11-21 10:00:00+01:00;2026-11-21T25:00Z;2026-11-21T10:00+99:00"
      .split(";"),
    ..."2026-11-21T10:00Z[Europe/Rome];999999999999999;NaN;null;';--;0x10; ;+2026-11-21".split(";"),
  ];
  for (const value of odd) {
    for (const name of ["from", "to"]) {
      const [problem, ...others] = problemsOf({ [name]: value });
      deepEqual(others, [], value);
      ok(
        problem?.startsWith(`${name}: ${JSON.stringify(value)} is refused, it takes a date`),
        value,
      );
    }
  }
});

Deno.test("every problem is told at once, and a long value in short", () => {
  const problems = problemsOf({ from: "x".repeat(10_000), to: "no" });
  equal(problems.length, 2);
  match(problems[0]!, /^from: "x{40}…" is refused/);
  match(problems[1]!, /^to: "no" is refused/);
});

Deno.test("whatever comes is a span or problems, never both wrong", () => {
  const texts = fc.option(
    fc.oneof(fc.string(), anyText, fc.date().map(String)),
  );
  fc.assert(fc.property(texts, texts, (from, to) => {
    const { startMs, endMs, problems } = read({ from: from ?? undefined, to: to ?? undefined });
    for (const problem of problems) match(problem, /^(from|to): ".*" is refused, it takes /s);
    if (problems.length === 0) ok(startMs <= endMs);
  }));
});

Deno.test("the days of a span are those that it touches", () => {
  const dates = (from: number, to: number) => datesOf({ startMs: from, endMs: to }, ROME);
  const day = dayBounds("2026-11-21", ROME);
  const one = { fromDate: "2026-11-21", toDate: "2026-11-21" };
  deepEqual(dates(day.startMs, day.endMs), one);
  deepEqual(dates(NOW, NOW + 1), one);
  deepEqual(dates(day.startMs, day.endMs + 1), { ...one, toDate: "2026-11-22" });
  deepEqual(dates(NOW, NOW), null);
  // A year of five digits would have a sign, and stand before all others.
  const beyond = Date.parse("9999-12-31T23:30:00Z");
  deepEqual(dates(NOW, beyond), { ...one, toDate: "9999-12-31" });
  deepEqual(dates(beyond, beyond + 1), { fromDate: "9999-12-31", toDate: "9999-12-31" });
});
